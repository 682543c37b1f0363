import { sql } from 'kysely';
import { type CommandContext, handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import type { Channel } from '../contract/shapes.ts';
import { tickets } from '../contract.ts';
import { queueReply } from './queue-reply.ts';
import { lockTicket } from './ticket-store.ts';
import { familyOf, shownOn } from './ticket-talk.ts';

/** What a reply must have seen: our notes do not change what the customer reads. */
const TALK = ['inbound', 'outbound', 'partner'];

/**
 * Keeps an answer to the customer, waiting for the channel's connector to send it: until then the customer goes on
 * waiting. Refuses `newer_message` when somebody wrote after what the writer saw.
 */
export const replyTicket = handle(tickets.operations.reply, async (ctx, { id, text, basedOn }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (basedOn) {
    const newest = await newestAfter(ctx, ticket.id, basedOn);
    if (newest) return refuse('newer_message', { newest: newest.id });
  }
  return queueReply(ctx, ticket, { channel: ticket.channel as Channel, text });
});

/** The newest message of the talk that `basedOn` does not cover; `{id: null}` when `basedOn` is no message of it. */
async function newestAfter(
  ctx: CommandContext,
  ticketId: string,
  basedOn: string,
): Promise<{ id: string | null } | null> {
  const talk = shownOn(ctx, await familyOf(ctx, ticketId));
  const seen = await talk.select('created_at').where('ticket_message.id', '=', basedOn).executeTakeFirst();
  const newest = await talk
    .select('ticket_message.id')
    .where('ticket_message.kind', 'in', TALK)
    .where(sql<boolean>`delivery is distinct from 'cancelled'`)
    .$if(seen !== undefined, (rows) =>
      rows.where(sql<boolean>`(created_at, ticket_message.id) > (${seen?.created_at}, ${basedOn})`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('ticket_message.id', 'desc')
    .executeTakeFirst();
  return newest ?? (seen ? null : { id: null });
}
