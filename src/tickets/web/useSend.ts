import { type RefObject, useEffect, useRef, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { remember, remembered } from '#platform/remember.ts';
import { OperationError, useCommand } from '#platform/web.ts';
import { tell } from '#ui/index.tsx';
import { text } from './text.ts';
import type { Ticket } from './ticket-words.ts';

export type Kind = 'reply' | 'memo';
/** What a reply must have seen; notes among ourselves are none of it. */
const TALK: readonly string[] = ['inbound', 'outbound', 'partner'];

/**
 * Sends what stands in the composer. A reply is based on what its writer saw when the text was begun: what came in
 * since then stops it once, is shown, and the next press sends anyway. A held reply can be taken back: its text
 * returns, unless a new one was begun meanwhile.
 */
export function useSend(
  ticket: Ticket,
  draft: string,
  setDraft: (text: string) => void,
  area: RefObject<HTMLTextAreaElement | null>,
) {
  const t = useText(text);
  const reply = useCommand('tickets.reply');
  const note = useCommand('tickets.note');
  const cancel = useCommand('tickets.cancelSend');
  const [guarded, setGuarded] = useState(false);
  const newest = ticket.messages.findLast(({ kind }) => TALK.includes(kind))?.id;
  const base = useBase(ticket.id, draft, newest);
  const now = useRef(draft);
  now.current = draft;

  const failed = (error: Error) => {
    if (!(error instanceof OperationError) || error.code !== 'newer_message') return;
    setGuarded(true);
    base.see((error.facts.newest as string | null) ?? undefined);
  };
  function takeBack(message: string) {
    cancel.mutate(
      { id: ticket.id, message },
      {
        onSuccess: (taken) => {
          setDraft(now.current.trim() === '' ? taken.text : `${taken.text}\n\n${now.current}`);
          tell(t.takenBack);
          area.current?.focus();
        },
        onError: (error) => tell(error.message, { tone: 'danger' }),
      },
    );
  }
  return {
    busy: reply.isPending || note.isPending,
    error: reply.error ?? note.error,
    /** Something came in that the text does not know; the next press sends it all the same. */
    guarded,
    send(kind: Kind, mentions: string[] = []) {
      if (reply.isPending || note.isPending || draft.trim() === '') return;
      reply.reset();
      note.reset();
      const { id } = ticket;
      const cleared = () => {
        setGuarded(false);
        setDraft('');
      };
      if (kind === 'memo') {
        const onSuccess = () => {
          cleared();
          tell(t.memoKept);
        };
        note.mutate({ id, text: draft, ...(mentions.length > 0 ? { mentions } : {}) }, { onSuccess });
        return;
      }
      const onSuccess = ({ messageId, sendAfter }: { messageId: string; sendAfter: string }) => {
        cleared();
        const held = Date.parse(sendAfter) > Date.now();
        tell(held ? t.queuedHeld : t.queued, held ? { undo: () => takeBack(messageId) } : {});
      };
      reply.mutate({ id, text: draft, basedOn: base.current() }, { onSuccess, onError: failed });
    },
  };
}

/** The newest message that the writer of a text has seen: the one that was there when it was begun, kept with it. */
function useBase(ticket: string, draft: string, newest: string | undefined) {
  const place = `base.${ticket}`;
  const empty = draft === '';
  useEffect(() => {
    if (empty) remember(place, null);
    else if (remembered<string | null>(place, null) === null && newest) remember(place, newest);
  }, [place, empty, newest]);
  return {
    current: () => remembered<string | null>(place, null) ?? newest,
    see: (message: string | undefined) => remember(place, message ?? newest ?? null),
  };
}
