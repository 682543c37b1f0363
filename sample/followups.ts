import { type Kysely, sql } from 'kysely';
import { firstCall, nextCall } from '#followups/rules/call-back.ts';
import { brokenAt, remindAt } from '#followups/rules/promise.ts';
import type { DB } from '#platform/db.gen.ts';
import { afterBusinessHours } from '#requests/rules/due.ts';
import { DAY, HOUR } from './calendar.ts';
import { type Rng, rngOf, uuidAt } from './random.ts';
import type { Agent } from './ticket-world.ts';

/** Promises and call-backs of the last weeks: enough at any scale for every list and rate. */
const PAST = 420;
const OPEN = 36;
const CALLS = 30;
const CALLED = 90;
const CHUNK = 300;
const HOURS = { open: '09:00', close: '18:00' };
const MINUTE = 60_000;

type World = { seed: number; now: number; agents: { own: Agent[]; outsourced: Agent[] } };
type Place = { id: string; mall: string; centre: string; customer_id: string; assignee: string | null; phone: string };

const PROMISED = [
  '환불 처리 결과 안내',
  '회수 기사 방문 시간 확인 후 연락',
  '재입고 일정 확인 후 안내',
  '협력사 불량 판정 결과 안내',
  '출고일 확인 후 문자',
  '교환 상품 재고 확인 후 연락',
  '사은품 누락 확인 결과',
  '카드 취소 승인 확인',
] as const;
const ABOUT = [
  '교환 절차를 전화로 안내받기 원함',
  '환불 금액 문의, 통화 중 끊김',
  '배송 지연으로 통화 요청',
  '단체 주문 견적 문의',
  '설치 일정 조율',
  '상품 사용법 안내 요청',
] as const;
const GIVEN_UP = ['부재 3차, 문자로 안내함', '고객이 게시판 답변으로 충분하다고 함', '다른 번호로 통화 완료'] as const;
const CHANNELS = ['phone', 'phone', 'phone', 'kakao', 'email'] as const;

export async function fillFollowups(trx: Kysely<DB>, world: World): Promise<void> {
  const people = new Map([...world.agents.own, ...world.agents.outsourced].map((agent) => [agent.id, agent]));
  const past = await places(trx, sql`t.status = 'solved'`, PAST + CALLED);
  const open = await places(trx, sql`t.status in ('new', 'open', 'pending', 'hold')`, 3 * OPEN);
  const calling = open.filter((_, i) => i % 3 === 1).slice(0, CALLS);
  const promising = open.filter((_, i) => i % 3 === 0).slice(0, OPEN);
  const agentOf = (at: Place, rng: Rng) =>
    people.get(at.assignee ?? '') ?? rng.pick(at.centre === 'own' ? world.agents.own : world.agents.outsourced);
  const promises = [
    ...past.slice(0, PAST).map((at, i) => {
      const rng = rngOf(world.seed, 'promise', i);
      return settled(world, at, agentOf(at, rng), rng);
    }),
    ...promising.map((at, i) => {
      const rng = rngOf(world.seed, 'open-promise', i);
      return stillOpen(world, at, agentOf(at, rng), rng, i);
    }),
  ];
  for (let at = 0; at < promises.length; at += CHUNK)
    await trx
      .insertInto('reply_promise')
      .values(promises.slice(at, at + CHUNK))
      .execute();
  const calls = [
    ...past.slice(PAST).map((at, i) => ended(world, at, rngOf(world.seed, 'called', i), agentOf)),
    ...calling.map((at, i) => toCall(world, at, rngOf(world.seed, 'call', i), agentOf)),
  ];
  if (calls.length === 0) return;
  await trx
    .insertInto('call_back')
    .values(calls.map(({ row }) => row))
    .execute();
  const attempts = calls.flatMap((call) => call.attempts);
  if (attempts.length > 0) await trx.insertInto('call_attempt').values(attempts).execute();
}

