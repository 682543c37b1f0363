import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { addJob } from '#platform/jobs.ts';
import { DAY, HOUR } from './calendar.ts';
import { rngOf, uuidAt } from './random.ts';
import type { Agent } from './ticket-world.ts';

type World = { seed: number; now: number; agents: { own: Agent[]; outsourced: Agent[] } };
type Open = { id: string; status: string; assignee: string | null };

const AWAY = ['식사', '휴식', '교육', '회의'] as const;
const MOST = 400;
const VIEWS = [
  ['자사몰 긴급', { view: 'open', mall: 'own', priority: 'urgent' }],
  ['몰 게시판 답변 대기', { view: 'waiting', channel: 'board' }],
  ['보상 검토', { view: 'open', tag: '보상검토' }],
] as const;

/** What a desk in the middle of a day shows beside its tickets: who is there, what is put off, watched and not delivered. */
export async function fillDesk(trx: Kysely<DB>, world: World): Promise<void> {
  const { seed, now, agents } = world;
  const rng = rngOf(seed, 'desk');
  const all = [...agents.own, ...agents.outsourced];
  const since = new Date(now - HOUR);
  const states = all.map(({ id }) => {
    const ready = rng.chance(0.75);
    return { person_id: id, state: ready ? 'ready' : 'away', reason: ready ? null : rng.pick(AWAY), since };
  });
  if (states.length > 0) await trx.insertInto('agent_state').values(states).execute();
  // The own centre's shift lead assigns by hand; the outsourced one lets its contacts find whoever has least.
  await sql`insert into ticket_assignment (centre, mode, most_open) values ('own', 'manual', 40), ('outsourced', 'load', 40)`.execute(
    trx,
  );
  await views(trx, world);
  const { rows } = await sql<Open>`
    select id, status, assignee from ticket where status <> 'solved' order by id desc limit ${MOST}`.execute(trx);
  for (const ticket of rows) {
    if (ticket.status === 'hold' && rng.chance(0.5)) {
      const on = new Date(now + rng.int(-1, 4) * DAY + 9 * HOUR).toISOString().slice(0, 10);
      await sql`update ticket set follow_up_on = ${on} where id = ${ticket.id}`.execute(trx);
    } else if (ticket.assignee && ticket.status === 'open' && rng.chance(0.06))
      await putOff(trx, ticket.id, now + rng.int(2, 40) * HOUR, now);
    if (ticket.assignee && rng.chance(0.05)) await watch(trx, ticket.id, rng.pick(all).id, now);
    if (ticket.assignee && rng.chance(0.02)) await notDelivered(trx, ticket, uuidAt(now, rng), now);
  }
}

async function views(trx: Kysely<DB>, { seed, now, agents }: World): Promise<void> {
  const owner = agents.own[0]?.id;
  if (!owner) return;
  const rng = rngOf(seed, 'views');
  for (const [name, filter] of VIEWS) {
    await sql`
      insert into ticket_view (id, name, owner, shared, filter, created_at, updated_at)
      values (${uuidAt(now, rng)}, ${name}, ${owner}, 'company', ${JSON.stringify(filter)}, ${new Date(now)}, ${new Date(now)})`.execute(
      trx,
    );
  }
}

async function putOff(trx: Kysely<DB>, id: string, at: number, now: number): Promise<void> {
  const until = new Date(at);
  const minutes = Math.round((at - now) / 60_000);
  await sql`update ticket set snoozed_until = ${until}, snoozed_minutes = ${minutes} where id = ${id}`.execute(trx);
  await addJob(trx, 'tickets.wake', { id }, { runAt: until, key: `tickets.wake:${id}` });
}

const watch = (trx: Kysely<DB>, ticket: string, person: string, now: number) =>
  sql`insert into ticket_watcher (ticket_id, person_id, at) values (${ticket}, ${person}, ${new Date(now)})
    on conflict do nothing`.execute(trx);

/** A reply that came back, in its writer's list. */
const notDelivered = (trx: Kysely<DB>, { id, assignee }: Open, message: string, now: number) =>
  sql`
    insert into ticket_message (ticket_id, id, kind, channel, author_id, author_name, body, delivery, failure, created_at)
    select ${id}, ${message}, 'outbound', t.channel, p.id, p.name, '확인하고 오늘 안에 알려 드리겠습니다.', 'failed',
      '받는 편지함이 가득 찼습니다', ${new Date(now)}
    from ticket t join person p on p.id = ${assignee} where t.id = ${id} and t.channel in ('email', 'form')`.execute(
    trx,
  );
