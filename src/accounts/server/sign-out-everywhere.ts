import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { isLimitedKey, whose } from './own-or-managed.ts';
import { endSessions } from './person-store.ts';

/** Ends all sessions of a person; of the caller's own all but the present one, unless that is asked for too. */
export const signOutEverywhere = handle(accounts.operations.signOutEverywhere, async (ctx, { person, current }) => {
  if (isLimitedKey(ctx.actor)) return refuse('key_is_limited', {});
  const owner = await whose(ctx, person);
  if (!owner) return notFound();
  const keep = owner === ctx.actor.id && ctx.actor.kind === 'user' && !current;
  const ended = await endSessions(ctx.db, owner, keep ? ctx.actor.sessionId : null);
  ctx.record('accounts.signed_out_everywhere', owner, { after: { sessions: ended }, scope: { person: owner } });
  return { ended };
});
