import { handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { before } from '#platform/keyset-sql.ts';
import { firstContacts, ticketsShown } from '#tickets/server/read.ts';
import { routing } from '../contract.ts';
import { route } from '../rules/route.ts';

const MOST = 5_000;
const SHOWN = 20;
const DAY_MS = 86_400_000;

/** What rules would have done with past contacts: the same rule as `route`, without the hand-over. */
export const tryRules = handle(routing.operations.tryRules, async (ctx, { rules, days }) => {
  const since = new Date(ctx.now.getTime() - days * DAY_MS);
  const contacts = await firstContacts(ctx, { since, limit: MOST + 1 });
  const found = rules.map(({ name }) => ({
    name,
    matched: 0,
    newest: [] as { ticket: { id: string; number: number; subject: string }; why: string[]; at: Date }[],
  }));
  for (const contact of contacts.slice(0, MOST)) {
    const hit = route(rules, contact);
    const of = hit && found[rules.indexOf(hit.rule)];
    if (!hit || !of) continue;
    of.matched++;
    const ticket = { id: contact.id, number: contact.number, subject: contact.subject };
    if (of.newest.length < SHOWN) of.newest.push({ ticket, why: hit.why, at: contact.at });
  }
  return { looked: Math.min(contacts.length, MOST), more: contacts.length > MOST, rules: found };
});

/** What the rules have really done, newest first. */
export const listHits = handle(routing.operations.hits, async (ctx, { cursor, limit }) => {
  const seen = cursorValues(cursor, 2);
  const rows = await ctx.scoped
    .selectFrom('routing_hit')
    .selectAll('routing_hit')
    .$if(seen !== null, (q) => q.where(before(['routing_hit.at', 'routing_hit.ticket_id'], seen ?? [])))
    .orderBy('routing_hit.at', 'desc')
    .orderBy('routing_hit.ticket_id', 'desc')
    .limit(limit + 1)
    .execute();
  const tickets = await ticketsShown(ctx, [...new Set(rows.map(({ ticket_id: id }) => id))]);
  return pageOf(
    rows,
    limit,
    (row) => {
      const ticket = tickets.get(row.ticket_id);
      return {
        ticket: { id: row.ticket_id, number: ticket?.number ?? null, subject: ticket?.subject ?? '' },
        ...{ version: row.version, rule: row.rule, why: row.why, person: row.person_name, mall: row.mall, at: row.at },
      };
    },
    (row) => [row.at, row.ticket_id],
  );
});
