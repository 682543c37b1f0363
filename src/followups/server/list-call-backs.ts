import { handle, type QueryContext } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { after, before } from '#platform/keyset-sql.ts';
import type { Input, Output } from '#platform/operation.ts';
import { followups } from '../contract.ts';
import { MOST_MISSED } from '../rules/call-back.ts';
import type { LockedCallBack } from './call-back-store.ts';
import { shownOf, ticketsOf } from './shown.ts';

type Asked = Input<typeof followups.operations.listCallBacks>;
type Row = Output<typeof followups.operations.listCallBacks>['items'][number];

export const listCallBacks = handle(followups.operations.listCallBacks, async (ctx, input) => {
  const rows = await callBacksThat(ctx, input)
    .limit(input.limit + 1)
    .execute();
  const tickets = await ticketsOf(ctx, rows);
  const attempts = await attemptsOf(
    ctx,
    rows.map(({ id }) => id),
  );
  return pageOf(
    rows,
    input.limit,
    (row) => ({ ...callBackRow(row, ctx.now), ...shownOf(row, tickets), attempts: attempts.get(row.id) ?? [] }),
    (row) => [(input.view === 'ended' ? row.ended_at : row.due_at) ?? row.due_at, row.id],
  );
});

function callBacksThat(ctx: QueryContext, input: Asked) {
  const { view } = input;
  const seen = cursorValues(input.cursor, 2);
  let rows = ctx.scoped.selectFrom('call_back').selectAll('call_back');
  if (view === 'ended') rows = rows.where('call_back.ended_at', 'is not', null);
  else if (!input.ticket || view) rows = rows.where('call_back.state', '=', 'open');
  if (view === 'mine') rows = rows.where('call_back.claimed_by', '=', ctx.actor.id);
  if (input.mall) rows = rows.where('call_back.mall', '=', input.mall);
  if (input.ticket) rows = rows.where('call_back.ticket_id', '=', input.ticket);
  if (view === 'ended') {
    if (seen) rows = rows.where(before(['call_back.ended_at', 'call_back.id'], seen));
    return rows.orderBy('call_back.ended_at', 'desc').orderBy('call_back.id', 'desc');
  }
  if (seen) rows = rows.where(after(['call_back.due_at', 'call_back.id'], seen));
  return rows.orderBy('call_back.due_at').orderBy('call_back.id');
}

async function attemptsOf(ctx: QueryContext, ids: readonly string[]): Promise<Map<string, Row['attempts']>> {
  const made = new Map<string, Row['attempts']>();
  if (ids.length === 0) return made;
  const rows = await ctx.scoped
    .selectFrom('call_attempt')
    .select(['call_attempt.id', 'call_back_id', 'outcome', 'note', 'by_name', 'at'])
    .where('call_back_id', 'in', [...ids])
    .orderBy('at')
    .execute();
  for (const { call_back_id: of, by_name, outcome, ...row } of rows) {
    const attempt = { ...row, outcome: outcome as Row['attempts'][number]['outcome'], by: by_name };
    if (of) made.set(of, [...(made.get(of) ?? []), attempt]);
  }
  return made;
}

const callBackRow = (row: LockedCallBack, now: Date) => ({
  id: row.id,
  mall: row.mall,
  centre: row.centre,
  phone: row.phone,
  about: row.about,
  askedBy: row.asked_by as Row['askedBy'],
  state: row.state as Row['state'],
  wantedFrom: row.wanted_from,
  wantedUntil: row.wanted_until,
  dueAt: row.due_at,
  overdue: row.state === 'open' && row.due_at <= now,
  missed: row.attempts,
  enough: row.state === 'open' && row.attempts >= MOST_MISSED,
  claimedBy: row.claimed_by === null ? null : { id: row.claimed_by, name: row.claimed_by_name ?? '' },
  reason: row.reason,
  createdBy: row.created_by_name,
  createdAt: row.created_at,
  endedAt: row.ended_at,
});
