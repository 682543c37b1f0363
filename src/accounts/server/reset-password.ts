import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { manages } from './own-or-managed.ts';
import { hashPassword } from './password.ts';
import { firstPassword } from './people.ts';
import { endSessions, loadPerson } from './person-store.ts';

/** A new first password, shown once; sessions end, the lock goes, the second factor too if asked. */
export const resetPassword = handle(accounts.operations.resetPassword, async (ctx, { id, secondFactor }) => {
  const before = await loadPerson(ctx.db, id, ctx.now, { lock: true });
  if (!before || !manages(ctx.actor, before.grants)) return notFound();
  const password = firstPassword();
  await ctx.db
    .updateTable('credential')
    .set({ password: await hashPassword(password), updated_at: ctx.now })
    .where('person_id', '=', id)
    .where('provider_id', '=', 'credential')
    .execute();
  await ctx.db
    .updateTable('person')
    .set({
      must_change_password: true,
      failed_sign_ins: 0,
      locked_until: null,
      updated_at: ctx.now,
      ...(secondFactor ? { two_factor_enabled: false } : {}),
    })
    .where('id', '=', id)
    .execute();
  if (secondFactor) await ctx.db.deleteFrom('two_factor').where('person_id', '=', id).execute();
  const sessions = await endSessions(ctx.db, id);
  const twoFactor = before.twoFactor && !secondFactor;
  ctx.record('accounts.password_reset', id, {
    before: { twoFactor: before.twoFactor },
    after: { twoFactor, sessions },
  });
  return { person: { ...before, twoFactor, mustChangePassword: true, lockedUntil: null }, password };
});
