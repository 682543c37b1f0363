import { sql } from 'kysely';
import type { Database } from '#platform/db.ts';
import { lead, pause } from '#platform/leader.ts';
import { newId } from '#platform/values.ts';
import { daysUntil, HOUR, hourOf, midnight, phoneHours, WRITTEN_HOURS } from './calendar.ts';
import { aboutOrder, aboutProduct, type Contact, composeText, drawBase, type Facts } from './contact-text.ts';
import { otherPerson } from './customers.ts';
import { drawChannel, drawMall, mallById } from './malls.ts';
import { moveParcels } from './parcels-move.ts';
import { regionOf } from './places.ts';
import { type Rng, rngOf } from './random.ts';
import { internalNote } from './replies.ts';
import { drawCode, resultOf } from './voc.ts';

export type SimulatorOptions = {
  /** Runs a command as Haedap itself, with an idempotency key. Answers status and body, as the pipeline does. */
  run: (operation: string, input: object, key: string) => Promise<{ status: number; body: unknown }>;
  db: Database;
  now?: () => Date;
  /** Contacts in the busiest hour. */
  perHour?: number;
  /** Whether parcels move on too: not while a tracker tells of them. */
  parcels?: boolean;
  onError?: (error: unknown) => void;
};

/** Held by the one process of a cluster that simulates. */
const LOCK = 7_244_100_317;
const PER_HOUR = 36;
const BUSIEST = Math.max(...WRITTEN_HOURS);

/**
 * Lets the day of the sample company go on: contacts arrive by the daily pattern, a few old ones are noted, assigned,
 * recorded and solved, so that the queue stays as it is; parcels move on. All of it goes through the pipeline like anybody's work. Does
 * nothing in a real company. Returns a stop function.
 */
export function startSimulator(options: SimulatorOptions): () => Promise<void> {
  const { db, now = () => new Date(), onError = () => undefined } = options;
  return lead(
    db,
    LOCK,
    async (signal) => {
      const sample = await db.read.selectFrom('sample_company').select('seed').executeTakeFirst();
      if (!sample) return pause(HOUR, signal);
      const rng = rngOf(Date.now() % 1_000_000_007, 'simulator');
      const codes: Codes = new Map();
      while (!signal.aborted) {
        await pause(gap(now(), options.perHour ?? PER_HOUR, rng), signal);
        if (signal.aborted) return;
        await contactArrives(options, codes, now(), rng).catch(onError);
        for (let steps = rng.int(1, 3); steps > 0; steps--) await somebodyWorks(options, codes, rng).catch(onError);
        if (options.parcels ?? true) await parcelsMove(options, now()).catch(onError);
      }
    },
    onError,
  );
}

const parcelsMove = ({ run, db }: SimulatorOptions, now: Date) =>
  moveParcels(db, (input) => must(run('orders.recordTracking', input, `simulator-${newId()}`)), now);

/** What the latest simulated contacts were about, for their VOC records. */
type Codes = Map<string, string>;
const MOST_CODES = 300;

/** Milliseconds until the next contact: few at night, never longer than ten minutes. */
export function gap(now: Date, perHour: number, rng: Rng): number {
  const weight = Math.max(0.08, (WRITTEN_HOURS[Math.floor(hourOf(now.getTime()))] ?? 1) / BUSIEST);
  const mean = HOUR / (perHour * weight);
  return Math.min(600_000, Math.round(-Math.log(1 - rng.next() * 0.999) * mean));
}

async function contactArrives({ run, db }: SimulatorOptions, codes: Codes, now: Date, rng: Rng): Promise<void> {
  const leaf = drawCode(rng);
  const from = await somebody(db, now, rng);
  const mall = from?.mall ?? drawMall(rng);
  const channel = channelNow(mall, now, rng);
  const base = drawBase(leaf.code, channel, rng);
  const order = from && aboutOrder(leaf.code) ? await lastOrder(db, from.id, mall) : null;
  const stranger = otherPerson(rng);
  const name = from?.name ?? stranger.name;
  const facts = await factsOf(
    db,
    {
      mall,
      name,
      phone: from?.phone ?? stranger.phone,
      order,
      wantsProduct: aboutProduct(leaf.code) || base.text.includes('{product}'),
    },
    now,
    rng,
  );
  const text = composeText(base, channel, facts, rng);
  const subject = /(문의|요청|접수|확인)$/.test(leaf.l3) ? leaf.l3 : `${leaf.l3} 문의`;
  const customer = from
    ? { id: from.id }
    : { name, phone: stranger.phone, email: `${stranger.latin}${rng.int(10, 99)}@example.com` };
  const input = { channel, mall, customer, subject, text };
  const { status, body } = await must(run('tickets.create', input, `simulator-${newId()}`));
  if (status !== 200) return;
  codes.set((body as { id: string }).id, leaf.code);
  const oldest = codes.keys().next().value;
  if (codes.size > MOST_CODES && oldest) codes.delete(oldest);
}

/** A refusal here is a mistake of ours: it is told, and the day goes on. */
async function must<T extends { status: number; body: unknown }>(reply: Promise<T>): Promise<T> {
  const answer = await reply;
  if (answer.status >= 400 && answer.status !== 409)
    throw new Error(`the simulator was refused: ${JSON.stringify(answer.body)}`);
  return answer;
}

