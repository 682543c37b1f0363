import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { requests } from '../contract.ts';
import { byDue, requestsThat, toAnswer } from './request-query.ts';
import { requestRow } from './request-row.ts';

export const listRequests = handle(requests.operations.list, async (ctx, input) => {
  const rows = await requestsThat(ctx, input, cursorValues(input.cursor, 2))
    .limit(input.limit + 1)
    .execute();
  return pageOf(
    rows,
    input.limit,
    (row) => requestRow(row, ctx.now),
    (row) => [byDue(input) ? row.due_at : row.updated_at, row.id],
  );
});

/** What the caller has to answer, and what became of what the caller asked. */
export const countRequests = handle(requests.operations.count, async (ctx) => {
  const late = sql`partner_request.due_at <= ${ctx.now}`;
  const mine = sql`partner_request.asked_by = ${ctx.actor.id}`;
  const todo = toAnswer(ctx.actor);
  const many = (condition: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${condition}))::int`;
  const [open, answered] = await Promise.all([
    ctx.scoped
      .selectFrom('partner_request')
      .select([
        many(sql`${todo}`).as('todo'),
        many(sql`${todo} and ${late}`).as('todoOverdue'),
        many(mine).as('asked'),
        many(sql`${mine} and ${late}`).as('askedOverdue'),
      ])
      .where('partner_request.state', '=', 'open')
      .executeTakeFirstOrThrow(),
    ctx.scoped
      .selectFrom('partner_request')
      .select(sql<number>`count(*)::int`.as('unseen'))
      .where('partner_request.asked_by', '=', ctx.actor.id)
      .where('partner_request.state', '=', 'answered')
      .where('partner_request.seen_at', 'is', null)
      .executeTakeFirstOrThrow(),
  ]);
  return { ...open, ...answered };
});
