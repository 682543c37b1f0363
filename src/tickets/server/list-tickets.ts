import { handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { searchQuery } from '#platform/search.ts';
import { type CursorValues, candidates, searchPage } from '#platform/search-sql.ts';
import { tickets } from '../contract.ts';
import { byWaiting, ticketsThat } from './ticket-query.ts';
import { ticketRow } from './ticket-row.ts';

/** The queue. Without `q` it is one statement over one index. */
export const listTickets = handle(tickets.operations.list, async (ctx, input) => {
  const { limit, q } = input;
  const from = cursorValues(input.cursor, 2);
  const waiting = byWaiting(input);
  const key = (row: { waiting_since: Date | null; updated_at: Date; id: string }) =>
    [(waiting ? row.waiting_since : null) ?? row.updated_at, row.id] as const;
  if (q === undefined) {
    const rows = await ticketsThat(ctx, input, from)
      .limit(limit + 1)
      .execute();
    return pageOf(rows, limit, ticketRow, key);
  }
  const query = searchQuery(q);
  if (!query) return { items: [], next: null };
  return searchPage({
    query,
    limit,
    from,
    batch: (seen: CursorValues | null, size: number) =>
      ticketsThat(ctx, input, seen)
        .select('ticket.search_text')
        .where(candidates('ticket', query.tsquery))
        .limit(size)
        .execute(),
    key,
    item: ticketRow,
  });
});
