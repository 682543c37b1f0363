import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import type { Status } from '../rules/status.ts';
import { familyOf } from './ticket-talk.ts';

const MOST = 50;
const LINK_KINDS = ['related', 'follow_up', 'followed', 'split_off', 'split_from'] as const;

/** Who watches, what it is linked to within scope, and where the caller was called upon. */
export const aroundTicket = handle(tickets.operations.around, async (ctx, { id }) => {
  const there = await ctx.scoped
    .selectFrom('ticket')
    .select('ticket.id')
    .where('ticket.id', '=', id)
    .executeTakeFirst();
  if (!there) return notFound();
  const watchers = await ctx.scoped
    .selectFrom('ticket_watcher')
    .innerJoin('person', 'person.id', 'ticket_watcher.person_id')
    .select(['person.id', 'person.name'])
    .where('ticket_watcher.ticket_id', 'in', await familyOf(ctx, id))
    .distinct()
    .orderBy('person.name')
    .limit(MOST)
    .execute();
  const links = await ctx.scoped
    .selectFrom('ticket_link')
    .innerJoin('ticket', 'ticket.id', 'ticket_link.other_id')
    .select(['ticket.id', 'ticket.number', 'ticket.subject', 'ticket.status', 'ticket_link.kind'])
    .where('ticket_link.ticket_id', '=', id)
    .where(ctx.scoped.where('ticket'))
    .orderBy('ticket.number', 'desc')
    .limit(MOST)
    .execute();
  const mentions = await ctx.scoped
    .selectFrom('ticket_mention')
    .select('ticket_mention.message_id')
    .where('ticket_mention.ticket_id', '=', id)
    .where('ticket_mention.person_id', '=', ctx.actor.id)
    .where('seen_at', 'is', null)
    .limit(MOST)
    .execute();
  return {
    watchers,
    links: links.map((link) => ({
      ...link,
      status: link.status as Status,
      kind: link.kind as (typeof LINK_KINDS)[number],
    })),
    mentions: mentions.map(({ message_id }) => message_id),
  };
});
