import { sql } from 'kysely';
import { type CommandContext, handle, type JobHandler, type QueryContext } from '#platform/context.ts';
import { tickets } from '../contract.ts';
import { type Agent, allot, type Mode } from '../rules/assignment.ts';
import { grant } from './ticket-state.ts';
import { lockTicket } from './ticket-store.ts';

/** Contacts given out in one go; the rest follows at once. */
const BATCH = 50;
/** Who said so longer ago has gone home without a word. */
const READY_HOURS = 14;

/** Gives contacts that nobody has to those who are ready, oldest first; one process at a time for each centre. */
export const assignWaiting = handle(tickets.operations.assignWaiting, async (ctx, { centre }) => {
  const rule = await ctx.db
    .selectFrom('ticket_assignment')
    .select(['mode', 'most_open'])
    .where('centre', '=', centre)
    .forUpdate()
    .executeTakeFirst();
  if (!rule || rule.mode === 'manual') return { assigned: 0 };
  const waiting = await unassigned(ctx, centre).orderBy('ticket.created_at').limit(BATCH).execute();
  if (waiting.length === 0) return { assigned: 0 };
  const agents = await readyAgents(ctx, centre, rule.most_open);
  const given = allot(waiting, agents, rule.mode as Mode, ctx.now.getTime());
  let assigned = 0;
  for (const { ticket: id, agent } of given) {
    const ticket = await lockTicket(ctx, id);
    if (!ticket || ticket.assignee !== null || ticket.status === 'solved') continue;
    await grant(ctx, ticket, { assignee: agent }, 'assigned');
    assigned += 1;
  }
  const people = [...new Set(given.map(({ agent }) => agent))];
  if (people.length > 0)
    await ctx.db
      .updateTable('agent_state')
      .set({ last_assigned_at: ctx.now })
      .where('person_id', 'in', people)
      .execute();
  return { assigned };
});

const unassigned = ({ scoped }: Pick<QueryContext, 'scoped'>, centre: string) =>
  scoped
    .selectFrom('ticket')
    .select(['ticket.id', 'ticket.mall', 'ticket.channel'])
    .where('ticket.status', '<>', 'solved')
    .where('ticket.assignee', 'is', null)
    .where('ticket.snoozed_until', 'is', null)
    .where('ticket.centre', '=', centre);

/** Agents of a centre who are ready, with what each may be given and has open. A role's malls are limits too. */
async function readyAgents(ctx: CommandContext, centre: string, most: number): Promise<Agent[]> {
  const { rows } = await sql<Omit<Agent, 'lastAt'> & { lastAt: Date | null }>`
    select p.id, case when k.malls is null then g.malls when g.malls is null then k.malls
        else array(select unnest(k.malls) intersect select unnest(g.malls)) end as malls,
      k.channels, coalesce(k.most_open, ${most}::int) as "mostOpen", s.last_assigned_at as "lastAt",
      (select count(*)::int from ticket t where t.assignee = p.id and t.status <> 'solved'
        and t.snoozed_until is null) as open
    from agent_state s join person p on p.id = s.person_id
      join lateral (select case when bool_or(r.malls is null) then null
          else array(select distinct unnest(x.malls) from role_grant x where x.person_id = p.id and x.role = any(${AGENTS})
            and (x.centres is null or ${centre} = any(x.centres))) end as malls
        from role_grant r where r.person_id = p.id and r.role = any(${AGENTS})
          and (r.centres is null or ${centre} = any(r.centres)) having count(*) > 0) g on true
      left join agent_skill k on k.person_id = p.id
    where s.state = 'ready' and s.since > ${ctx.now}::timestamptz - make_interval(hours => ${READY_HOURS})
      and p.disabled_at is null order by p.id`.execute(ctx.db);
  return rows.map((row) => ({ ...row, lastAt: row.lastAt?.getTime() ?? null }));
}

const AGENTS = ['agent', 'senior_agent'];

/** A contact came in, somebody is ready, or has one less: gives out what waits. An idle turn leaves no record. */
export const assignJob: JobHandler = async (ctx, payload) => {
  const { event, data } = payload as { event?: string; data?: { status?: string; state?: string } };
  if (event === 'tickets.status_changed' && data?.status !== 'solved') return;
  if (event === 'tickets.agent_state_changed' && data?.state !== 'ready') return;
  const rules = await ctx.db.selectFrom('ticket_assignment').select('centre').where('mode', '<>', 'manual').execute();
  const someReady = await ctx.db
    .selectFrom('agent_state')
    .select('person_id')
    .where('state', '=', 'ready')
    .executeTakeFirst();
  if (!someReady) return;
  for (const { centre } of rules)
    if (await unassigned(ctx, centre).limit(1).executeTakeFirst())
      await ctx.run(tickets.operations.assignWaiting, { centre });
};
