import type { QueryContext } from '#platform/context.ts';

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
