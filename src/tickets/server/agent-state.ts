import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { DESK } from '../contract/shapes.ts';
import { tickets } from '../contract.ts';
import { centresOf } from './person.ts';

type State = 'ready' | 'away';

/** Whether the caller takes contacts now. */
export const setMyState = handle(tickets.operations.setMyState, async (ctx, { state, reason = null }) => {
  const row = { state, reason: state === 'away' ? reason : null, since: ctx.now };
  await ctx.db
    .insertInto('agent_state')
    .values({ person_id: ctx.actor.id, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
  ctx.record('tickets.agent_state_changed', ctx.actor.id, { after: { state, reason: row.reason }, data: { state } });
  return {};
});

export const getMyState = handle(tickets.operations.myState, async (ctx) => {
  const row = await ctx.db
    .selectFrom('agent_state')
    .select(['state', 'reason', 'since'])
    .where('person_id', '=', ctx.actor.id)
    .executeTakeFirst();
  return row ? { ...row, state: row.state as State } : { state: 'away' as const, reason: null, since: null };
});

/** Colleagues of the caller's centres by name, with their state and what each has open. */
export const listColleagues = handle(tickets.operations.colleagues, async (ctx, { q, limit }) => {
  const centres = centresOf(ctx);
  const named = q ? `%${q.replaceAll(/[\\%_]/g, '\\$&')}%` : null;
  const { rows } = await sql<{ id: string; name: string; state: State; reason: string | null }>`
    select p.id, p.name, coalesce(s.state, 'away') as state, s.reason
    from person p left join agent_state s on s.person_id = p.id
    where p.disabled_at is null
      and (${named}::text is null or p.name ilike ${named}::text or p.email ilike ${named}::text)
      and exists (select 1 from role_grant g where g.person_id = p.id and g.role = any(${[...DESK]})
        and (${centres}::text[] is null or g.centres is null or g.centres && ${centres}::text[]))
    order by p.name, p.id limit ${limit}`.execute(ctx.db);
  const open = await ctx.scoped
    .selectFrom('ticket')
    .select(['ticket.assignee', sql<number>`count(*)::int`.as('n')])
    .where('ticket.status', '<>', 'solved')
    .where(sql<boolean>`ticket.assignee = any(${rows.map(({ id }) => id)}::uuid[])`)
    .groupBy('ticket.assignee')
    .execute();
  const load = new Map(open.map(({ assignee, n }) => [assignee, n]));
  return { items: rows.map((row) => ({ ...row, open: load.get(row.id) ?? 0 })) };
});