async function places(trx: Kysely<DB>, condition: ReturnType<typeof sql>, many: number): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select t.id, t.mall, t.centre, t.customer_id, t.assignee, coalesce(c.phone, '010-0000-0000') as phone
    from ticket t join customer c on c.id = t.customer_id
    where ${condition} order by t.updated_at desc, t.id desc limit ${many}`.execute(trx);
  return rows;
}

type Given = { at: Place; agent: Agent; promised: number; due: number; rng: Rng };

const promiseRow = ({ at, agent, promised, due, rng }: Given) => ({
  ...{ id: uuidAt(promised, rng), ticket_id: at.id, mall: at.mall, centre: at.centre, customer_id: at.customer_id },
  ...{ channel: rng.pick(CHANNELS), note: rng.pick(PROMISED), state: 'open' },
  ...{ owner: agent.id, owner_name: agent.name, promised_by: agent.id, promised_by_name: agent.name },
  ...{ promised_at: new Date(promised), due_at: new Date(due), remind_at: new Date(remindAt(promised, due)) },
  ...{ broken_at: new Date(brokenAt(due, HOURS)), moved: rng.chance(0.08) ? 1 : 0 },
  ...{ created_at: new Date(promised), updated_at: new Date(promised) },
  ...{ answered_at: null as Date | null, answered_by: null as string | null, settled_at: null as Date | null },
  ...{ reason: null as string | null, reminded_at: null as Date | null, overdue_at: null as Date | null },
});

/** Of ten that were due, about eight were kept. */
function settled(world: World, at: Place, agent: Agent, rng: Rng) {
  const promised = world.now - rng.int(2, 60) * DAY - rng.int(0, 8) * HOUR;
  const due = afterBusinessHours(promised, rng.int(2, 12), HOURS);
  const row = promiseRow({ at, agent, promised, due, rng });
  const luck = rng.next();
  const [state, answered] =
    luck < 0.8
      ? ['kept', promised + Math.floor((due - promised) * (0.3 + rng.next() * 0.69))]
      : luck < 0.91
        ? ['late', Math.min(due + rng.int(5, 300) * MINUTE, row.broken_at.getTime() - MINUTE)]
        : luck < 0.96
          ? ['broken', null]
          : ['withdrawn', null];
  const when = new Date(answered ?? (state === 'broken' ? row.broken_at.getTime() : due - HOUR));
  return {
    ...row,
    ...{ state: state as string, settled_at: when, updated_at: when },
    ...{ reminded_at: row.remind_at, overdue_at: state === 'kept' ? null : row.due_at },
    ...(answered ? { answered_at: when, answered_by: row.channel === 'phone' ? 'call' : 'message' } : {}),
    ...(state === 'withdrawn' ? { reason: '고객이 먼저 연락해 해결됨', overdue_at: null } : {}),
  };
}

/** The first ones are late, the next ones near, the rest of today and the next days. */
function stillOpen(world: World, at: Place, agent: Agent, rng: Rng, i: number) {
  const promised = world.now - rng.int(60, 300) * MINUTE;
  const due =
    i < 4
      ? world.now - rng.int(10, 90) * MINUTE
      : afterBusinessHours(world.now + rng.int(5, 60) * MINUTE, i < 12 ? 1 : rng.int(2, 18), HOURS);
  const row = promiseRow({ at, agent, promised, due: Math.max(due, promised + MINUTE), rng });
  const late = due <= world.now;
  return {
    ...row,
    reminded_at: row.remind_at.getTime() <= world.now ? row.remind_at : null,
    overdue_at: late ? row.due_at : null,
  };
}

type AgentOf = (at: Place, rng: Rng) => Agent;

function callRow(at: Place, asked: number, due: number, rng: Rng, agent: Agent) {
  return {
    ...{ id: uuidAt(asked, rng), ticket_id: at.id, mall: at.mall, centre: at.centre, customer_id: at.customer_id },
    ...{ phone: at.phone, about: rng.pick(ABOUT), asked_by: rng.chance(0.7) ? 'customer' : 'agent', state: 'open' },
    ...{ wanted_from: null as Date | null, wanted_until: null as Date | null },
    ...{ due_at: new Date(due), attempts: 0, created_by_name: agent.name },
    ...{ created_at: new Date(asked), updated_at: new Date(asked) },
    ...{ ended_at: null as Date | null, reason: null as string | null, due_told_at: null as Date | null },
  };
}

const attempt = (row: ReturnType<typeof callRow>, outcome: string, when: number, agent: Agent, rng: Rng) => ({
  ...{ id: uuidAt(when, rng), call_back_id: row.id, mall: row.mall, centre: row.centre, outcome },
  ...{ by_id: agent.id, by_name: agent.name, at: new Date(when) },
});

/** Calls to make: some without any attempt, some after 부재 1차 or 2차, some at a time that the customer wants. */
function toCall(world: World, at: Place, rng: Rng, agentOf: AgentOf) {
  const agent = agentOf(at, rng);
  const asked = world.now - rng.int(20, 400) * MINUTE;
  const wanted = rng.chance(0.3);
  // An end at closing time is the next opening.
  const from = wanted ? afterBusinessHours(afterBusinessHours(world.now, rng.int(1, 12), HOURS), 0, HOURS) : null;
  const window = { from, until: from === null ? null : from + 2 * HOUR };
  const due = firstCall(window, asked, HOURS) ?? asked;
  const row = callRow(at, asked, due, rng, agent);
  const missed = wanted ? 0 : rng.pick([0, 0, 1, 2, 3]);
  const attempts = Array.from({ length: missed }, (_, n) =>
    attempt(row, rng.pick(['no_answer', 'no_answer', 'busy', 'phone_off']), asked + (n + 1) * 4 * MINUTE, agent, rng),
  );
  if (missed > 0) row.due_at = new Date(nextCall(missed, window, asked + missed * 4 * MINUTE, HOURS));
  // Nothing comes due right after loading: the first minute of a new company is a quiet one.
  const soon = row.due_at.getTime() - world.now;
  if (soon > 0 && soon < 20 * MINUTE) row.due_at = new Date(world.now + 25 * MINUTE);
  return {
    row: {
      ...row,
      attempts: missed,
      ...(from === null ? {} : { wanted_from: new Date(from), wanted_until: new Date(from + 2 * HOUR) }),
      due_told_at: row.due_at.getTime() <= world.now ? row.due_at : null,
    },
    attempts,
  };
}

function ended(world: World, at: Place, rng: Rng, agentOf: AgentOf) {
  const agent = agentOf(at, rng);
  const asked = world.now - rng.int(1, 40) * DAY - rng.int(0, 9) * HOUR;
  const row = callRow(at, asked, afterBusinessHours(asked, 0, HOURS), rng, agent);
  const reached = rng.chance(0.85);
  const missed = reached ? rng.pick([0, 0, 0, 1, 2]) : 3;
  const attempts = Array.from({ length: missed }, (_, n) =>
    attempt(row, 'no_answer', row.due_at.getTime() + n * HOUR, agent, rng),
  );
  const last = row.due_at.getTime() + missed * HOUR + 5 * MINUTE;
  if (reached) attempts.push(attempt(row, 'reached', last, agent, rng));
  const when = new Date(Math.min(last, world.now));
  return {
    row: {
      ...row,
      ...{ state: reached ? 'done' : 'given_up', attempts: missed, ended_at: when, updated_at: when },
      reason: reached ? null : rng.pick(GIVEN_UP),
    },
    attempts,
  };
}
