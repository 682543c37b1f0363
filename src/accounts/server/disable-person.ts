import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { manages } from './own-or-managed.ts';
import { endSessions, isLastAdmin, loadPerson } from './person-store.ts';

/** Ends a person's sessions and keys at once; the account stays, with all that it did. Keys stay revoked for good. */
export const disablePerson = handle(accounts.operations.disablePerson, async (ctx, { id }) => {
  const before = await loadPerson(ctx.db, id, ctx.now, { lock: true });
  if (!before || !manages(ctx.actor, before.grants)) return notFound();
  if (before.disabledAt) return before;
  if (await isLastAdmin(ctx.db, id)) return refuse('last_admin', {});
  await ctx.db.updateTable('person').set({ disabled_at: ctx.now, updated_at: ctx.now }).where('id', '=', id).execute();
  const sessions = await endSessions(ctx.db, id);
  await ctx.db
    .updateTable('api_key')
    .set({ enabled: false, updated_at: ctx.now })
    .where('person_id', '=', id)
    .execute();
  ctx.record('accounts.person_disabled', id, {
    before: { disabledAt: null },
    after: { disabledAt: ctx.now, sessions },
  });
  return { ...before, disabledAt: ctx.now };
});
