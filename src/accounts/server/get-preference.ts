import { handle } from '#platform/context.ts';
import { accounts } from '../contract.ts';

/** One thing that the caller's screens remember: a draft, above all. */
export const getPreference = handle(accounts.operations.getPreference, async (ctx, { name }) => {
  const row = await ctx.db
    .selectFrom('person_preference')
    .select('value')
    .where('person_id', '=', ctx.actor.id)
    .where('name', '=', name)
    .executeTakeFirst();
  return { value: row?.value ?? null };
});
