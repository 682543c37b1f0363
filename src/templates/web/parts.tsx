import { useEffect, useRef, useState } from 'react';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import type { OnComposer } from '#tickets/web/parts.tsx';
import { Button, Chip, IconButton, tell } from '#ui/index.tsx';
import { blanksIn, nextBlank } from '../rules/render.ts';
import { ProposeDialog } from './ProposeDialog.tsx';
import { TemplatePicker } from './TemplatePicker.tsx';
import { text } from './text.ts';

/** Templates by `/` on an empty line or Ctrl+/, their blanks as tab stops, in the foot of the composer. */
export function TemplateTools(props: OnComposer) {
  const can = useCan();
  return can('templates.use') ? <Tools {...props} /> : null;
}

function Tools({ ticket, kind, draft, setDraft, area }: OnComposer) {
  const t = useText(text);
  const [asking, setAsking] = useState<'pick' | 'propose' | null>(null);
  const blanks = kind === 'reply' ? blanksIn(draft) : [];
  const toBlank = useTabStops(area, draft, () => setAsking('pick'));
  useHotkeys([
    { keys: 'Ctrl+/', title: { ko: '템플릿', en: 'Templates' }, layer: 'page', run: () => setAsking('pick') },
    {
      keys: 'Ctrl+Enter',
      title: { ko: '빈칸 채우기', en: 'Fill the blanks' },
      layer: 'page',
      hidden: true,
      run: () => {
        tell(t.fillFirst, { tone: 'danger' });
        toBlank(0);
      },
      when: () => blanks.length > 0,
    },
  ]);

  function insert(filled: string) {
    const field = area.current;
    const from = field?.selectionStart ?? draft.length;
    const next = draft.slice(0, from) + filled + draft.slice(field?.selectionEnd ?? from);
    setDraft(next);
    setAsking(null);
    // The caret goes where something is to be written; the dialog has given the focus back by then.
    setTimeout(() => {
      area.current?.focus();
      toBlank(from, from + filled.length);
    }, 50);
  }
  const said = draft.trim() || (ticket.messages.findLast((message) => message.kind === 'outbound')?.text ?? '');
  return (
    <>
      <Button small look="quiet" icon="memo" hotkey="Ctrl+/" onClick={() => setAsking('pick')}>
        {t.templates}
      </Button>
      {said !== '' && <IconButton icon="flag" label={t.propose} onClick={() => setAsking('propose')} />}
      {blanks.length > 0 && (
        <button type="button" title={t.blanksAbout} onClick={() => toBlank(0)}>
          <Chip tone="warn">{t.blanks(String(blanks.length))}</Chip>
        </button>
      )}
      {asking === 'pick' && (
        <TemplatePicker ticket={ticket.id} onUse={(filled) => insert(filled.text)} onClose={() => setAsking(null)} />
      )}
      {asking === 'propose' && <ProposeDialog ticket={ticket.id} said={said} onClose={() => setAsking(null)} />}
    </>
  );
}

/** Tab goes to the next blank while there is one; `/` on an empty line opens the templates. Answers how to go to one. */
function useTabStops(area: OnComposer['area'], draft: string, onSlash: () => void) {
  const latest = useRef({ draft, onSlash });
  latest.current = { draft, onSlash };
  const toBlank = (caret: number, otherwise?: number) => {
    const field = area.current;
    if (!field) return;
    const blank = nextBlank(field.value, caret);
    field.focus();
    if (blank) field.setSelectionRange(blank.from, blank.to);
    else if (otherwise !== undefined) field.setSelectionRange(otherwise, otherwise);
  };
  const stops = useRef(toBlank);
  stops.current = toBlank;
  useEffect(() => {
    const field = area.current;
    if (!field) return;
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
      const { selectionStart: caret, selectionEnd: end, value } = field;
      if (event.code === 'Tab' && !event.shiftKey && nextBlank(value, end)) {
        event.preventDefault();
        stops.current(end);
      }
      const line = value.slice(value.lastIndexOf('\n', caret - 1) + 1).split('\n', 1)[0];
      if (event.code === 'Slash' && !event.shiftKey && line === '') {
        event.preventDefault();
        latest.current.onSlash();
      }
    };
    field.addEventListener('keydown', press);
    return () => field.removeEventListener('keydown', press);
  }, [area]);
  return toBlank;
}
