import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { calls } from '../contract.ts';
import { CALL_COLUMNS, callRow } from './call-row.ts';

export const getCall = handle(calls.operations.get, async (ctx, { id }) => {
  const row = await ctx.scoped
    .selectFrom('phone_call')
    .leftJoin('customer', 'customer.id', 'phone_call.customer_id')
    .leftJoin('person', 'person.id', 'phone_call.agent')
    .select([...CALL_COLUMNS, 'phone_call.centre', 'answered_at', 'ended_at', 'hold_ms', 'after_call_ms'])
    .where('phone_call.id', '=', id)
    .executeTakeFirst();
  if (!row) return notFound();
  return {
    ...callRow(row),
    centre: row.centre,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    holdMs: row.hold_ms,
    afterCallMs: row.after_call_ms,
  };
});
