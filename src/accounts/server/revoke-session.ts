import { handle } from '#platform/context.ts';
import { refuse } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { isLimitedKey, isOwnOrManaged } from './own-or-managed.ts';

/** Ends one session, own or of somebody whom the caller manages. Says nothing about sessions of others. */
export const revokeSession = handle(accounts.operations.revokeSession, async (ctx, { id }) => {
  if (isLimitedKey(ctx.actor)) return refuse('key_is_limited', {});
  const owner = await ctx.db.selectFrom('session').select('person_id').where('id', '=', id).executeTakeFirst();
  if (!owner || !(await isOwnOrManaged(ctx, owner.person_id))) return { ended: 0 };
  const gone = await ctx.db
    .deleteFrom('session')
    .where('id', '=', id)
    .returning(['person_id', 'ip_address'])
    .executeTakeFirst();
  if (!gone) return { ended: 0 };
  ctx.record('accounts.session_ended', gone.person_id, {
    before: { session: id, ip: gone.ip_address },
    scope: { person: gone.person_id },
  });
  return { ended: 1 };
});
