import { type KeyboardEvent, type RefObject, useRef, useState } from 'react';
import { useCan } from '#platform/me.tsx';
import { useOperation } from '#platform/web.ts';

/** `@` and the beginning of a name, right before the caret. */
const BEGUN = /@([가-힣A-Za-zㄱ-ㅎ]{0,20})$/;

/** Calls colleagues into a memo: `@` and a name lists them, arrows choose, Enter or Tab takes one. */
export function useMentions(
  active: boolean,
  draft: string,
  setDraft: (text: string) => void,
  area: RefObject<HTMLTextAreaElement | null>,
) {
  const can = useCan();
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const called = useRef(new Map<string, string>());
  const q = typed?.replaceAll(/[ㄱ-ㅎ]/g, '') ?? '';
  const open = active && typed !== null && can('tickets.colleagues');
  const people = useOperation('tickets.colleagues', { ...(q ? { q } : {}), limit: 6 }, { keep: true, enabled: open });
  // Until the answer to the last letter is there, the one before shows whom the letter leaves of it.
  const found = open ? (people.data?.items ?? []).filter(({ name }) => name.includes(q)) : [];
  const chosen = Math.min(at, Math.max(0, found.length - 1));

  function take(person: { id: string; name: string } | undefined) {
    const box = area.current;
    if (!person || !box || typed === null) return;
    const caret = box.selectionStart;
    const before = `${draft.slice(0, caret - typed.length)}${person.name} `;
    called.current.set(person.name, person.id);
    setDraft(before + draft.slice(caret));
    setTyped(null);
    requestAnimationFrame(() => {
      box.focus();
      box.setSelectionRange(before.length, before.length);
    });
  }
  return {
    found,
    active: chosen,
    take,
    /** Looks at what stands before the caret. */
    look(box: HTMLTextAreaElement) {
      const begun = BEGUN.exec(box.value.slice(0, box.selectionStart));
      setTyped(begun?.[1] ?? null);
      setAt(0);
    },
    press(event: KeyboardEvent) {
      if (found.length === 0 || event.nativeEvent.isComposing) return;
      const step = event.code === 'ArrowDown' ? 1 : event.code === 'ArrowUp' ? -1 : 0;
      if (step !== 0) setAt((chosen + step + found.length) % found.length);
      else if ((event.code === 'Enter' || event.code === 'Tab') && !event.ctrlKey) take(found[chosen]);
      else if (event.code === 'Escape') setTyped(null);
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    /** Whom the text calls upon as it stands. */
    ids: () => [...called.current].filter(([name]) => draft.includes(`@${name}`)).map(([, id]) => id),
  };
}
export type Mentions = ReturnType<typeof useMentions>;