function channelNow(mall: string, now: Date, rng: Rng): Contact {
  const at = now.getTime();
  const today = daysUntil(at, 1)[0];
  const open = today !== undefined && (phoneHours(today)[Math.floor(hourOf(at))] ?? 0) > 0;
  for (let tries = 0; tries < 10; tries++) {
    const channel = drawChannel.get(mall)?.(rng) as Contact | undefined;
    if (channel && (channel !== 'phone' || open)) return channel;
  }
  return 'email';
}

type Somebody = { id: string; name: string; phone: string | null; mall: string };

/** A customer of ours in three cases of four: any one, by a random time of their registration. */
async function somebody(db: Database, now: Date, rng: Rng): Promise<Somebody | null> {
  if (rng.chance(0.25)) return null;
  const since = new Date(now.getTime() - rng.next() * 400 * 24 * HOUR);
  const { rows } = await sql<Somebody>`
    select id, name, phone, malls[1] as mall from customer
    where created_at <= ${since} and malls[1] is not null order by created_at desc, id desc limit 1`.execute(db.read);
  return rows[0] ?? null;
}

type LastOrder = {
  mall_order_no: string;
  ordered_at: Date;
  total_krw: number;
  name: string;
  option_text: string | null;
};

async function lastOrder(db: Database, customerId: string, mall: string): Promise<LastOrder | null> {
  const { rows } = await sql<LastOrder>`
    select o.mall_order_no, o.ordered_at, o.total_krw, l.name, l.option_text
    from sales_order o join order_line l on l.order_id = o.id
    where o.customer_id = ${customerId} and o.mall = ${mall} order by o.ordered_at desc, l.id limit 1`.execute(db.read);
  return rows[0] ?? null;
}

type Asked = { mall: string; name: string; phone: string | null; order: LastOrder | null; wantsProduct: boolean };

async function factsOf(db: Database, asked: Asked, now: Date, rng: Rng): Promise<Facts> {
  const { order } = asked;
  const { rows } = await sql<{ name: string; option_text: string | null; list_price_krw: number }>`
    select name, option_text, list_price_krw from product order by name, id offset ${rng.int(0, 900)} limit 1`.execute(
    db.read,
  );
  const product = order ?? (asked.wantsProduct ? rows[0] : undefined) ?? null;
  const seen = new Date(
    (order?.ordered_at ?? new Date(midnight(now.getTime()) - rng.int(1, 6) * 24 * HOUR)).getTime() + 9 * HOUR,
  );
  const won = (n: number) => `${n.toLocaleString('ko-KR')}원`;
  const amount = order?.total_krw ?? rows[0]?.list_price_krw ?? 30_000;
  return {
    mall: mallById.get(asked.mall)?.ko ?? '온결몰',
    product: product?.name ?? rows[0]?.name ?? '주문한 상품',
    option: product?.option_text ?? '기본',
    name: asked.name,
    agent: '상담사',
    orderno: order?.mall_order_no ?? null,
    orderlast: order?.mall_order_no.slice(-4) ?? null,
    tracking: `65${rng.int(1_000_000_000, 9_999_999_999)}`,
    courier: rng.pick(['CJ대한통운', '한진택배', '롯데택배']),
    date: `${seen.getUTCMonth() + 1}월 ${seen.getUTCDate()}일`,
    days: String(rng.int(2, 6)),
    amount: won(amount),
    fee: won(6000),
    refund: won(Math.max(1000, amount - 6000)),
    points: '1,000점',
    last4: asked.phone?.slice(-4) ?? '0000',
    area: regionOf(rng),
    hour: rng.pick(['오전 10시', '오전 11시', '오후 1시', '오후 2시', '오후 3시', '오후 4시', '오후 5시', '저녁 7시']),
    weekday: rng.pick(['월요일', '화요일', '수요일', '목요일', '금요일']),
  };
}

/** One step on the contact that has waited longest, or on one that is being worked on. */
async function somebodyWorks({ run, db }: SimulatorOptions, codes: Codes, rng: Rng): Promise<void> {
  const { rows } = await sql<{ id: string; status: string; centre: string; assignee: string | null }>`
    select id, status, centre, assignee from ticket where status in ('new', 'open')
    order by updated_at desc, id desc offset ${rng.int(0, 25)} limit 1`.execute(db.read);
  const ticket = rows[0];
  if (!ticket) return;
  const step = (operation: string, input: object) => must(run(operation, input, `simulator-${newId()}`));
  const { rows: rules } = await sql<{ mode: string }>`
    select mode from ticket_assignment where centre = ${ticket.centre}`.execute(db.read);
  if (!ticket.assignee && (rules[0]?.mode ?? 'manual') !== 'manual') return;
  if (!ticket.assignee) {
    const agents = await sql<{ id: string }>`
      select p.id from person p join role_grant g on g.person_id = p.id
      where g.role = 'agent' and p.disabled_at is null and ${ticket.centre} = any(g.centres) order by p.email`.execute(
      db.read,
    );
    if (agents.rows.length > 0) await step('tickets.assign', { id: ticket.id, assignee: rng.pick(agents.rows).id });
  }
  if (ticket.status === 'new') {
    await step('tickets.setStatus', { id: ticket.id, status: 'open' });
    return;
  }
  if (rng.chance(0.4)) {
    await step('tickets.note', { id: ticket.id, text: internalNote(rng) });
    return;
  }
  const code = codes.get(ticket.id);
  if (code) await step('voc.record', { ticket: ticket.id, code, result: resultOf(code, rng) });
  await step('tickets.setStatus', { id: ticket.id, status: 'solved' });
}
