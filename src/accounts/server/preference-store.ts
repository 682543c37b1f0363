import { type Kysely, sql } from 'kysely';
import type { CommandContext } from '#platform/context.ts';
import type { Open } from '#platform/scope.ts';

const MOST_NAMES = 300;
const MOST_CHARACTERS = 1_000_000;

/** What a person's screens remember; of drafts only that they are there. */
export async function preferencesOf(db: Kysely<Open>, personId: string) {
  const rows = await db
    .selectFrom('person_preference')
    .select(['name', sql<unknown>`case when name like 'draft.%' then null else value end`.as('value')])
    .where('person_id', '=', personId)
    .orderBy('name')
    .execute();
  const isDraft = ({ name }: { name: string }) => name.startsWith('draft.');
  return {
    preferences: Object.fromEntries(rows.filter((row) => !isDraft(row)).map(({ name, value }) => [name, value])),
    drafts: rows.filter(isDraft).map(({ name }) => name),
  };
}

/** Keeps each value under its name, forgets those that are null. False when the person then keeps too much. */
export async function keepPreferences(ctx: CommandContext, given: Record<string, unknown>): Promise<boolean> {
  const person_id = ctx.actor.id;
  const gone = Object.keys(given).filter((name) => (given[name] ?? null) === null);
  const kept = Object.entries(given).filter(([name]) => !gone.includes(name));
  if (gone.length > 0) {
    await ctx.db.deleteFrom('person_preference').where('person_id', '=', person_id).where('name', 'in', gone).execute();
  }
  if (kept.length === 0) return true;
  await ctx.db
    .insertInto('person_preference')
    .values(kept.map(([name, value]) => ({ person_id, name, value: JSON.stringify(value), updated_at: ctx.now })))
    .onConflict((on) =>
      on.columns(['person_id', 'name']).doUpdateSet((eb) => ({
        value: eb.ref('excluded.value'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    )
    .execute();
  const { names, characters } = await ctx.db
    .selectFrom('person_preference')
    .select([sql<number>`count(*)::int`.as('names'), sql<number>`sum(length(value::text))::int`.as('characters')])
    .where('person_id', '=', person_id)
    .executeTakeFirstOrThrow();
  return names <= MOST_NAMES && characters <= MOST_CHARACTERS;
}
