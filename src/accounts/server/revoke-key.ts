import { handle } from '#platform/context.ts';
import { refuse } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { isLimitedKey, mayManage } from './own-or-managed.ts';

/** Ends a key at once, own or of somebody whom the caller manages. It stays in the list, as revoked. */
export const revokeKey = handle(accounts.operations.revokeKey, async (ctx, { id }) => {
  if (isLimitedKey(ctx.actor)) return refuse('key_is_limited', {});
  const key = ctx.db
    .updateTable('api_key')
    .set({ enabled: false, updated_at: ctx.now })
    .where('id', '=', id)
    .where('enabled', '=', true);
  const gone = await (mayManage(ctx.actor) ? key : key.where('person_id', '=', ctx.actor.id))
    .returning(['person_id', 'name'])
    .executeTakeFirst();
  if (!gone) return { revoked: 0 };
  ctx.record('accounts.key_revoked', id, { before: { person: gone.person_id, key: gone.name } });
  return { revoked: 1 };
});
