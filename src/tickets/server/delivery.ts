import { type CommandContext, handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import type { Channel } from '../contract/shapes.ts';
import { tickets } from '../contract.ts';
import { deliver } from '../rules/status.ts';
import { queueReply } from './queue-reply.ts';
import { changeTo, stateOf } from './ticket-state.ts';
import { lockTicket, saveTicket, scopeOf } from './ticket-store.ts';
import { familyOf, shownOn, talkOf } from './ticket-talk.ts';

/** A reply of the ticket, as far as its sending is concerned. */
async function replyOf(ctx: CommandContext, ticketId: string, message: string) {
  return await shownOn(ctx, await familyOf(ctx, ticketId))
    .select([
      'ticket_message.id',
      'ticket_message.ticket_id',
      'author_id',
      'channel',
      'body',
      'delivery',
      'send_after',
      'settled_at',
      'created_at',
    ])
    .where('ticket_message.id', '=', message)
    .where('kind', '=', 'outbound')
    .executeTakeFirst();
}

const messages = (ctx: CommandContext, reply: { id: string; ticket_id: string }) =>
  ctx.scoped
    .updateTable('ticket_message')
    .where('ticket_message.ticket_id', '=', reply.ticket_id)
    .where('ticket_message.id', '=', reply.id);

/** What the channel says of a reply. Sent, it ends the waiting; failed, it is its writer's again. */
export const markDelivery = handle(tickets.operations.markDelivery, async (ctx, input) => {
  const { id, message, outcome } = input;
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  const reply = await replyOf(ctx, ticket.id, message);
  if (!reply) return refuse('no_message', {});
  if (reply.delivery === 'cancelled') return refuse('taken_back', {});
  if (reply.delivery === outcome) return { version: ticket.version };
  const at = input.at ? new Date(input.at) : ctx.now;
  await messages(ctx, reply)
    .set(outcome === 'sent' ? { delivery: outcome, sent_at: at, failure: null } : failed(input.reason))
    .execute();
  const change = changeTo(deliver(stateOf(ticket), await talkOf(ctx, ticket.id)));
  const first = outcome === 'sent' ? (ticket.first_replied_at ?? at) : ticket.first_replied_at;
  const version = await saveTicket(ctx, ticket, { ...change, first_replied_at: first }, outcome);
  ctx.record(outcome === 'sent' ? 'tickets.sent' : 'tickets.send_failed', ticket.id, {
    before: { delivery: reply.delivery },
    after: { messageId: message, delivery: outcome },
    scope: scopeOf(ticket),
    data: { messageId: message, writer: reply.author_id, number: ticket.number },
  });
  return { version };
});

const failed = (reason: string | undefined) => ({ delivery: 'failed', failure: reason ?? null, settled_at: null });

/** The writer takes a held reply back: nobody sends it, and its text is theirs again. */
export const cancelSend = handle(tickets.operations.cancelSend, async (ctx, { id, message }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  const reply = await replyOf(ctx, ticket.id, message);
  if (!reply || reply.delivery === 'cancelled') return refuse('no_message', {});
  if (reply.author_id !== ctx.actor.id) return refuse('others_reply', {});
  if (reply.delivery !== 'queued' || !reply.send_after || reply.send_after <= ctx.now) return refuse('too_late', {});
  await messages(ctx, reply).set({ delivery: 'cancelled' }).execute();
  const version = await saveTicket(ctx, ticket, {});
  ctx.record('tickets.send_cancelled', ticket.id, {
    after: { messageId: message },
    scope: scopeOf(ticket),
    data: { messageId: message },
  });
  return { text: reply.body, version };
});

export const resendReply = handle(tickets.operations.resend, async (ctx, { id, message, text }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  const reply = await replyOf(ctx, ticket.id, message);
  if (!reply) return refuse('no_message', {});
  if (reply.delivery !== 'failed' || reply.settled_at) return refuse('not_failed', {});
  await messages(ctx, reply).set({ settled_at: ctx.now }).execute();
  const channel = reply.channel as Channel;
  return queueReply(ctx, ticket, { channel, text: text ?? reply.body, attemptOf: message });
});

export const dismissFailed = handle(tickets.operations.dismissFailed, async (ctx, { id, message, reason }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  const reply = await replyOf(ctx, ticket.id, message);
  if (!reply) return refuse('no_message', {});
  if (reply.delivery !== 'failed' || reply.settled_at) return refuse('not_failed', {});
  await messages(ctx, reply).set({ settled_at: ctx.now }).execute();
  const version = await saveTicket(ctx, ticket, {});
  ctx.record('tickets.failure_settled', ticket.id, {
    after: { messageId: message, reason },
    scope: scopeOf(ticket),
    data: { messageId: message },
  });
  return { version };
});
