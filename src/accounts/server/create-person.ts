import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { refuse } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { manages } from './own-or-managed.ts';
import { hashPassword } from './password.ts';
import { addPerson, firstPassword, writeGrants } from './people.ts';
import { loadPerson, missingCentre } from './person-store.ts';

/** Adds a person with a first password that is shown once. */
export const createPerson = handle(accounts.operations.createPerson, async (ctx, input) => {
  const email = input.email.toLowerCase();
  if (!manages(ctx.actor, input.grants)) return refuse('beyond_your_scope', {});
  const centre = await missingCentre(ctx.db, input.grants);
  if (centre) return refuse('centre_unknown', { centre });
  // Two administrators who add the same person at the same moment: the second one is told.
  await sql`select pg_advisory_xact_lock(hashtext(${`haedap person ${email}`}))`.execute(ctx.db);
  const taken = await ctx.db.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst();
  if (taken) return refuse('email_taken', {});
  const password = firstPassword();
  const { name, language } = input;
  const id = await addPerson(ctx.db, { email, name, language }, await hashPassword(password), { mustChange: true });
  await writeGrants(
    ctx.db,
    input.grants.map((grant) => ({ personId: id, grant })),
    ctx.actor.id,
  );
  const person = await loadPerson(ctx.db, id, ctx.now);
  if (!person) throw new Error('the new person is not there');
  ctx.record('accounts.person_created', id, { after: { name, email, language, grants: input.grants } });
  return { person, password };
});
