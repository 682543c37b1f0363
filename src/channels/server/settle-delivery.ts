import { type CommandContext, handle } from '#platform/context.ts';
import { tickets } from '#tickets/contract.ts';
import { replyToSend } from '#tickets/server/read.ts';
import { channels } from '../contract.ts';
import { failureText } from '../rules/failure-text.ts';
import { tellTicket } from './tell-ticket.ts';

/** A process that took a delivery and died lets it go after this long. */
const LEASE_MS = 300_000;

const deliveryOf = (ctx: CommandContext, id: string) =>
  ctx.scoped
    .selectFrom('channel_delivery')
    .select(['channel_delivery.id', 'channel_delivery.ticket_id', 'message_id', 'state', 'claimed_at', 'next_at'])
    .where('channel_delivery.id', '=', id)
    .forUpdate()
    .executeTakeFirst();

/** Takes a delivery that is due: nobody else sends it until it is settled. One whose reply was taken back is none. */
export const claimDelivery = handle(channels.operations.claimDelivery, async (ctx, { delivery: id }) => {
  const it = await deliveryOf(ctx, id);
  const lost = it?.state === 'sending' && (it.claimed_at?.getTime() ?? 0) < ctx.now.getTime() - LEASE_MS;
  if (!it || !(lost || it.state === 'queued') || it.next_at > ctx.now) return { claimed: false };
  const wanted = it.message_id === null || (await replyToSend(ctx, it.ticket_id, it.message_id)) !== null;
  await ctx.scoped
    .updateTable('channel_delivery')
    .set(wanted ? { state: 'sending', claimed_at: ctx.now } : { state: 'failed', why: 'taken_back' })
    .where('channel_delivery.id', '=', id)
    .execute();
  return { claimed: wanted };
});

/** How the sending went: the message on the ticket shows it. */
export const settleDelivery = handle(channels.operations.settleDelivery, async (ctx, input) => {
  const { delivery: id, outcome, why, detail, nextAt } = input;
  const it = await deliveryOf(ctx, id);
  if (!it || it.state === 'sent' || it.state === 'failed') return {};
  const state = outcome === 'later' ? ('queued' as const) : outcome;
  await ctx.scoped
    .updateTable('channel_delivery')
    .set(({ eb }) => ({
      ...{ state, why, detail, attempts: eb('attempts', '+', 1), claimed_at: null },
      ...(outcome === 'sent' ? { sent_at: ctx.now } : {}),
      ...(nextAt ? { next_at: new Date(nextAt) } : {}),
    }))
    .where('channel_delivery.id', '=', id)
    .execute();
  await tellTicket(ctx, 'delivery_settled', it.ticket_id, { state, why });
  if (!it.message_id || outcome === 'later') return {};
  const reason = outcome === 'failed' ? { reason: failureText(why ?? 'rejected', detail) } : {};
  await ctx.call(tickets.operations.markDelivery, { id: it.ticket_id, message: it.message_id, outcome, ...reason });
  return {};
});
