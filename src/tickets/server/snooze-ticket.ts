import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';

import { tickets } from '../contract.ts';
import { koreanDay } from '../rules/days.ts';
import { grant } from './ticket-state.ts';
import { lockTicket } from './ticket-store.ts';

const MINUTE_MS = 60_000;

/** Puts a ticket off; a job of its own brings it back to the minute. */
export const snoozeTicket = handle(tickets.operations.snooze, async (ctx, { id, version, until }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (version !== undefined && version !== ticket.version) return refuse('stale_version', { version: ticket.version });
  const at = until === null ? null : new Date(until);
  if (at && at <= ctx.now) return refuse('past', {});
  const minutes = at ? Math.max(1, Math.round((at.getTime() - ctx.now.getTime()) / MINUTE_MS)) : null;
  const wish = { snoozeUntil: at?.getTime() ?? null };
  const more = minutes === null ? {} : { snoozed_minutes: minutes };
  const done = (await grant(ctx, ticket, wish, at ? 'snoozed' : 'woke', more)) as { version: number };
  if (at) await ctx.job('tickets.wake', { id: ticket.id }, { runAt: at, key: `tickets.wake:${ticket.id}` });
  return { version: done.version };
});

/** Its time has come: the ticket is in the queues again. Another time may have been set since the job was. */
export const wakeTicket = handle(tickets.operations.wake, async (ctx, { id }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (!ticket.snoozed_until || ticket.snoozed_until > ctx.now) return { woke: false };
  await grant(ctx, ticket, { snoozeUntil: null }, 'woke');
  return { woke: true };
});

export const setFollowUp = handle(tickets.operations.setFollowUp, async (ctx, { id, version, on }) => {
  const ticket = await lockTicket(ctx, id);
  if (!ticket) return notFound();
  if (version !== undefined && version !== ticket.version) return refuse('stale_version', { version: ticket.version });
  if (on && on < koreanDay(ctx.now.getTime())) return refuse('past', {});
  const { version: next } = (await grant(ctx, ticket, { followUpOn: on }, 'follow_up_set')) as { version: number };
  return { version: next };
});
