import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { isLimitedKey } from './own-or-managed.ts';
import { loadPerson } from './person-store.ts';

/** Own name, language, theme and keys. The e-mail and everything about rights is an administrator's. */
export const updateProfile = handle(accounts.operations.updateProfile, async (ctx, input) => {
  if (isLimitedKey(ctx.actor)) return refuse('key_is_limited', {});
  const before = await loadPerson(ctx.db, ctx.actor.id, ctx.now, { lock: true });
  if (!before) return notFound();
  const { name, language, theme, hotkeys } = input;
  const set = {
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
    ...(theme === undefined ? {} : { theme }),
  };
  await ctx.db
    .updateTable('person')
    .set({ ...set, ...(hotkeys && { hotkeys: JSON.stringify(hotkeys) }), updated_at: ctx.now })
    .where('id', '=', before.id)
    .execute();
  const person = { ...before, ...(name ? { name } : {}), ...(language ? { language } : {}) };
  ctx.record('accounts.profile_changed', person.id, {
    before: { name: before.name, language: before.language },
    after: { ...set, ...(hotkeys && { hotkeys }) },
  });
  return person;
});
