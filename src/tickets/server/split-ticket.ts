import { sql } from 'kysely';
import { type CommandContext, handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { tickets } from '../contract.ts';
import { waitsIn } from '../rules/status.ts';
import { tellTicket } from './tell-ticket.ts';
import { changeOf, changeTo, stateOf, workedOf } from './ticket-state.ts';
import { findAgain, type LockedTicket, lockAlone, lockTicket, saveTicket, scopeOf } from './ticket-store.ts';
import { familyOf, shownOn, talkOf } from './ticket-talk.ts';

/** A second matter goes on on a ticket of its own; the chosen messages are shown there and keep their place. */
export const splitTicket = handle(tickets.operations.split, async (ctx, { id, messages, subject }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  const shown = await shownOn(ctx, await familyOf(ctx, ticket.id))
    .select(['ticket_message.ticket_id', 'ticket_message.id'])
    .execute();
  const chosen = new Set(messages);
  const moved = shown.filter((one) => chosen.has(one.id));
  if (moved.length !== chosen.size) return refuse('no_message', {});
  if (shown.length === moved.length) return refuse('nothing_left', {});
  const made = await fileRest(ctx, ticket, subject);
  await show(ctx, moved, made.id);
  await settle(ctx, made.id);
  const version = await settle(ctx, ticket.id, 'split', made.id);
  await ctx.scoped
    .insertInto('ticket_link')
    .values([
      { ticket_id: ticket.id, other_id: made.id, kind: 'split_off', linked_by: ctx.actor.id, at: ctx.now },
      { ticket_id: made.id, other_id: ticket.id, kind: 'split_from', linked_by: ctx.actor.id, at: ctx.now },
    ])
    .execute();
  await tellTicket(ctx, ticket, 'tickets.split', { after: { number: made.number }, data: { into: made.id } });
  ctx.record('tickets.created', made.id, {
    after: { number: made.number, from: ticket.number },
    scope: scopeOf(ticket),
    data: { number: made.number, channel: ticket.channel, mall: ticket.mall },
  });
  return { ...made, version };
});

async function fileRest(ctx: CommandContext, like: LockedTicket, subject: string) {
  const { mall, centre, channel, customer_id, order_id, product_id, partner_id, assignee, priority } = like;
  const id = newId();
  const { number } = await ctx.scoped
    .insertInto('ticket')
    .values({
      ...{ id, subject, status: 'open', mall, centre, channel, customer_id, order_id, product_id, partner_id },
      ...{ assignee, priority, created_at: ctx.now, updated_at: ctx.now },
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  return { id, number };
}

const show = (ctx: CommandContext, messages: readonly { ticket_id: string; id: string }[], on: string) =>
  ctx.scoped
    .updateTable('ticket_message')
    .set({ split_into: on })
    .where('ticket_message.ticket_id', 'in', [...new Set(messages.map(({ ticket_id }) => ticket_id))])
    .where(
      'ticket_message.id',
      'in',
      messages.map(({ id }) => id),
    )
    .execute();

/** Who waits follows from what is shown now, and so does what the ticket is found by. */
async function settle(ctx: CommandContext, id: string, event = '', other: string | null = null): Promise<number> {
  const ticket = await lockAlone(ctx, id);
  if (!ticket) return 0;
  const state = stateOf(ticket);
  const waitingSince = waitsIn(state.status, await talkOf(ctx, id));
  await findAgain(ctx, ticket);
  return saveTicket(ctx, ticket, changeTo({ ...state, waitingSince }), event, other);
}

/** The messages are back where they were; the ticket that was split off leads there, with what was said on it since. */
export const unsplitTicket = handle(tickets.operations.unsplit, async (ctx, { id }) => {
  const part = await lockAlone(ctx, id);
  if (!part) return notFound();
  const link = await ctx.scoped
    .selectFrom('ticket_link')
    .select('other_id')
    .where('ticket_link.ticket_id', '=', id)
    .where('kind', '=', 'split_from')
    .executeTakeFirst();
  const whole = link && !part.merged_into ? await lockTicket(ctx, link.other_id) : undefined;
  if (!whole) return refuse('not_split', {});
  await ctx.scoped
    .updateTable('ticket_message')
    .set({
      split_into: sql`case when ticket_message.ticket_id = any(${sql.val(await familyOf(ctx, whole.id))}) then null
        else ${whole.id}::uuid end`,
    })
    .where('split_into', '=', id)
    .execute();
  const done = { ...workedOf(part), status: 'solved' as const, waitingSince: null, solvedAt: ctx.now.getTime() };
  await saveTicket(ctx, part, { ...changeOf(done), snoozed_until: null, merged_into: whole.id }, 'unsplit', whole.id);
  for (const [one, other] of [
    [id, whole.id],
    [whole.id, id],
  ] as const)
    await ctx.scoped
      .deleteFrom('ticket_link')
      .where('ticket_link.ticket_id', '=', one)
      .where('other_id', '=', other)
      .execute();
  const version = await settle(ctx, whole.id, 'unsplit', id);
  await tellTicket(ctx, whole, 'tickets.unsplit', { after: { number: part.number }, data: { from: id } });
  return { version };
});
