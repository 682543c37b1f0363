import { type Selectable, sql } from 'kysely';
import { handle, type QueryContext } from '#platform/context.ts';
import type { DB } from '#platform/db.gen.ts';
import { type Actor, notFound, type Output } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { TICKET_COLUMNS, ticketRow } from './ticket-row.ts';
import { familyOf, shownOn } from './ticket-talk.ts';

type Message = Output<typeof tickets.operations.get>['messages'][number];

/** Most messages of one ticket that are answered, the newest ones. */
const MOST_MESSAGES = 500;
/** What stays among ourselves: a partner in a three-way talk does not see it. */
const INTERNAL = ['note', 'call_note'];

export const getTicket = handle(tickets.operations.get, async (ctx, { id, number }) => {
  let found = whole(ctx);
  if (id) found = found.where('ticket.id', '=', id);
  if (number) found = found.where('ticket.number', '=', number);
  const asked = await found.executeTakeFirst();
  if (!asked) return notFound();
  // A number that was merged leads to the ticket that it went into, for whoever may see that one.
  const row = (asked.merged_into && (await targetOf(ctx, asked.merged_into))) || asked;
  const family = await familyOf(ctx, row.id);
  const merged = await mergedOf(ctx, family.slice(1));
  return {
    ...ticketRow(row),
    centre: row.centre,
    order: row.order_id,
    product: row.product_id,
    partner: row.partner_id,
    answerDueAt: row.answer_due_at,
    firstRepliedAt: row.first_replied_at,
    solvedAt: row.solved_at,
    createdAt: row.created_at,
    snoozedMinutes: row.snoozed_minutes,
    merged,
    messages: await messagesOf(ctx, family, new Map(merged.map((one) => [one.id, one.number]))),
    version: row.version,
  };
});

const whole = (ctx: QueryContext) =>
  ctx.scoped
    .selectFrom('ticket')
    .leftJoin('customer', 'customer.id', 'ticket.customer_id')
    .leftJoin('person', 'person.id', 'ticket.assignee')
    .select(TICKET_COLUMNS)
    .select(['ticket.centre', 'ticket.order_id', 'ticket.product_id', 'ticket.partner_id', 'ticket.answer_due_at'])
    .select([
      'ticket.first_replied_at',
      'ticket.solved_at',
      'ticket.created_at',
      'ticket.version',
      'ticket.merged_into',
    ])
    .select('ticket.snoozed_minutes');

type Whole = NonNullable<Awaited<ReturnType<ReturnType<typeof whole>['executeTakeFirst']>>>;

/** The ticket at the end of a chain of merges; undefined where the caller may not see it. */
async function targetOf(ctx: QueryContext, id: string): Promise<Whole | undefined> {
  const row = await whole(ctx).where('ticket.id', '=', id).executeTakeFirst();
  return row?.merged_into ? targetOf(ctx, row.merged_into) : row;
}

/** Tickets that went into this one. */
function mergedOf(ctx: QueryContext, ids: readonly string[]) {
  return ctx.scoped
    .selectFrom('ticket')
    .select(['ticket.id', 'ticket.number', 'ticket.subject'])
    .where(sql<boolean>`ticket.id = any(${sql.val([...ids])})`)
    .orderBy('ticket.number')
    .execute();
}

/** The newest messages of a ticket, oldest first; a reply that was taken back was never said. */
async function messagesOf(
  ctx: QueryContext,
  family: readonly string[],
  origins: ReadonlyMap<string, number>,
): Promise<Message[]> {
  let messages = shownOn(ctx, family)
    .selectAll('ticket_message')
    .where(sql<boolean>`delivery is distinct from 'cancelled'`)
    .orderBy('ticket_message.created_at', 'desc')
    .orderBy('ticket_message.id', 'desc')
    .limit(MOST_MESSAGES);
  if (onlyPartner(ctx.actor)) messages = messages.where('ticket_message.kind', 'not in', INTERNAL);
  return (await messages.execute()).reverse().map((message) => messageOf(message, origins.get(message.ticket_id)));
}

const messageOf = (message: Selectable<DB['ticket_message']>, origin: number | undefined): Message => ({
  id: message.id,
  kind: message.kind as Message['kind'],
  channel: message.channel as Message['channel'],
  author: { id: message.author_id, name: message.author_name },
  text: message.body,
  delivery: message.delivery as Message['delivery'],
  sendAfter: message.delivery === 'queued' ? message.send_after : null,
  failure: message.failure,
  settled: message.settled_at !== null,
  thanks: message.thanks,
  at: message.created_at,
  saidAt: message.said_at,
  origin: origin ?? null,
});

const onlyPartner = (actor: Actor) =>
  actor.kind !== 'system' && actor.grants.every((grant) => grant.role === 'partner');
