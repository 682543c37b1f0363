import { useRef, useState } from 'react';
import { useMallName } from '#malls/web/parts.tsx';
import { useDraft } from '#platform/draft.ts';
import { useHotkeys } from '#platform/hotkeys-react.ts';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { remember, remembered } from '#platform/remember.ts';
import { SlotOf } from '#platform/slot.tsx';
import { Button, ErrorLine, Icon, Tabs } from '#ui/index.tsx';
import styles from './Desk.module.css';
import { MentionList } from './MentionList.tsx';
import { composerGuards, composerTools } from './parts.tsx';
import { text } from './text.ts';
import type { Ticket } from './ticket-words.ts';
import { useMentions } from './useMentions.ts';
import { useSayHere } from './usePresence.ts';
import { useSend } from './useSend.ts';

type Kind = 'reply' | 'memo';

/** Writes to the customer, or a memo for colleagues. They never look alike, nor share their draft or key. */
export function Composer({ ticket }: { ticket: Ticket }) {
  const t = useText(text);
  const can = useCan();
  const mallName = useMallName();
  const [chosen, setChosen] = useState(() => remembered(`kind.${ticket.id}`, ''));
  const byChannel: Kind = ticket.channel === 'phone' || !can('tickets.reply') ? 'memo' : 'reply';
  const kind = chosen === 'memo' || chosen === 'reply' ? chosen : byChannel;
  const [draft, setDraft] = useDraft(`${ticket.id}.${kind}`);
  const area = useRef<HTMLTextAreaElement>(null);
  const { send, error, busy, guarded } = useSend(ticket, draft, setDraft, area);
  useSayHere(ticket.id, draft);
  const mentions = useMentions(kind === 'memo', draft, setDraft, area);
  const memo = kind === 'memo';
  const empty = draft.trim() === '';
  const stopped = !memo && composerGuards.some((guard) => guard(draft));

  function choose(next: Kind) {
    setChosen(next);
    remember(`kind.${ticket.id}`, next);
    area.current?.focus();
  }
  useHotkeys([
    {
      keys: 'R',
      title: { ko: '답장 쓰기', en: 'Reply' },
      layer: 'page',
      run: () => choose('reply'),
      when: () => can('tickets.reply'),
    },
    { keys: 'M', title: { ko: '메모 쓰기', en: 'Memo' }, layer: 'page', run: () => choose('memo') },
    {
      keys: 'Ctrl+Enter',
      title: { ko: '보내기', en: 'Send' },
      layer: 'page',
      run: () => send(kind, mentions.ids()),
      when: () => !empty && !stopped,
    },
    {
      keys: 'Ctrl+Shift+Enter',
      title: { ko: '메모로 저장', en: 'Save as memo' },
      layer: 'page',
      run: () => send('memo', mentions.ids()),
      when: () => !empty,
    },
  ]);
  const label = memo ? t.saveMemo : t.send(t[ticket.channel], ticket.customer.name, mallName(ticket.mall));
  const tabs = [
    ...(can('tickets.reply') ? [{ value: 'reply' as const, name: t.reply, hotkey: 'R' }] : []),
    { value: 'memo' as const, name: t.memo, hotkey: 'M' },
  ];
  return (
    <div className={styles.composer} data-memo={memo ? '' : undefined}>
      <div className={styles.composerTabs}>
        <Tabs label={t.conversation} value={kind} items={tabs} onChange={choose} controls="composer-text" />
        {!empty && (
          <span className="t3 f12 row nw">
            <Icon name="check" small />
            {t.saved}
          </span>
        )}
      </div>
      <div id="composer-text" role="tabpanel" aria-label={memo ? t.memo : t.reply}>
        <textarea
          ref={area}
          aria-label={memo ? t.memo : t.reply}
          placeholder={memo ? t.memoHint : t.replyHint}
          value={draft}
          maxLength={20_000}
          onChange={(event) => {
            setDraft(event.target.value);
            mentions.look(event.target);
          }}
          onKeyDown={mentions.press}
          aria-controls={mentions.found.length > 0 ? 'mention-list' : undefined}
          aria-activedescendant={mentions.found.length > 0 ? `mention-${mentions.active}` : undefined}
        />
        <MentionList mentions={mentions} />
      </div>
      <div className={styles.composerFoot}>
        <SlotOf of={composerTools} props={{ ticket, kind, draft, setDraft, area }} />
        <ErrorLine error={error} />
        <span className="grow" />
        <Button
          look={memo ? 'plain' : 'primary'}
          hotkey={memo ? 'Ctrl+Shift+Enter' : 'Ctrl+Enter'}
          busy={busy}
          disabled={empty || stopped}
          onClick={() => send(kind, mentions.ids())}
        >
          {guarded && !memo ? t.sendAnyway : label}
        </Button>
      </div>
    </div>
  );
}
