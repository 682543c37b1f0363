import type { CommandContext, QueryContext } from '#platform/context.ts';
import { searchDocument } from '#platform/search.ts';
import { newId } from '#platform/values.ts';
import type { Channel } from '../contract/shapes.ts';
import { familyOf, shownOn } from './ticket-talk.ts';

export type LockedTicket = NonNullable<Awaited<ReturnType<typeof lockAlone>>>;

/**
 * The ticket, within scope, locked until the command ends: two agents on one ticket follow each other. One that was
 * merged stands for the one that it went into.
 */
export async function lockTicket(ctx: CommandContext, id: string): Promise<LockedTicket | undefined> {
  const ticket = await lockAlone(ctx, id);
  return ticket?.merged_into ? lockTicket(ctx, ticket.merged_into) : ticket;
}

/** The ticket itself, also when it was merged. */
export function lockAlone(ctx: CommandContext, id: string) {
  return alone(ctx, id).forUpdate().executeTakeFirst();
}

/** The ticket itself, only to look at. */
export const readAlone = (ctx: QueryContext, id: string) => alone(ctx, id).executeTakeFirst();

function alone(ctx: QueryContext, id: string) {
  return ctx.scoped
    .selectFrom('ticket')
    .select(['ticket.id', 'number', 'mall', 'centre', 'partner_id', 'customer_id', 'order_id', 'channel', 'version'])
    .select(['status', 'assignee', 'tags', 'priority', 'waiting_since', 'first_replied_at', 'solved_at'])
    .select(['snoozed_until', 'snoozed_minutes', 'follow_up_on', 'subject', 'merged_into', 'product_id'])
    .where('ticket.id', '=', id);
}

/** What of a ticket changes, field by field, and is kept in its history. */
export type Change = Partial<
  Pick<
    LockedTicket,
    | 'assignee'
    | 'centre'
    | 'tags'
    | 'priority'
    | 'waiting_since'
    | 'first_replied_at'
    | 'solved_at'
    | 'snoozed_until'
    | 'snoozed_minutes'
    | 'follow_up_on'
    | 'merged_into'
  >
> & { status?: string };

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Saves a change as the ticket's next version; what differs goes into its history under the event's name. */
export async function saveTicket(
  ctx: CommandContext,
  ticket: LockedTicket,
  change: Change,
  event = '',
  other: string | null = null,
): Promise<number> {
  const version = ticket.version + 1;
  const fields = (Object.keys(change) as (keyof Change)[]).filter((field) => !same(change[field], ticket[field]));
  const part = (of: Change) => JSON.stringify(Object.fromEntries(fields.map((field) => [field, of[field] ?? null])));
  await ctx.scoped
    .updateTable('ticket')
    .set({ ...change, version, updated_at: ctx.now })
    .$if(fields.includes('status'), (update) => update.set({ status_since: ctx.now }))
    .where('ticket.id', '=', ticket.id)
    .execute();
  if (fields.length > 0 || other) {
    await ctx.scoped
      .insertInto('ticket_change')
      .values({
        ...{ ticket_id: ticket.id, version, event, at: ctx.now, before: part(ticket), after: part(change) },
        other_id: other,
        ...{ actor_id: ctx.actor.kind === 'system' ? null : ctx.actor.id, actor_name: ctx.actor.name },
      })
      .execute();
  }
  return version;
}

type NewMessage = {
  kind: 'inbound' | 'outbound' | 'note' | 'event';
  channel: Channel;
  text: string;
  /** Of an answer to the customer: from when on it may be sent. */
  sendAfter?: Date;
  attemptOf?: string;
  saidAt?: Date | null;
  thanks?: boolean;
  /** Who said it, where that is neither the customer nor the caller. */
  author?: string | undefined;
};

/** Adds a message; one of ours carries its writer. */
export async function addMessage(ctx: CommandContext, ticketId: string, message: NewMessage): Promise<string> {
  const id = newId();
  const ours = message.kind !== 'inbound' && ctx.actor.kind !== 'system';
  await ctx.scoped
    .insertInto('ticket_message')
    .values({
      ...{ ticket_id: ticketId, id, kind: message.kind, channel: message.channel, body: message.text },
      author_id: ours ? ctx.actor.id : null,
      author_name: message.author ?? (message.kind === 'inbound' ? null : ctx.actor.name),
      delivery: message.sendAfter ? 'queued' : null,
      send_after: message.sendAfter ?? null,
      attempt_of: message.attemptOf ?? null,
      said_at: message.saidAt ?? null,
      thanks: message.thanks ?? false,
      created_at: ctx.now,
    })
    .execute();
  return id;
}

/** Which screens hear of the ticket. */
export const scopeOf = (ticket: { mall: string; centre: string; partner_id: string | null }) => ({
  mall: ticket.mall,
  centre: ticket.centre,
  partner: ticket.partner_id,
});

/** Text of earlier messages that a ticket is still found by. */
const MOST_SEARCHED = 50;

/** The ticket is found by its subject and by what the customer wrote on it, lately. */
export async function findAgain(ctx: CommandContext, ticket: Pick<LockedTicket, 'id' | 'subject'>): Promise<void> {
  const rows = await shownOn(ctx, await familyOf(ctx, ticket.id))
    .select('ticket_message.body')
    .where('kind', '=', 'inbound')
    .orderBy('created_at', 'desc')
    .limit(MOST_SEARCHED)
    .execute();
  const found = searchDocument({ texts: [ticket.subject, ...rows.map(({ body }) => body)] });
  await ctx.scoped.updateTable('ticket').set(found).where('ticket.id', '=', ticket.id).execute();
}
