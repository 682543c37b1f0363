import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { isLimitedKey } from './own-or-managed.ts';
import { loadPerson } from './person-store.ts';
import { keepPreferences } from './preference-store.ts';
import { wrongKeys } from './wrong-keys.ts';

/**
 * Own name, language, theme, keys, and what screens remember. The e-mail and everything about rights is an
 * administrator's. What screens remember is no event: nobody else's screen has to hear that a column was widened.
 */
export const updateProfile = handle(accounts.operations.updateProfile, async (ctx, input) => {
  if (isLimitedKey(ctx.actor)) return refuse('key_is_limited', {});
  const { name, language, theme, hotkeys, preferences } = input;
  const wrong = hotkeys && wrongKeys(hotkeys);
  if (wrong) return wrong;
  const before = await loadPerson(ctx.db, ctx.actor.id, ctx.now, { lock: true });
  if (!before) return notFound();
  if (preferences && !(await keepPreferences(ctx, preferences))) return refuse('preferences_full', {});
  const set = {
    ...(name === undefined ? {} : { name }),
    ...(language === undefined ? {} : { language }),
    ...(theme === undefined ? {} : { theme }),
    ...(hotkeys && { hotkeys: JSON.stringify(hotkeys) }),
  };
  if (Object.keys(set).length === 0) return before;
  await ctx.db
    .updateTable('person')
    .set({ ...set, updated_at: ctx.now })
    .where('id', '=', before.id)
    .execute();
  const person = { ...before, ...(name ? { name } : {}), ...(language ? { language } : {}) };
  ctx.record('accounts.profile_changed', person.id, {
    before: { name: before.name, language: before.language },
    after: { ...set, ...(hotkeys && { hotkeys }) },
  });
  return person;
});
