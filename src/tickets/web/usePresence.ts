import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLiveEvents } from '#platform/live-web.ts';
import { useCan, useMe } from '#platform/me.tsx';
import { callOperation, type OutputOf, queryKey, useOperation } from '#platform/web.ts';
import { useNow } from '#ui/index.tsx';
import { othersHere, SIGN_EVERY_MS } from '../rules/presence.ts';

type Present = OutputOf<'tickets.presence'>;
const KEY = queryKey('tickets.presence', {});
/** Who has not typed for so long only looks. */
const WRITING_MS = 10_000;

/** Hears who comes to a ticket, writes on it and leaves; once, on the desk. */
export function useHearPresence(): void {
  const client = useQueryClient();
  useLiveEvents(({ event, subjectId, data }) => {
    if (event !== 'tickets.here') return;
    const sign = data as {
      person: string;
      name: string;
      state: Present['items'][number]['state'] | 'left';
      until: string;
    };
    client.setQueryData<Present>(KEY, (known) => {
      const rest = (known?.items ?? []).filter((one) => one.ticket !== subjectId || one.person !== sign.person);
      const { person, name, state, until } = sign;
      return { items: state === 'left' ? rest : [...rest, { ticket: subjectId, person, name, state, until }] };
    });
  });
}

/** Who else is at each ticket now. */
export function useOthers(): (ticket: string) => ReturnType<typeof othersHere> {
  const me = useMe();
  const can = useCan();
  const now = useNow();
  const { data } = useOperation('tickets.presence', {}, { enabled: can('tickets.presence'), staleMs: 60_000 });
  return (ticket) =>
    othersHere(
      (data?.items ?? [])
        .filter((one) => one.ticket === ticket)
        .map((one) => ({ ...one, until: Date.parse(one.until) })),
      me.id,
      now,
    );
}

/** Says that I am at this ticket, and whether I write on it; each sign passes by itself. */
export function useSayHere(ticket: string, draft: string): void {
  const can = useCan();
  const able = can('tickets.here');
  const typed = useRef({ draft, at: 0 });
  const said = useRef('');
  const say = useRef<(force: boolean) => void>(() => undefined);
  say.current = (force) => {
    const writing = draft !== '' && Date.now() - typed.current.at < WRITING_MS;
    const state = document.hidden ? 'away' : writing ? 'writing' : 'viewing';
    if (!able || (!force && said.current === state)) return;
    said.current = state;
    void callOperation('tickets.here', { id: ticket, state }).catch(() => undefined);
  };
  useEffect(() => {
    if (typed.current.draft !== draft) typed.current = { draft, at: Date.now() };
    say.current(false);
  }, [draft]);
  useEffect(() => {
    const look = () => say.current(false);
    say.current(true);
    const timer = setInterval(() => say.current(true), SIGN_EVERY_MS);
    const settle = setInterval(look, WRITING_MS / 2);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      clearInterval(settle);
      document.removeEventListener('visibilitychange', look);
      if (able)
        void callOperation('tickets.here', { id: ticket, state: 'left' }, { keepalive: true }).catch(() => undefined);
    };
  }, [ticket, able]);
}
