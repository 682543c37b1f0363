import { deskOf } from '#accounts/server/read.ts';
import { handle, type JobHandler, type QueryContext } from '#platform/context.ts';
import { notFound, Refusal } from '#platform/operation.ts';
import { tickets } from '#tickets/contract.ts';
import { firstContacts } from '#tickets/server/read.ts';
import { routing } from '../contract.ts';
import { centreFor, route } from '../rules/route.ts';
import { activeRules } from './routing-store.ts';

/** The rule in effect that a new contact follows; null when none does, or somebody works on it already. */
async function hitOf(ctx: Pick<QueryContext, 'db' | 'scoped'>, ticket: string) {
  const [contact] = await firstContacts(ctx, { ticket });
  if (!contact) return { contact: null, hit: null };
  const active = contact.status === 'new' ? await activeRules(ctx) : null;
  const hit = active && route(active.rules, contact);
  return { contact, hit: hit && active ? { ...hit, version: active.version } : null };
}

/**
 * Gives a new contact to the person in charge and says so on it. Whoever is not there any more, or does not work for the
 * mall, gets nothing: the contact stays in the queue like any other.
 */
export const routeContact = handle(routing.operations.route, async (ctx, { ticket: id }) => {
  const { contact, hit } = await hitOf(ctx, id);
  if (!contact) return notFound();
  const desk = hit && (await deskOf(ctx.db, hit.rule.person, contact.mall));
  if (!hit || !desk) return { routed: false };
  const { rule, why, version } = hit;
  const centre = centreFor(desk.centres, contact.centre);
  const kept = await ctx.scoped
    .insertInto('routing_hit')
    .values({
      ...{ ticket_id: id, version, rule: rule.name, why, person: rule.person, person_name: desk.name },
      ...{ mall: contact.mall, centre, at: ctx.now },
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('routing_hit.ticket_id')
    .executeTakeFirst();
  if (!kept) return { routed: false };
  const moved = await ctx.call(tickets.operations.handOver, {
    ...{ id, centre, assignee: rule.person },
    ...(rule.tag === '' ? {} : { tag: rule.tag }),
  });
  if (moved instanceof Refusal) return notFound();
  ctx.record('routing.routed', id, {
    after: { rule: rule.name, version, person: rule.person, why: why.length },
    scope: { mall: contact.mall, centre },
  });
  return { routed: true };
});

/** A contact came in: only one that a rule matches leaves a record. */
export const routeJob: JobHandler = async (ctx, payload) => {
  const ticket = payload.subjectId as string;
  if ((await hitOf(ctx, ticket)).hit) await ctx.run(routing.operations.route, { ticket });
};
