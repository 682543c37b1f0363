import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { manages } from './own-or-managed.ts';
import { writeGrants } from './people.ts';
import { isAdmin, isLastAdmin, loadPerson, missingCentre } from './person-store.ts';

/** Replaces what a person may do where. It holds at once, in each process. */
export const setGrants = handle(accounts.operations.setGrants, async (ctx, { id, grants }) => {
  const before = await loadPerson(ctx.db, id, ctx.now, { lock: true });
  if (!before || !manages(ctx.actor, before.grants)) return notFound();
  if (!manages(ctx.actor, grants)) return refuse('beyond_your_scope', {});
  if (!isAdmin(grants) && (await isLastAdmin(ctx.db, id))) return refuse('last_admin', {});
  const centre = await missingCentre(ctx.db, grants);
  if (centre) return refuse('centre_unknown', { centre });
  await ctx.db.deleteFrom('role_grant').where('person_id', '=', id).execute();
  await writeGrants(
    ctx.db,
    grants.map((grant) => ({ personId: id, grant })),
    ctx.actor.id,
  );
  ctx.record('accounts.grants_set', id, { before: { grants: before.grants }, after: { grants } });
  return { ...before, grants };
});
