import { useSteadyRows } from '#platform/steady-rows.ts';
import { type InputOf, useOperation } from '#platform/web.ts';
import { useList } from '#ui/index.tsx';
import { type Channel, PRIORITIES, STATUSES } from './ticket-words.ts';

/** Views of everyday, as tabs; the others are chosen from a list. */
export const TAB_VIEWS = ['open', 'mine', 'unassigned', 'waiting'] as const;
export const MORE_VIEWS = ['mentioned', 'watching', 'snoozed', 'due', 'unsent', 'solved', 'all'] as const;
const VIEWS = [...TAB_VIEWS, ...MORE_VIEWS] as const;
export type View = (typeof VIEWS)[number];
/** From here on the server says 'or more'. */
const COUNTED = 1_000;
const LIVE_MS = 60_000;

/** The queue as the address filters it. Rows keep their places while new ones wait above. */
export function useQueue() {
  const queue = useList({
    id: 'queue',
    filters: ['view', 'mall', 'channel', 'q', 'tag', 'priority', 'status'],
    keeps: ['view', 'mall', 'channel'],
    ask: (filter) => ({ operation: 'tickets.list' as const, input: asked(filter) }),
  });
  const { list, filter } = queue;
  const view = viewOf(filter.view);
  const steady = useSteadyRows(JSON.stringify(asked(filter)), queue.rows, list.isSuccess && !list.isPlaceholderData);
  const rows = [...(list.isPlaceholderData ? queue.rows : steady.rows)];
  const counts = useOperation(
    'tickets.count',
    { mall: filter.mall, channel: filter.channel } as InputOf<'tickets.count'>,
    {
      keep: true,
      refetchMs: LIVE_MS,
    },
  ).data;
  const countOf = (one: View): number | string | undefined => {
    const count = one === 'solved' || one === 'all' ? undefined : counts?.[one];
    return count !== undefined && count >= COUNTED ? `${COUNTED - 1}+` : count;
  };
  return { ...queue, ...steady, rows, view, countOf, asked: asked(filter) };
}
export type Queue = ReturnType<typeof useQueue>;

const viewOf = (given: string | undefined): View => VIEWS.find((one) => one === given) ?? 'open';
const SORTS = ['updated', 'waiting'];

function asked(filter: { [name: string]: string | undefined }) {
  const { mall, channel, q, tag, sort } = filter;
  const priority = PRIORITIES.find((one) => one === filter.priority);
  const status = STATUSES.find((one) => one === filter.status);
  const known = sort !== undefined && SORTS.includes(sort) ? sort : undefined;
  // A made-up channel or mall in the address is bad input that the list says itself.
  const chosen = { mall, channel: channel as Channel | undefined, q, tag, priority, status };
  return { view: viewOf(filter.view), ...chosen, sort: known as 'updated' | 'waiting' | undefined, limit: 50 };
}
