import type { QueryContext } from '#platform/context.ts';
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
