import { useFilter } from '#platform/search-params.ts';
import { useSteadyRows } from '#platform/steady-rows.ts';
import { type InputOf, useInfinite } from '#platform/web.ts';

export const VIEWS = ['open', 'mine', 'unassigned', 'waiting', 'solved', 'all'] as const;
export type View = (typeof VIEWS)[number];

/** The queue as the address filters it. Rows keep their places while new ones wait above. */
export function useQueue() {
  const [filter, setFilter] = useFilter(['view', 'mall', 'channel', 'q', 'sort', 'tag']);
  const view = (VIEWS.find((one) => one === filter.view) ?? 'open') as View;
  const { mall, channel, q, tag } = filter;
  const sort = filter.sort === 'updated' || filter.sort === 'waiting' ? filter.sort : undefined;
  const input = { view, mall, channel, q, tag, sort, limit: 50 } as InputOf<'tickets.list'>;
  const list = useInfinite('tickets.list', input, { keep: true });
  const steady = useSteadyRows(JSON.stringify(input), list.items, list.isSuccess && !list.isPlaceholderData);
  const rows = list.isPlaceholderData ? list.items : steady.rows;
  return { ...steady, rows, list, filter, view, setFilter };
}
export type Queue = ReturnType<typeof useQueue>;
