import { sql } from 'kysely';
import { type CommandContext, handle, type JobHandler } from '#platform/context.ts';
import { type Input, notFound, Refusal } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { linesLeft, ownBulk } from './bulk-store.ts';
import { takeBack } from './take-back.ts';
import { grant } from './ticket-state.ts';
import { lockTicket } from './ticket-store.ts';

/** Lines of one transaction: short enough that nobody waits for a ticket that is being changed. */
const BATCH = 25;
type Wish = Input<typeof tickets.operations.bulkChange>['change'];
type Line = { seq: number; ticket_id: string; version: number | null };
type Done = { outcome: string; why?: string | null; version?: number };

/** Does the next lines. Each stands for itself: what is refused for one ticket stops none of the others. */
export const stepBulk = handle(tickets.operations.stepBulk, async (ctx, { id, undo }) => {
  const bulk = await ownBulk(ctx, id);
  if (!bulk) return notFound();
  if (bulk.state !== (undo ? 'undoing' : 'running')) return { left: 0, done: 0 };
  const lines = await ctx.scoped
    .selectFrom('ticket_bulk_row')
    .select(['seq', 'ticket_bulk_row.ticket_id', 'ticket_bulk_row.version'])
    .where('bulk_id', '=', id)
    .where(linesLeft(undo))
    .orderBy('seq')
    .limit(BATCH)
    .forUpdate()
    .execute();
  // The history names who wished it, not the job that does it.
  const by = {
    ...ctx,
    actor: { ...ctx.actor, kind: 'user' as const, id: bulk.requested_by, name: bulk.requested_by_name },
  };
  for (const line of lines) {
    const done = undo ? await undoLine(by, line, id) : await doLine(by, line, bulk.change as Wish, id);
    await ctx.scoped
      .updateTable('ticket_bulk_row')
      .set({ outcome: done.outcome, why: done.why ?? null, ...(done.version ? { version: done.version } : {}) })
      .where('bulk_id', '=', id)
      .where('seq', '=', line.seq)
      .execute();
  }
  const { n } = await ctx.scoped
    .selectFrom('ticket_bulk_row')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('bulk_id', '=', id)
    .where(linesLeft(undo))
    .executeTakeFirstOrThrow();
  if (n === 0)
    await ctx.db
      .updateTable('ticket_bulk')
      .set({ state: undo ? 'undone' : 'done' })
      .where('id', '=', id)
      .execute();
  return { left: n, done: lines.length };
});

async function doLine(ctx: CommandContext, line: Line, wish: Wish, bulk: string): Promise<Done> {
  const ticket = await lockTicket(ctx, line.ticket_id);
  if (!ticket) return { outcome: 'refused', why: 'not_found' };
  const { snoozeUntil, status, ...rest } = wish;
  const solve = status === 'solved' && ticket.status !== 'solved';
  // Solving goes through the command, so that what later rooms ask for before it is asked for here too.
  const solved = solve
    ? await ctx.call(
        tickets.operations.setStatus,
        { id: ticket.id, status },
        { id: ctx.actor.id, name: ctx.actor.name },
      )
    : null;
  if (solved instanceof Refusal) return { outcome: 'refused', why: solved.code };
  const until = snoozeUntil ? new Date(snoozeUntil) : null;
  const asleep = snoozeUntil === undefined ? {} : { snoozeUntil: until?.getTime() ?? null };
  const now = solve ? await lockTicket(ctx, ticket.id) : ticket;
  if (!now) return { outcome: 'refused', why: 'not_found' };
  const answer = await grant(ctx, now, { ...rest, ...asleep, ...(solve ? {} : { status }) }, 'changed');
  if (answer instanceof Refusal) return { outcome: 'refused', why: answer.code };
  if (answer.version === ticket.version) return { outcome: 'unchanged' };
  await ctx.scoped
    .updateTable('ticket_change')
    .set({ bulk_id: bulk, actor_id: ctx.actor.id, actor_name: ctx.actor.name })
    .where('ticket_change.ticket_id', '=', ticket.id)
    .where('ticket_change.version', '>', ticket.version)
    .execute();
  if (until) await ctx.job('tickets.wake', { id: ticket.id }, { runAt: until, key: `tickets.wake:${ticket.id}` });
  return { outcome: 'changed', version: answer.version };
}

/** Takes the line's changes back, newest first; one that somebody has set anew keeps the rest as it is. */
async function undoLine(ctx: CommandContext, line: Line, bulk: string): Promise<Done> {
  const first = await lockTicket(ctx, line.ticket_id);
  if (!first) return { outcome: 'kept', why: 'not_found' };
  const changes = await ctx.scoped
    .selectFrom('ticket_change')
    .select(['ticket_change.version', 'before', 'after'])
    .where('ticket_change.ticket_id', '=', first.id)
    .where('bulk_id', '=', bulk)
    .where('undone_by', 'is', null)
    .orderBy('ticket_change.version', 'desc')
    .execute();
  let back = 0;
  for (const change of changes) {
    const ticket = await lockTicket(ctx, first.id);
    if (!ticket || (await takeBack(ctx, ticket, change)) === null) break;
    back += 1;
  }
  const all = back === changes.length && back > 0;
  return all ? { outcome: 'undone' } : { outcome: 'kept', why: 'changed_since' };
}

/** A change of many, batch by batch; begun again after a crash it goes on with the lines that are left. */
export const bulkJob: JobHandler = async (ctx, payload) => {
  const { bulk, undo } = payload as { bulk: string; undo: boolean };
  for (let did = 0; ; ) {
    const step = await ctx.run(tickets.operations.stepBulk, { id: bulk, undo });
    if (step instanceof Refusal || step.done === 0) return;
    did += step.done;
    await ctx.progress(did / (did + step.left), `${did}/${did + step.left}`);
    if (step.left === 0) return;
  }
};
