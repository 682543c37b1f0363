import { Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import type pg from 'pg';
import { createPeople, easySecret } from '#accounts/server/people.ts';
import { addCentres, writeCompany } from '#accounts/server/set-up.ts';
import type { DB } from '#platform/db.gen.ts';
import type { Database } from '#platform/db.ts';
import { addJob } from '#platform/jobs.ts';
import { CALL_COLUMNS } from './calls.ts';
import { makeCatalogue, PARTNER_COLUMNS, type Partner, PRODUCT_COLUMNS } from './catalogue.ts';
import { type Batch, copyBatch, gatherRows } from './copy.ts';
import { CUSTOMER_COLUMNS } from './customers.ts';
import { fillDesk } from './desk.ts';
import { fillApart } from './fill-apart.ts';
import { fillFollowups } from './followups.ts';
import { describeIncidents, type Incident } from './incidents.ts';
import { withoutIndexes } from './indexes.ts';
import { fillMails } from './mails.ts';
import { MALLS, verbsOf } from './malls.ts';
import { fillManuals } from './manuals.ts';
import type { Repeats } from './measure.ts';
import { ORDER_TABLES } from './order-events.ts';
import {
  PRICE_COLUMNS,
  PROMOTION_COLUMNS,
  priceRows,
  promotionRows,
  STOCK_COLUMNS,
  stockRow,
} from './product-facts.ts';
import { fillRequests } from './requests.ts';
import { fillRouting } from './routing.ts';
import { CENTRES, COMPANY, type Staff, staff } from './staff.ts';
import { fillTemplates } from './templates.ts';
import { MESSAGE_COLUMNS, TICKET_COLUMNS } from './ticket-rows.ts';
import type { Agent } from './ticket-world.ts';
import { fillTransfers } from './transfers.ts';
import { CODE_COLUMNS, codeRows, RECORD_COLUMNS } from './voc.ts';
import { type Counts, countsAt, planYear } from './year.ts';

export type LoadOptions = {
  db: Database;
  /** 1: 30,000 tickets, 50,000 orders, 20,000 customers, 25,000 calls. */
  scale: number;
  seed: number;
  /** When the year ends; now unless given. */
  now?: Date;
  /** Of everybody who signs in; made up and kept with the company unless given. */
  password?: string;
  onProgress?: (done: number, note?: string) => void;
};
export type Loaded = { counts: Counts; incidents: Incident[]; repeats: Repeats; password: string; ms: number };

const MALL_COLUMNS = [
  'id',
  'name_ko',
  'name_en',
  'short_ko',
  'link',
  'admin_url',
  'default_centre',
  'answer_hours',
  'sort_no',
  'verbs',
];
/** In the order in which they are filled. */
const TABLES: Record<string, readonly string[]> = {
  mall: MALL_COLUMNS,
  partner: PARTNER_COLUMNS,
  product: PRODUCT_COLUMNS,
  product_stock: STOCK_COLUMNS,
  product_price: PRICE_COLUMNS,
  product_promotion: PROMOTION_COLUMNS,
  voc_code: CODE_COLUMNS,
  customer: CUSTOMER_COLUMNS,
  ...ORDER_TABLES,
  ticket: TICKET_COLUMNS,
  ticket_message: MESSAGE_COLUMNS,
  phone_call: CALL_COLUMNS,
  voc_record: RECORD_COLUMNS,
};
/** Share of the whole time that filling takes; the rest builds the indexes. */
const FILLING = 0.72;

/**
 * Makes the sample company in an empty, migrated database: one transaction, so that it is there whole or not at all.
 * The same seed, scale and `now` give the same rows (people's ids and the password apart).
 */
export async function loadSample(options: LoadOptions): Promise<Loaded> {
  const began = performance.now();
  const client = await options.db.pool.connect();
  try {
    const kysely = kyselyOn(client);
    return await kysely.transaction().execute(async (trx) => {
      const loaded = await loadWithin(trx, client, options);
      return { ...loaded, ms: Math.round(performance.now() - began) };
    });
  } finally {
    client.release();
  }
}

async function loadWithin(trx: Kysely<DB>, client: pg.PoolClient, options: LoadOptions): Promise<Omit<Loaded, 'ms'>> {
  const { scale, seed, onProgress = () => undefined } = options;
  const now = (options.now ?? new Date()).getTime();
  const password = options.password ?? easySecret(3);
  const plan = planYear(seed, now, scale);
  const catalogue = makeCatalogue(seed, now);
  const counts = countsAt(scale);
  const restore = await withoutIndexes(client, Object.keys(TABLES));
  onProgress(0, 'people');
  await writeCompany(trx, { name: COMPANY, kind: 'sample' });
  await addCentres(trx, CENTRES);
  const agents = await addStaff(trx, catalogue.partners, password);
  const write = (batch: Batch) => copyBatch(client, TABLES, batch);
  const copier = gatherRows(write);
  copier.add(
    'mall',
    MALLS.map((mall, i) => [
      mall.id,
      mall.ko,
      mall.en,
      mall.short,
      mall.link,
      `https://${mall.id}.example.com/admin`,
      mall.centre,
      mall.answerHours,
      i + 1,
      verbsOf(mall.id),
    ]),
  );
  copier.add(
    'partner',
    catalogue.partners.map((partner) => partner.row),
  );
  copier.add(
    'product',
    catalogue.products.map((product) => product.row),
  );
  for (const product of catalogue.products) {
    copier.add('product_stock', [stockRow(seed, now, product)]);
    copier.add('product_price', priceRows(seed, now, product));
    copier.add('product_promotion', promotionRows(seed, now, product, plan.promotions));
  }
  copier.add('voc_code', codeRows(new Date(plan.days[0]?.start ?? now)));
  await copier.finish();
  const repeats = await fillApart({ seed, now, scale, agents }, write, (done) => onProgress(done * FILLING, 'rows'));
  await markRepeats(client);
  await client.query(`select setval('ticket_number_seq', $1)`, [counts.tickets]);
  await restore((done) => onProgress(FILLING + done * (1 - FILLING), 'indexes'));
  await fillDesk(trx, { seed, now, agents });
  await fillRequests(trx, { seed, now, agents });
  await fillFollowups(trx, { seed, now, agents });
  await fillTransfers(trx, { seed, now, agents });
  await fillTemplates(trx, { seed, now, agents });
  await fillMails(trx, { seed });
  await fillRouting(trx, now);
  await fillManuals(trx, { seed, now });
  // Deliveries and what is normal of them are there with the first screen, not a minute later.
  await addJob(trx, 'orders.watchDeliveries', {}, { key: 'clock:orders.watchDeliveries' });
  await trx
    .insertInto('sample_company')
    .values({
      seed,
      scale,
      ends_at: new Date(now),
      password,
      incidents: JSON.stringify(plan.incidents),
      measures: JSON.stringify(repeats),
    })
    .execute();
  return { counts, incidents: plan.incidents, repeats, password };
}

/** A Kysely that runs on the one connection of the COPY, so that all of it is one transaction. */
function kyselyOn(client: pg.PoolClient): Kysely<DB> {
  const lent = new Proxy(client, {
    get: (target, name) => {
      if (name === 'release') return () => undefined;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  }) as unknown as PostgresPoolClient;
  const pool = { connect: async () => lent, end: async () => undefined, options: {} } as unknown as PostgresPool;
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

const SKILLS = ['high', 'middle', 'middle', 'high', 'middle', 'low'] as const;

/** Everybody who signs in; answers who takes contacts in which centre. */
async function addStaff(
  trx: Kysely<DB>,
  partners: readonly Partner[],
  password: string,
): Promise<{ own: Agent[]; outsourced: Agent[] }> {
  const people = staff();
  const idOf = new Map(partners.map((partner) => [partner.code, partner.id]));
  const withIds = people.map((person) => ({
    ...person,
    partners: person.partners?.map((code) => idOf.get(code) ?? code) ?? null,
  }));
  const ids = await createPeople(trx, withIds, password);
  const agentsOf = (centre: 'own' | 'outsourced') =>
    people.flatMap((person: Staff, i): Agent[] => {
      const takes = person.role === 'agent' || person.role === 'senior_agent';
      if (!takes || !person.centres?.includes(centre)) return [];
      return [{ id: ids[i] as string, name: person.name, centre, skill: SKILLS[i % SKILLS.length] ?? 'middle' }];
    });
  return { own: agentsOf('own'), outsourced: agentsOf('outsourced') };
}

/** A repeat (재문의) is the same customer with the same code within 90 days: found once all of them are there. */
async function markRepeats(client: pg.PoolClient): Promise<void> {
  await client.query(`
    update voc_record set repeat = true from (
      select id, recorded_at - lag(recorded_at) over (partition by customer_id, code order by recorded_at, id) as since from voc_record
    ) earlier where earlier.id = voc_record.id and since < interval '90 days'`);
}

/** What was planted and measured, in lines for a terminal. */
export function describeLoaded({ counts, incidents, repeats, ms }: Loaded): string[] {
  return [
    `상담 ${counts.tickets.toLocaleString('ko-KR')} · 주문 ${counts.orders.toLocaleString('ko-KR')} · 고객 ${counts.customers.toLocaleString('ko-KR')} · 통화 ${counts.calls.toLocaleString('ko-KR')} (${(ms / 1000).toFixed(1)}초)`,
    ...describeIncidents(incidents).map((line) => `심은 사건: ${line}`),
    `첫 글이 겹치는 상담: 연속 ${repeats.window.toLocaleString('ko-KR')}건마다 최대 ${repeats.most}건 (상품명·숫자까지 지우면 ${repeats.mostWithoutDetails}건)`,
  ];
}

/** The password of the sample people, to be told at each start; null when the company is a real one. */
export async function samplePassword(db: Database): Promise<string | null> {
  const row = await db.read.selectFrom('sample_company').select('password').executeTakeFirst();
  return row?.password ?? null;
}
