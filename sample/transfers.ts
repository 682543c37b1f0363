import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { dueOf, type Kind } from '#transfers/rules/transfer.ts';
import { DAY } from './calendar.ts';
import { type Rng, rngOf, uuidAt } from './random.ts';
import type { Agent } from './ticket-world.ts';

const LIVE = 24;
const PAST = 160;
const HOURS = { open: '09:00', close: '18:00' };
const MINUTE = 60_000;

type World = { seed: number; now: number; agents: { own: Agent[]; outsourced: Agent[] } };
type Place = {
  id: string;
  number: number;
  subject: string;
  mall: string;
  centre: string;
  partner_id: string | null;
  partner: string | null;
};

/** What is handed on to whom, with what is asked and answered. */
const SENT: readonly { kind: Kind; to: string; question: string; answer: string }[] = [
  {
    kind: 'expert',
    to: 'senior_agent',
    question: '설치 제품 호환 여부를 확인해 주세요. 모델명은 메모에 있습니다.',
    answer: '호환됩니다. 안내 문구를 메모에 남겼습니다.',
  },
  {
    kind: 'complaint',
    to: 'shift_lead',
    question: '세 번째 전화이고 소비자원 신고를 말씀하십니다. 통화 부탁드립니다.',
    answer: '통화해 다음 주 재발송으로 합의했습니다.',
  },
  {
    kind: 'quality',
    to: 'md',
    question: '같은 옵션에서 봉제 불량이 이어집니다. 판매를 멈출지 정해 주세요.',
    answer: '해당 로트 판매를 중지했고 교환으로 안내해 주세요.',
  },
  {
    kind: 'logistics',
    to: 'logistics',
    question: '집화 뒤 5일째 움직임이 없습니다. 분실인지 조사 부탁드립니다.',
    answer: '허브에서 찾았습니다. 내일 배송됩니다.',
  },
  {
    kind: 'money',
    to: 'manager',
    question: '카드 부분취소 금액이 고객 계산과 다릅니다. 확인해 주세요.',
    answer: '쿠폰 안분이 맞습니다. 계산 내역을 남겼습니다.',
  },
  {
    kind: 'quality',
    to: 'partner',
    question: '사진의 얼룩이 제조 과정의 것인지 확인 부탁드립니다.',
    answer: '제조 불량으로 보입니다. 무상 교환 진행해 주세요.',
  },
];
const TITLES: Record<string, string> = {
  senior_agent: '2차 상담',
  shift_lead: '파트장',
  manager: '현장 관리자',
  md: '담당 MD',
  logistics: '물류 담당',
};
const BACK = [
  '저희 팀 업무가 아닙니다. 물류로 보내 주세요.',
  '사진이 없어 판정할 수 없습니다. 받아서 다시 보내 주세요.',
] as const;

/** Transfers of the last month, live ones with some overdue, and one case that goes in circles. */
export async function fillTransfers(trx: Kysely<DB>, world: World): Promise<void> {
  const live = await places(trx, sql`t.status in ('new', 'open', 'pending', 'hold')`, 3 * LIVE);
  const past = await places(trx, sql`t.status = 'solved'`, PAST);
  const made = [
    ...live.filter((_, i) => i % 3 === 2).map((at, i) => liveOne(world, at, rngOf(world.seed, 'transfer', i), i)),
    ...past.map((at, i) => pastOne(world, at, rngOf(world.seed, 'past-transfer', i))),
  ];
  if (made.length === 0) return;
  await trx
    .insertInto('transfer')
    .values(made.map(({ row }) => row))
    .execute();
  await trx
    .insertInto('transfer_message')
    .values(made.flatMap(({ thread }) => thread))
    .execute();
}

async function places(trx: Kysely<DB>, condition: ReturnType<typeof sql>, many: number): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select t.id, t.number, t.subject, t.mall, t.centre, t.partner_id, p.name as partner
    from ticket t left join partner p on p.id = t.partner_id
    where ${condition} order by t.created_at desc, t.id desc limit ${many}`.execute(trx);
  return rows;
}

function base(world: World, at: Place, sent: number, rng: Rng) {
  const agent = rng.pick(at.centre === 'own' ? world.agents.own : world.agents.outsourced);
  const fitting = SENT.filter(({ to }) => to !== 'partner' || at.partner_id !== null);
  const what = rng.pick(fitting);
  const partner = what.to === 'partner';
  const department = what.to === 'md' || what.to === 'logistics';
  const to = partner ? (at.partner ?? '') : (TITLES[what.to] ?? what.to);
  const when = new Date(sent);
  const row = {
    ...{ id: uuidAt(sent, rng), ticket_id: at.id, nth: 1, mall: at.mall, kind: what.kind, question: what.question },
    ...{ centres: [...new Set([at.centre, ...(partner || department ? [] : ['own'])])] },
    ...{
      receiver: partner ? 'partner' : department ? 'department' : 'team',
      partner_id: partner ? at.partner_id : null,
    },
    ...{ to_centre: partner || department ? null : 'own', to_role: partner ? null : what.to, to_name: to },
    ...{ state: 'open', ticket_number: at.number, ticket_subject: at.subject, from_centre: at.centre },
    ...{ from_assignee: agent.id, sent_by: agent.id, sent_by_name: agent.name, sent_at: when },
    ...{ due_at: new Date(dueOf(what.kind, sent, HOURS)), overdue_at: null as Date | null },
    ...{ accepted_at: null as Date | null, ended_at: null as Date | null, created_at: when, updated_at: when },
  };
  const said = (kind: string, side: string, author: string, body: string | null, at: Date) => ({
    ...{ transfer_id: row.id, id: uuidAt(at.getTime(), rng), kind, side, author_name: author, body, created_at: at },
  });
  return { row, what, to, said, thread: [said('sent', 'sender', agent.name, what.question, when)] };
}

/** Every fifth is overdue; the second one is the third of its case. */
function liveOne(world: World, at: Place, rng: Rng, i: number) {
  const { row, thread } = base(world, at, world.now - rng.int(5, 50) * MINUTE, rng);
  if (i % 5 === 0) {
    row.due_at = new Date(world.now - rng.int(10, 120) * MINUTE);
    row.overdue_at = row.due_at;
  }
  if (i === 1) row.nth = 3;
  return { row, thread };
}

function pastOne(world: World, at: Place, rng: Rng) {
  const { row, what, to, said, thread } = base(
    world,
    at,
    world.now - rng.int(1, 30) * DAY - rng.int(0, 500) * MINUTE,
    rng,
  );
  const back = rng.chance(0.12);
  const ended = new Date(Math.min(row.sent_at.getTime() + rng.int(10, 420) * MINUTE, world.now - MINUTE));
  Object.assign(row, { state: back ? 'sent_back' : 'answered', ended_at: ended, updated_at: ended });
  thread.push(said(back ? 'sent_back' : 'answered', 'receiver', to, back ? rng.pick(BACK) : what.answer, ended));
  return { row, thread };
}
