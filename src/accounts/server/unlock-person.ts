import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { manages } from './own-or-managed.ts';
import { loadPerson } from './person-store.ts';

/** Takes off the lock that wrong passwords or wrong codes put on. */
export const unlockPerson = handle(accounts.operations.unlockPerson, async (ctx, { id }) => {
  const before = await loadPerson(ctx.db, id, ctx.now, { lock: true });
  if (!before || !manages(ctx.actor, before.grants)) return notFound();
  await ctx.db.updateTable('person').set({ failed_sign_ins: 0, locked_until: null }).where('id', '=', id).execute();
  await ctx.db
    .updateTable('two_factor')
    .set({ failed_verification_count: 0, locked_until: null })
    .where('person_id', '=', id)
    .execute();
  ctx.record('accounts.person_unlocked', id, {
    before: { lockedUntil: before.lockedUntil },
    after: { lockedUntil: null },
  });
  return { ...before, lockedUntil: null };
});
