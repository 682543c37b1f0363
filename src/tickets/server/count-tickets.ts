import { type SelectQueryBuilder, sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { COUNTED, tickets } from '../contract.ts';
import { inView, type View } from './ticket-query.ts';

/**
 * How many tickets wait in each view, within the caller's scope: exact below the bound, the bound itself from there
 * on, so that no count reads more rows than an agent could ever look at.
 */
export const countTickets = handle(tickets.operations.count, async (ctx, { mall, channel }) => {
  const bounded = (view: View) => {
    let rows = inView(ctx.scoped.selectFrom('ticket'), view, ctx.actor.id, ctx.now);
    if (mall) rows = rows.where('ticket.mall', '=', mall);
    if (channel) rows = rows.where('ticket.channel', '=', channel);
    return countOf(rows.select(sql`1`.as('one')).limit(COUNTED) as never);
  };
  return ctx.db
    .selectNoFrom([
      bounded('open').as('open'),
      bounded('mine').as('mine'),
      bounded('unassigned').as('unassigned'),
      bounded('waiting').as('waiting'),
      bounded('mentioned').as('mentioned'),
      bounded('watching').as('watching'),
      bounded('snoozed').as('snoozed'),
      bounded('due').as('due'),
      bounded('unsent').as('unsent'),
    ])
    .executeTakeFirstOrThrow();
});

/** Counts rows up to the bound. */
export const countOf = (rows: SelectQueryBuilder<never, never, object>) =>
  sql<number>`(select count(*)::int from (${rows}) r)`;
