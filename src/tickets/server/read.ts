import type { ExpressionBuilder } from 'kysely';
import type { QueryContext } from '#platform/context.ts';
import type { DB } from '#platform/db.gen.ts';
import type { Channel } from '../contract/shapes.ts';
import type { STATUSES } from '../rules/status.ts';

/**
 * A reply as its channel's connector needs it; null when there is nothing to send: it was sent, failed or was taken
 * back, or is still held (`sendAfter` of the event says until when).
 */
export async function replyToSend(
  { scoped, now }: Pick<QueryContext, 'scoped' | 'now'>,
  ticket: string,
  message: string,
) {
  const row = await scoped
    .selectFrom('ticket_message')
    .innerJoin('ticket', 'ticket.id', 'ticket_message.ticket_id')
    .select(['ticket.number', 'ticket.subject', 'ticket.mall', 'ticket.customer_id as customer'])
    .select(['ticket_message.channel', 'body as text', 'author_name as author'])
    .where('ticket_message.ticket_id', '=', ticket)
    .where('ticket_message.id', '=', message)
    .where('ticket_message.delivery', '=', 'queued')
    .where('send_after', '<=', now)
    .executeTakeFirst();
  return row ?? null;
}

type Within = Pick<QueryContext, 'scoped'>;
type Status = (typeof STATUSES)[number];

/** A ticket as rooms that hang on it see it, within the caller's scope; null when it is not there for the caller. */
export async function ticketPlace(ctx: Within, id: string) {
  return (await ticketsShown(ctx, [id])).get(id) ?? null;
}

export type TicketShown = NonNullable<Awaited<ReturnType<typeof ticketPlace>>>;

/** Several tickets at once, for lists: by their ids, those of the caller's scope only. */
export async function ticketsShown({ scoped }: Within, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await scoped
    .selectFrom('ticket')
    .leftJoin('customer', 'customer.id', 'ticket.customer_id')
    .leftJoin('person', 'person.id', 'ticket.assignee')
    .select(['ticket.id', 'ticket.number', 'ticket.subject', 'ticket.status', 'ticket.channel', 'ticket.mall'])
    .select(['ticket.centre', 'ticket.customer_id', 'ticket.order_id', 'ticket.product_id', 'ticket.partner_id'])
    .select(['ticket.assignee', 'customer.name as customer_name', 'customer.phone', 'person.name as assignee_name'])
    .where('ticket.id', 'in', [...ids])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...{ id: row.id, number: row.number, subject: row.subject, status: row.status as Status },
        ...{ channel: row.channel as Channel, mall: row.mall, centre: row.centre, order: row.order_id },
        ...{ product: row.product_id, partner: row.partner_id },
        customer: { id: row.customer_id, name: row.customer_name ?? '', phone: row.phone },
        assignee: row.assignee === null ? null : { id: row.assignee, name: row.assignee_name ?? '' },
      },
    ]),
  );
}

/** When the customer was first reached by something written after a moment: it was sent. Null: not yet. */
export async function firstAnswerAfter({ scoped }: Within, ticketId: string, moment: Date): Promise<Date | null> {
  const row = await scoped
    .selectFrom('ticket_message')
    .select(({ fn }) => fn.min(fn.coalesce('ticket_message.sent_at', 'ticket_message.created_at')).as('at'))
    .where('ticket_message.ticket_id', '=', ticketId)
    .where('ticket_message.kind', '=', 'outbound')
    .where('ticket_message.created_at', '>', moment)
    .where((eb) => eb.or([eb('ticket_message.delivery', 'is', null), eb('ticket_message.delivery', '=', 'sent')]))
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Those of some people who have said that they are not at their desk (이석). */
export async function peopleAway({ db }: Pick<QueryContext, 'db'>, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('agent_state')
    .select('person_id')
    .where('person_id', 'in', [...ids])
    .where('state', '=', 'away')
    .execute();
  return new Set(rows.map(({ person_id: id }) => id));
}

/** What a rule sees of contacts: who wrote, where, and the first thing that was said. Contacts since a moment, newest first; or one of them. Merged ones stand for themselves no more. */
export async function firstContacts({ scoped }: Within, of: { since: Date; limit: number } | { ticket: string }) {
  const first = (eb: ExpressionBuilder<DB, 'ticket'>) =>
    eb
      .selectFrom('ticket_message as said')
      .select('said.body')
      .whereRef('said.ticket_id', '=', 'ticket.id')
      .where('said.kind', '=', 'inbound')
      .orderBy('said.id')
      .limit(1);
  const rows = await scoped
    .selectFrom('ticket')
    .leftJoin('customer', 'customer.id', 'ticket.customer_id')
    .select(['ticket.id', 'ticket.number', 'ticket.subject', 'ticket.status', 'ticket.channel', 'ticket.mall'])
    .select(['ticket.centre', 'ticket.created_at', 'customer.email', 'customer.phone'])
    .select((eb) => first(eb).as('text'))
    .where('ticket.merged_into', 'is', null)
    .$if('ticket' in of, (q) => q.where('ticket.id', '=', 'ticket' in of ? of.ticket : ''))
    .$if('since' in of, (q) => q.where('ticket.created_at', '>=', 'since' in of ? of.since : new Date(0)))
    .orderBy('ticket.created_at', 'desc')
    .orderBy('ticket.id', 'desc')
    .limit('limit' in of ? of.limit : 1)
    .execute();
  return rows.map(({ created_at: at, text, ...row }) => ({ ...row, text: text ?? '', at }));
}
