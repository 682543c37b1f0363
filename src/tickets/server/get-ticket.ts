import { type Selectable, sql } from 'kysely';
import { handle, type QueryContext } from '#platform/context.ts';
import type { DB } from '#platform/db.gen.ts';
import { type Actor, notFound, type Output } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { TICKET_COLUMNS, ticketRow } from './ticket-row.ts';

type Message = Output<typeof tickets.operations.get>['messages'][number];

/** Most messages of one ticket that are answered, the newest ones. */
const MOST_MESSAGES = 500;
/** What stays among ourselves: a partner in a three-way talk does not see it. */
const INTERNAL = ['note', 'call_note'];

export const getTicket = handle(tickets.operations.get, async (ctx, { id, number }) => {
  let found = ctx.scoped
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
      'ticket.snoozed_minutes',
    ]);
  if (id) found = found.where('ticket.id', '=', id);
  if (number) found = found.where('ticket.number', '=', number);
  const row = await found.executeTakeFirst();
  if (!row) return notFound();
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
    messages: await messagesOf(ctx, row.id),
    version: row.version,
  };
});

/** The newest messages of a ticket, oldest first; a reply that was taken back was never said. */
async function messagesOf(ctx: QueryContext, ticketId: string): Promise<Message[]> {
  let messages = ctx.scoped
    .selectFrom('ticket_message')
    .selectAll('ticket_message')
    .where('ticket_message.ticket_id', '=', ticketId)
    .where(sql<boolean>`delivery is distinct from 'cancelled'`)
    .orderBy('ticket_message.created_at', 'desc')
    .orderBy('ticket_message.id', 'desc')
    .limit(MOST_MESSAGES);
  if (onlyPartner(ctx.actor)) messages = messages.where('ticket_message.kind', 'not in', INTERNAL);
  return (await messages.execute()).reverse().map(messageOf);
}

const messageOf = (message: Selectable<DB['ticket_message']>): Message => ({
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
});

const onlyPartner = (actor: Actor) =>
  actor.kind !== 'system' && actor.grants.every((grant) => grant.role === 'partner');
