import { sql } from 'kysely';
import { personKnown } from '#accounts/server/read.ts';
import { handle } from '#platform/context.ts';
import { type Output, refuse } from '#platform/operation.ts';
import { routing } from '../contract.ts';
import type { Rule } from '../rules/route.ts';
import { isEverywhere } from './routing-store.ts';

type Version = Output<typeof routing.operations.versions>['items'][number];
const MOST = 50;

export const listVersions = handle(routing.operations.versions, async (ctx) => {
  const rows = await ctx.db.selectFrom('routing_version').selectAll().orderBy('version', 'desc').limit(MOST).execute();
  const lists = rows.map((row) => row.rules as unknown as Rule[]);
  const people = new Map<string, string>();
  for (const person of new Set(lists.flat().map((rule) => rule.person)))
    people.set(person, (await personKnown(ctx.db, person))?.name ?? '');
  const items = rows.map((row, i) => ({
    version: row.version,
    state:
      row.activated_at === null ? ('draft' as const) : row.ended_at === null ? ('active' as const) : ('past' as const),
    ...{ note: row.note, writtenBy: row.written_by_name, writtenAt: row.written_at },
    ...{ activatedBy: row.activated_by_name, activatedAt: row.activated_at, endedAt: row.ended_at },
    rules: (lists[i] ?? []).map((rule) => ({ ...rule, personName: people.get(rule.person) ?? '' })) as Version['rules'],
  }));
  return { items };
});

/** Keeps the whole list as its next version. It routes nothing until somebody puts it into effect. */
export const saveRules = handle(routing.operations.save, async (ctx, { rules, note }) => {
  if (!isEverywhere(ctx)) return refuse('beyond_your_scope', {});
  for (const rule of rules) {
    if (rule.words.length + rule.senders.length === 0) return refuse('names_nothing', { rule: rule.name });
    if (!(await personKnown(ctx.db, rule.person))) return refuse('person_unknown', { rule: rule.name });
  }
  await sql`lock table routing_version in share row exclusive mode`.execute(ctx.db);
  const { version } = await ctx.db
    .insertInto('routing_version')
    .values({
      version: sql<number>`(select coalesce(max(version), 0) + 1 from routing_version)`,
      ...{ rules: JSON.stringify(rules), note: note ?? null },
      ...{ written_by: ctx.actor.id, written_by_name: ctx.actor.name, written_at: ctx.now },
    })
    .returning('version')
    .executeTakeFirstOrThrow();
  ctx.record('routing.saved', String(version), { after: { version, rules: rules.map(({ name }) => name) } });
  return { version };
});

/** From now on new contacts follow this version; the one before ends at the same moment. */
export const activateRules = handle(routing.operations.activate, async (ctx, { version }) => {
  if (!isEverywhere(ctx)) return refuse('beyond_your_scope', {});
  await sql`lock table routing_version in share row exclusive mode`.execute(ctx.db);
  const row = await ctx.db
    .selectFrom('routing_version')
    .select('version')
    .where('version', '=', version)
    .where('activated_at', 'is', null)
    .executeTakeFirst();
  if (!row) return refuse('not_a_draft', {});
  const ended = await ctx.db
    .updateTable('routing_version')
    .set({ ended_at: ctx.now })
    .where('activated_at', 'is not', null)
    .where('ended_at', 'is', null)
    .returning('version')
    .executeTakeFirst();
  await ctx.db
    .updateTable('routing_version')
    .set({ activated_at: ctx.now, activated_by_name: ctx.actor.name })
    .where('version', '=', version)
    .execute();
  ctx.record('routing.activated', String(version), {
    before: { version: ended?.version ?? null },
    after: { version },
  });
  return { version };
});
