import { handle } from '#platform/context.ts';
import { refuse } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { isLimitedKey, isOwnOrManaged } from './own-or-managed.ts';

/** Ends a key at once, own or of somebody whom the caller manages. It stays in the list, as revoked. */
export const revokeKey = handle(accounts.operations.revokeKey, async (ctx, { id }) => {
  if (isLimitedKey(ctx.actor)) return refuse('key_is_limited', {});
  const owner = await ctx.db.selectFrom('api_key').select('person_id').where('id', '=', id).executeTakeFirst();
  if (!owner || !(await isOwnOrManaged(ctx, owner.person_id))) return { revoked: 0 };
  const gone = await ctx.db
    .updateTable('api_key')
    .set({ enabled: false, updated_at: ctx.now })
    .where('id', '=', id)
    .where('enabled', '=', true)
    .returning(['person_id', 'name'])
    .executeTakeFirst();
  if (!gone) return { revoked: 0 };
  ctx.record('accounts.key_revoked', id, {
    before: { person: gone.person_id, key: gone.name },
    scope: { person: gone.person_id },
  });
  return { revoked: 1 };
});
