import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkOrders } from '#orders/server/check-orders.ts';
import type { Database } from '#platform/db.ts';
import { testDatabase } from '#platform/testing.ts';
import { type Loaded, loadSample } from './load.ts';

const NOW = new Date('2026-11-25T08:00:00Z');
const SCALE = 0.02;

let db: Database;
let loaded: Loaded;
beforeAll(async () => {
  db = await testDatabase();
  loaded = await loadSample({ db, scale: SCALE, seed: 7, now: NOW, password: 'only-for-this-test' });
});
afterAll(() => db?.close());

const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.read)).rows;

test('a scale of 0.02 has exactly two hundredths of everything', async () => {
  const [counts] = await rows(sql<Record<string, number>>`select
    (select count(*) from ticket) as tickets, (select count(*) from sales_order) as orders,
    (select count(*) from customer) as customers, (select count(*) from phone_call) as calls,
    (select count(*) from partner) as partners, (select count(*) from product) as products`);
  expect(counts).toEqual({ tickets: 600, orders: 1000, customers: 400, calls: 500, partners: 60, products: 3000 });
});

test('the total of each order is its lines less its benefits plus its shipping, and what its tenders add up to', async () => {
  const wrong = await rows(sql`
    select o.mall_order_no from sales_order o,
      lateral (select sum(list_price_krw * qty) as goods from order_line l where l.order_id = o.id) l,
      lateral (select coalesce(sum(amount_krw), 0) as off from order_benefit b
        where b.order_id = o.id and b.kind not in ('SHIP_COUPON', 'TENDER_BILLED')) b,
      lateral (select sum(paid_krw + remote_paid_krw) as shipping from shipping_group g where g.order_id = o.id) g,
      lateral (select sum(amount_krw) as paid from order_tender t where t.order_id = o.id) t
    where o.total_krw <> l.goods - b.off + g.shipping or o.total_krw <> t.paid`);
  expect(wrong).toEqual([]);
});

test('each order follows from its events, table by table; a row that was changed by hand is found', async () => {
  const sound = { checked: 1000, broken: [], brokenOrders: 0, without: 0, lost: 0 };
  expect(await checkOrders(db.read)).toEqual(sound);
  const [line] = await rows(sql<{ id: string }>`select max(id::text) as id from sales_order`);
  const more = (n: number) =>
    sql`update order_line set qty = qty + ${n} where order_id = ${line?.id} and id = 'A'`.execute(db.write);
  await more(1);
  const broken = [{ order: line?.id, table: 'order_line', column: 'qty' }];
  expect(await checkOrders(db.read)).toMatchObject({ brokenOrders: 1, broken });
  await more(-1);
});

test('each piece of an order that was sent is in exactly one parcel', async () => {
  const wrong = await rows(sql`
    select o.id from sales_order o
    where exists (select 1 from parcel p where p.order_id = o.id)
      and (select sum(qty) from order_line l where l.order_id = o.id)
        <> (select count(distinct (u ->> 'line', n)) from parcel p, jsonb_array_elements(p.units) u,
              jsonb_array_elements_text(u -> 'unitNos') n where p.order_id = o.id)`);
  expect(wrong).toEqual([]);
});

test('phones lie in the range that nobody has, e-mails at example.com, postcodes where no place is', async () => {
  const wrong = await rows(sql`
    select phone from (
      select phone, email from customer union all select orderer_phone, orderer_email from sales_order
      union all select receiver_phone, null from sales_order union all select caller_phone, null from phone_call
      union all select contact_phone, contact_email from partner
    ) all_of_them
    where phone !~ '^010-[01][0-9]{3}-[0-9]{4}$' or phone < '010-0001-0000' or email not like '%@example.com'`);
  expect(wrong).toEqual([]);
  expect(await rows(sql`select 1 from sales_order where receiver_postcode !~ '^00[1-9]'`)).toEqual([]);
});

test('about one order in seven goes to somebody else than who ordered', async () => {
  const [{ share }] = (await rows(sql<{ share: number }>`
    select avg((receiver_phone is distinct from orderer_phone)::int)::float8 as share from sales_order`)) as [
    { share: number },
  ];
  expect(share).toBeGreaterThan(0.1);
  expect(share).toBeLessThan(0.2);
});

test('nothing of the year lies in the future, and an order is never delivered before it was sent', async () => {
  const wrong = await rows(sql`
    select id::text from ticket where greatest(created_at, updated_at, solved_at, first_replied_at) > ${NOW}
    union all select id::text from ticket_message where created_at > ${NOW}
    union all select id::text from sales_order where ordered_at > ${NOW} or paid_at < ordered_at
    union all select order_id::text from parcel where delivered_at > ${NOW} or delivered_at < shipped_at or shipped_at < waybill_at`);
  expect(wrong).toEqual([]);
});

test('a repeat is marked where the same customer said the same before, and nowhere else', async () => {
  const wrong = await rows(sql`
    select r.id from voc_record r where r.repeat <> exists (
      select 1 from voc_record e where e.customer_id = r.customer_id and e.code = r.code
        and (e.recorded_at, e.id) < (r.recorded_at, r.id) and e.recorded_at > r.recorded_at - interval '90 days')`);
  expect(wrong).toEqual([]);
});

test('the planted incidents are listed, kept, and there', async () => {
  const sample = await db.read.selectFrom('sample_company').selectAll().executeTakeFirstOrThrow();
  expect(loaded.incidents.map((incident) => incident.id)).toEqual(['defect', 'strike', 'payment', 'coupon']);
  expect(sample.incidents).toEqual(loaded.incidents);
  for (const [tag, incident] of [
    ['옆선터짐', 0],
    ['새길택배파업', 1],
    ['결제장애', 2],
    ['쿠폰오류', 3],
  ] as const) {
    const [found] = await rows(sql<{ n: number }>`select count(*) as n from ticket where tags @> array[${tag}]`);
    expect([tag, found?.n]).toEqual([tag, loaded.incidents[incident]?.tickets]);
  }
});

test('the indexes and keys that were off while loading are back', async () => {
  const [found] = await rows(sql<{ gin: number; keys: number }>`select
    (select count(*) from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
      where a.amname = 'gin' and i.indrelid = any(array['customer', 'sales_order', 'ticket', 'product', 'phone_call']::regclass[])) as gin,
    (select count(*) from pg_constraint where contype = 'f' and conrelid = 'order_line'::regclass) as keys`);
  expect(found).toEqual({ gin: 6, keys: 1 });
});

test('the number of the next ticket goes on after the last one', async () => {
  const [next] = await rows(sql<{ n: number }>`select last_value + 1 as n from ticket_number_seq`);
  expect(next?.n).toBe(601);
});

test('a load that fails leaves nothing behind', async () => {
  const other = await testDatabase();
  const stop = () => {
    throw new Error('stopped');
  };
  await expect(loadSample({ db: other, scale: SCALE, seed: 7, now: NOW, onProgress: stop })).rejects.toThrow('stopped');
  const left = await sql<{
    n: number;
  }>`select (select count(*) from mall) + (select count(*) from person) as n`.execute(other.read);
  expect(left.rows[0]?.n).toBe(0);
  await other.close();
});
