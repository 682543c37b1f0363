import { handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { after } from '#platform/keyset-sql.ts';
import { accounts } from '../contract.ts';
import { personOf, selectPeople, visibleTo } from './person-store.ts';

/** Colleagues by name; `q` is a part of a name or e-mail. */
export const listPeople = handle(accounts.operations.listPeople, async (ctx, input) => {
  const { q, role, centre, state, limit, cursor } = input;
  let people = selectPeople(ctx.db);
  const visible = visibleTo(ctx.actor);
  if (visible) people = people.where(visible);
  if (q) {
    const like = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
    people = people.where((eb) => eb.or([eb('person.name', 'ilike', like), eb('person.email', 'ilike', like)]));
  }
  if (role ?? centre) {
    people = people.where((eb) => {
      let grants = eb.selectFrom('role_grant as g').select('g.id').whereRef('g.person_id', '=', 'person.id');
      if (role) grants = grants.where('g.role', '=', role);
      if (centre)
        grants = grants.where((on) =>
          on.or([on('g.centres', 'is', null), on(on.val(centre), '=', on.fn.any('g.centres'))]),
        );
      return eb.exists(grants);
    });
  }
  if (state === 'active') people = people.where('person.disabled_at', 'is', null);
  if (state === 'disabled') people = people.where('person.disabled_at', 'is not', null);
  if (state === 'locked') people = people.where('person.locked_until', '>', ctx.now);
  const from = cursorValues(cursor, 2);
  if (from) people = people.where(after(['person.name', 'person.id'], from));
  const rows = await people
    .orderBy('person.name')
    .orderBy('person.id')
    .limit(limit + 1)
    .execute();
  return pageOf(
    rows,
    limit,
    (row) => personOf(row, ctx.now),
    (row) => [row.name, row.id],
  );
});
