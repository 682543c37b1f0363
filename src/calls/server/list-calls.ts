import { ofCustomer } from '#customers/server/read.ts';
import { handle, type QueryContext } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { before } from '#platform/keyset-sql.ts';
import type { Input } from '#platform/operation.ts';
import { intervalOf } from '#platform/period.ts';
import { searchQuery } from '#platform/search.ts';
import { type CursorValues, candidates, searchPage } from '#platform/search-sql.ts';
import { calls } from '../contract.ts';
import { CALL_COLUMNS, callRow } from './call-row.ts';

/** Calls, newest first. */
export const listCalls = handle(calls.operations.list, async (ctx, input) => {
  const { limit, q } = input;
  const from = cursorValues(input.cursor, 2);
  const key = (row: { offered_at: Date; id: string }) => [row.offered_at, row.id] as const;
  if (q === undefined) {
    const rows = await callsThat(ctx, input, from)
      .limit(limit + 1)
      .execute();
    return pageOf(rows, limit, callRow, key);
  }
  const query = searchQuery(q);
  if (!query) return { items: [], next: null };
  return searchPage({
    query,
    limit,
    from,
    batch: (seen: CursorValues | null, size: number) =>
      callsThat(ctx, input, seen).where(candidates('phone_call', query.tsquery)).limit(size).execute(),
    key,
    item: callRow,
  });
});

function callsThat(ctx: QueryContext, input: Input<typeof calls.operations.list>, seen: CursorValues | null) {
  let rows = ctx.scoped
    .selectFrom('phone_call')
    .leftJoin('customer', 'customer.id', 'phone_call.customer_id')
    .leftJoin('person', 'person.id', 'phone_call.agent')
    .select([...CALL_COLUMNS, 'phone_call.search_text'])
    .orderBy('phone_call.offered_at', 'desc')
    .orderBy('phone_call.id', 'desc');
  const { from, until } = intervalOf(input);
  if (input.mall) rows = rows.where('phone_call.mall', '=', input.mall);
  if (input.line) rows = rows.where('phone_call.line', '=', input.line);
  if (input.direction) rows = rows.where('phone_call.direction', '=', input.direction);
  if (input.outcome) rows = rows.where('phone_call.outcome', '=', input.outcome);
  if (input.agent) rows = rows.where('phone_call.agent', '=', input.agent);
  if (input.customer) rows = rows.where(ofCustomer('phone_call.customer_id', input.customer));
  if (from) rows = rows.where('phone_call.offered_at', '>=', from);
  if (until) rows = rows.where('phone_call.offered_at', '<', until);
  return seen ? rows.where(before(['phone_call.offered_at', 'phone_call.id'], seen)) : rows;
}
