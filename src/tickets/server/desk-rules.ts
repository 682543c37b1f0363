import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { refuse } from '#platform/operation.ts';
import { CHANNELS, type Channel, DESK } from '../contract/shapes.ts';
import { tickets } from '../contract.ts';
import type { Mode } from '../rules/assignment.ts';
import { centresOf, isActive } from './person.ts';

const MOST_OPEN = 30;

/** How channels are worked, how each centre assigns, and what each agent may be given. */
export const getRules = handle(tickets.operations.rules, async (ctx) => {
  const centres = centresOf(ctx);
  const channels = await ctx.db.selectFrom('ticket_channel_rule').selectAll().execute();
  const places = await sql<{ centre: string; name: string; mode: Mode; mostOpen: number }>`
    select c.id as centre, c.name_ko as name, coalesce(a.mode, 'manual') as mode,
      coalesce(a.most_open, ${MOST_OPEN}::int) as "mostOpen"
    from centre c left join ticket_assignment a on a.centre = c.id
    where ${centres}::text[] is null or c.id = any(${centres}::text[]) order by c.id`.execute(ctx.db);
  const agents = await sql<AgentRow>`
    select p.id, p.name, coalesce(s.state, 'away') as state, k.malls, k.channels, k.most_open as "mostOpen"
    from person p left join agent_state s on s.person_id = p.id left join agent_skill k on k.person_id = p.id
    where p.disabled_at is null and exists (select 1 from role_grant g where g.person_id = p.id
      and g.role in ('agent', 'senior_agent')
      and (${centres}::text[] is null or g.centres is null or g.centres && ${centres}::text[]))
    order by p.name, p.id limit 300`.execute(ctx.db);
  const order = (channel: string) => CHANNELS.indexOf(channel as Channel);
  return {
    channels: channels
      .sort((one, other) => order(one.channel) - order(other.channel))
      .map((row) => ({
        ...{ channel: row.channel as Channel, reopenDays: row.reopen_days, holdSeconds: row.hold_seconds },
        autoCloseDays: row.auto_close_days,
      })),
    centres: places.rows,
    agents: agents.rows,
  };
});

type AgentRow = {
  id: string;
  name: string;
  state: 'ready' | 'away';
  malls: string[] | null;
  channels: Channel[] | null;
  mostOpen: number | null;
};

export const setChannelRule = handle(tickets.operations.setChannelRule, async (ctx, rule) => {
  const { channel } = rule;
  const row = { reopen_days: rule.reopenDays, hold_seconds: rule.holdSeconds, auto_close_days: rule.autoCloseDays };
  const before = await ctx.db
    .selectFrom('ticket_channel_rule')
    .select(['reopen_days', 'hold_seconds', 'auto_close_days'])
    .where('channel', '=', channel)
    .executeTakeFirst();
  await ctx.db
    .insertInto('ticket_channel_rule')
    .values({ channel, ...row })
    .onConflict((conflict) => conflict.column('channel').doUpdateSet(row))
    .execute();
  ctx.record('tickets.rules_changed', channel, { before: before ?? null, after: row });
  return {};
});

export const setAssignment = handle(tickets.operations.setAssignment, async (ctx, { centre, mode, mostOpen }) => {
  const there = await ctx.db.selectFrom('centre').select('id').where('id', '=', centre).executeTakeFirst();
  if (!there || !ctx.scoped.allows({ centre })) return refuse('no_centre', {});
  const row = { mode, most_open: mostOpen };
  await ctx.db
    .insertInto('ticket_assignment')
    .values({ centre, ...row })
    .onConflict((conflict) => conflict.column('centre').doUpdateSet(row))
    .execute();
  ctx.record('tickets.rules_changed', centre, { after: row });
  return {};
});

/** What somebody may be given; a manager sets it for the people of their own centres. */
export const setSkills = handle(tickets.operations.setSkills, async (ctx, { person, malls, channels, mostOpen }) => {
  const centres = centresOf(ctx);
  const { rows } = await sql`
    select 1 from role_grant where person_id = ${person} and role = any(${[...DESK]})
      and (${centres}::text[] is null or centres && ${centres}::text[])`.execute(ctx.db);
  if (rows.length === 0 || !(await isActive(ctx, person))) return refuse('person_unknown', {});
  const row = { malls, channels, most_open: mostOpen };
  await ctx.db
    .insertInto('agent_skill')
    .values({ person_id: person, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
  ctx.record('tickets.rules_changed', person, { after: row });
  return {};
});
