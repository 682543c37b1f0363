import { handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { after, before } from '#platform/keyset-sql.ts';
import { accounts } from '../contract.ts';
import { personOf, selectPeople, visibleTo } from './person-store.ts';

/** Colleagues by name, or as asked; `q` is a part of a name or e-mail. */
export const listPeople = handle(accounts.operations.listPeople, async (ctx, input) => {
  const { q, role, centre, state, sort, limit, cursor } = input;
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
  const down = sort.startsWith('-');
  const by = sort.endsWith('email') ? ('email' as const) : ('name' as const);
  if (from) people = people.where((down ? before : after)([`person.${by}`, 'person.id'], from));
  const rows = await people
    .orderBy(`person.${by}`, down ? 'desc' : 'asc')
    .orderBy('person.id', down ? 'desc' : 'asc')
    .limit(limit + 1)
    .execute();
  return pageOf(
    rows,
    limit,
    (row) => personOf(row, ctx.now),
    (row) => [row[by], row.id],
  );
});
