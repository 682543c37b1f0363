import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { termsOf } from '#requests/rules/due.ts';
import { ASKED_KINDS, KIND_TABLE } from '#requests/rules/kinds.ts';
import { DAY, HOUR } from './calendar.ts';
import { type Rng, rngOf, uuidAt } from './random.ts';
import type { Agent } from './ticket-world.ts';

/** The newest orders, among which each partner finds some of its own: enough at any scale. */
const ORDERS = 4_000;
const EACH = 14;
const CHUNK = 300;

type World = { seed: number; now: number; agents: { own: Agent[]; outsourced: Agent[] } };
type Line = {
  order_id: string;
  mall: string;
  centre: string;
  line_id: string;
  product_id: string;
  partner_id: string;
  partner_name: string;
  open: string;
  close: string;
  md_email: string;
  trackingNo: string | null;
  n: number;
};

/** Who answers on our own side. */
const CONTACTS = [
  { email: 'md1@haedap.example', kind: 'md', name: '윤태호', phone: '02-0000-7101' },
  { email: 'md2@haedap.example', kind: 'md', name: '서지안', phone: '02-0000-7102' },
  { email: 'logistics@haedap.example', kind: 'logistics', name: '한도윤', phone: '02-0000-7200' },
] as const;

type Kind = (typeof ASKED_KINDS)[number];

const QUESTIONS: Record<Kind, readonly string[]> = {
  dispatch_date: ['고객이 출고일을 물으십니다. 언제 나가나요?', '주말 전에 받으실 수 있을까요?'],
  stock: ['교환할 재고가 있는지 확인 부탁드립니다.', '추가 주문하신답니다. 재고 있나요?'],
  defect_verdict: ['옆선이 터져 왔다고 사진을 보내셨습니다.', '얼룩이 있다고 하십니다. 판정 부탁드립니다.'],
  arrival: ['회수 송장은 배송완료인데 입고되었나요?'],
  invoice_check: ['송장 조회가 되지 않습니다. 번호 확인 부탁드립니다.'],
  question: ['세탁 방법을 자세히 알려 주세요.', '사은품이 빠졌다고 하십니다. 구성 확인 부탁드립니다.'],
};

/** Open, overdue and answered requests for every partner, a few of them with the MD. */
export async function fillRequests(trx: Kysely<DB>, world: World): Promise<void> {
  await trx
    .insertInto('company_contact')
    .values(CONTACTS.map((contact) => ({ ...contact })))
    .execute();
  const lines = await newestLines(trx);
  const made = lines.map((line, i) => requestOf(world, line, rngOf(world.seed, 'request', i)));
  for (let at = 0; at < made.length; at += CHUNK) {
    const part = made.slice(at, at + CHUNK);
    await trx
      .insertInto('partner_request')
      .values(part.map(({ row }) => row))
      .execute();
    await trx
      .insertInto('partner_request_message')
      .values(part.flatMap(({ thread }) => thread))
      .execute();
  }
}

async function newestLines(trx: Kysely<DB>): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select * from (
      select o.id as order_id, o.mall, m.default_centre as centre, l.id as line_id, l.product_id, p.id as partner_id,
        p.name as partner_name, to_char(p.business_open, 'HH24:MI') as open, to_char(p.business_close, 'HH24:MI') as close,
        p.md_email, (select tracking_no from parcel where order_id = o.id order by id limit 1) as "trackingNo",
        (row_number() over (partition by p.id order by o.ordered_at desc, o.id, l.id))::int as n
      from (select * from sales_order order by ordered_at desc, id desc limit ${ORDERS}) o
      join order_line l on l.order_id = o.id join partner p on p.id = l.partner_id join mall m on m.id = o.mall
      where l.product_id is not null and l.inventory_type = 'CONSIGN') newest
    where n <= ${EACH} order by partner_id, n`.execute(trx);
  return rows;
}

/** The first three of each partner are open, one of them overdue; the third and every fifth went to the MD. */
function requestOf(world: World, line: Line, rng: Rng) {
  const open = line.n <= 3;
  const md = line.n === 3 || line.n % 5 === 0;
  const kind: Kind = line.n <= 2 ? 'stock' : rng.pick(ASKED_KINDS);
  const age = line.n === 1 ? rng.int(4, 9) * DAY : open ? rng.int(5, 60) * 60_000 : rng.int(2, 20) * DAY;
  const asked = world.now - age - rng.int(0, 3_600_000);
  const terms = termsOf(asked, KIND_TABLE[kind].hours, md ? { open: '09:00', close: '18:00' } : line);
  const answeredAt = open ? null : new Date(Math.min(asked + rng.int(20, 1500) * 60_000, world.now - HOUR));
  const agent = rng.pick(line.centre === 'own' ? world.agents.own : world.agents.outsourced);
  const id = uuidAt(asked, rng);
  const note = rng.pick(QUESTIONS[kind]);
  const question = { note, ...(kind === 'invoice_check' && line.trackingNo ? { trackingNo: line.trackingNo } : {}) };
  const answer = open ? null : answerOf(kind, asked, rng);
  const late = open && terms.dueAt <= world.now;
  const mdName = CONTACTS.find(({ email }) => email === line.md_email)?.name ?? '윤태호';
  const name = md ? mdName : line.partner_name;
  const at = new Date(asked);
  const row = {
    ...{ id, kind, state: open ? 'open' : 'answered', mall: line.mall, centre: line.centre },
    ...{ partner_id: md ? null : line.partner_id, partner_since: md ? null : at },
    ...{ order_id: line.order_id, product_id: line.product_id, line_ids: [line.line_id] },
    ...{ addressee: md ? 'md' : 'partner', addressee_email: md ? line.md_email : null, addressee_name: name },
    ...{ question: JSON.stringify(question), answer: answer && JSON.stringify(answer) },
    ...{ answered_by: open ? null : name, answered_at: answeredAt, seen_at: rng.chance(0.8) ? answeredAt : null },
    ...{ asked_by: agent.id, asked_by_name: agent.name, asked_at: at },
    ...{ remind_at: new Date(terms.remindAt), due_at: new Date(terms.dueAt) },
    ...{ reminded_at: late ? new Date(terms.remindAt) : null, overdue_at: late ? new Date(terms.dueAt) : null },
    ...{ escalated_to: late && !md ? line.md_email : null, created_at: at, updated_at: answeredAt ?? at },
  };
  const said = (kind: string, side: string, author: string, body: string | null, when: Date, facts: object) => ({
    ...{ request_id: id, id: uuidAt(when.getTime(), rng), kind, side, author_name: author, body },
    ...{ facts: JSON.stringify(facts), created_at: when },
  });
  const thread = [said('asked', 'agent', agent.name, note, at, { dueAt: row.due_at.toISOString(), to: name })];
  if (answeredAt && answer) {
    thread.push(said('answered', row.addressee, name, answer.note ?? null, answeredAt, { answer }));
  }
  return { row, thread };
}

const dayAt = (ms: number): string => new Date(ms + 9 * HOUR).toISOString().slice(0, 10);

function answerOf(kind: Kind, asked: number, rng: Rng): { choice: string; note?: string } {
  const { name, needs } = rng.pick(KIND_TABLE[kind].answers);
  const values = {
    on: dayAt(asked + rng.int(1, 4) * DAY),
    qty: rng.int(1, 40),
    trackingNo: `65${rng.int(1_000_000_000, 9_999_999_999)}`,
    carrier: 'kr.cjlogistics',
    symptom: '',
    note: '확인했습니다. 안내 부탁드립니다.',
  };
  return { choice: name, ...Object.fromEntries(needs.map((field) => [field, values[field]])) };
}
