import type { CommandContext } from '#platform/context.ts';
import type { Channel } from '../contract/shapes.ts';
import { write } from '../rules/status.ts';
import { channelRule } from './channel-rule.ts';
import { tellTicket } from './tell-ticket.ts';
import { changeTo, stateOf } from './ticket-state.ts';
import { addMessage, type LockedTicket, saveTicket } from './ticket-store.ts';

type Reply = { channel: Channel; text: string; attemptOf?: string };

/**
 * Keeps an answer for its channel's connector, which hears `tickets.replied` and sends it after `sendAfter` and no
 * earlier, unless it was taken back by then.
 */
export async function queueReply(ctx: CommandContext, ticket: LockedTicket, { channel, text, attemptOf }: Reply) {
  const { hold_seconds: hold } = await channelRule(ctx, channel);
  const sendAfter = new Date(ctx.now.getTime() + hold * 1000);
  const message = { kind: 'outbound' as const, channel, text, sendAfter, ...(attemptOf ? { attemptOf } : {}) };
  const messageId = await addMessage(ctx, ticket.id, message);
  await saveTicket(ctx, ticket, changeTo(write(stateOf(ticket))), 'replied');
  await tellTicket(ctx, ticket, 'tickets.replied', {
    after: { messageId, delivery: 'queued' },
    data: { messageId, channel, mall: ticket.mall, sendAfter: sendAfter.toISOString(), attemptOf: attemptOf ?? null },
  });
  return { messageId, delivery: 'queued' as const, sendAfter };
}
