import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { manages } from './own-or-managed.ts';
import { loadPerson } from './person-store.ts';

/** Lets somebody sign in again, with the same password and grants; keys have to be made anew. */
export const enablePerson = handle(accounts.operations.enablePerson, async (ctx, { id }) => {
  const before = await loadPerson(ctx.db, id, ctx.now, { lock: true });
  if (!before || !manages(ctx.actor, before.grants)) return notFound();
  if (!before.disabledAt) return before;
  await ctx.db.updateTable('person').set({ disabled_at: null, updated_at: ctx.now }).where('id', '=', id).execute();
  ctx.record('accounts.person_enabled', id, { before: { disabledAt: before.disabledAt }, after: { disabledAt: null } });
  return { ...before, disabledAt: null };
});
