import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import type { JobContext } from '#platform/context.ts';
import { scopedDb } from '#platform/scope.ts';
import { newId } from '#platform/values.ts';
import { orders } from './contract.ts';
import { ordersRoom } from './server/index.ts';

/** Tracking, what is normal and what is stuck: orders.recordTracking, orders.confirmTracking, orders.getDelivery and the lists. */
const ops = orders.operations;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ago = (ms: number) => new Date(Date.now() - ms);
const iso = (ms: number) => ago(ms).toISOString();
const admin = actorWith('admin');

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());

type Made = {
  carrier?: string;
  waybill?: number;
  shipped?: number | null;
  delivered?: number | null;
  address?: string;
};

/** An order with one parcel, its times given as how long ago they were. */
async function parcelOf({
  carrier = 'kr.hanjin',
  waybill = 2 * HOUR,
  shipped = null,
  delivered = null,
  address,
}: Made = {}) {
  const db = world.database.write;
  // One moment for all times: between two of them a millisecond may pass, and an hour that has begun counts whole.
  const now = Date.now();
  const ago = (ms: number) => new Date(now - ms);
  const id = newId();
  const no = `T-${id.slice(-12)}`;
  const state = delivered === null ? (shipped === null ? 'PACKED' : 'SHIPPED') : 'DELIVERED';
  await sql`
    insert into sales_order (id, mall, mall_order_no, authority, customer_id, ordered_at, paid_at, orderer_name, receiver_name,
      receiver_address, total_krw, summary, stage, partner_ids, created_at, updated_at)
    values (${id}, 'own', ${no}, 'SELF', ${world.customer}, ${ago((waybill ?? 0) + 2 * DAY)}, ${ago((waybill ?? 0) + 2 * DAY)}, '김서연',
      '김서연', ${address ?? '서울 성동구 왕십리로 1'}, 29900, '램스울 라운드 니트', ${state === 'PACKED' ? 'PREPARING' : state},
      array[${world.partner}]::uuid[], now(), now())`.execute(db);
  await sql`
    insert into order_line (order_id, id, group_id, sku, name, list_price_krw, qty, inventory_type, partner_id)
    values (${id}, 'A', 'g1', 'SKU-1', '램스울 라운드 니트', 29900, 1, 'CONSIGN', ${world.partner})`.execute(db);
  await sql`
    insert into parcel (order_id, id, group_id, units, carrier, tracking_no, state, prepared_at, waybill_at, shipped_at, delivered_at)
    values (${id}, 'p1', 'g1', '[{"line": "A", "unitNos": [1]}]', ${carrier}, '520000000001', ${state}, ${ago(waybill)},
      ${ago(waybill)}, ${shipped === null ? null : ago(shipped)}, ${delivered === null ? null : ago(delivered)})`.execute(
    db,
  );
  return id;
}

const event = (
  status: 'AT_PICKUP' | 'IN_TRANSIT' | 'OUT_FOR_DELIVERY' | 'DELIVERED' | 'ATTEMPT_FAIL',
  before: number,
  text = '',
) => ({
  status,
  at: iso(before),
  place: '군포HUB',
  text,
});
const record = (order: string, events: ReturnType<typeof event>[], more: object = {}) =>
  world.ask(ops.recordTracking, { order, parcel: 'p1', events, asOf: iso(0), ...more }, admin);
const parcelNow = async (order: string) => {
  const { parcels } = await world.ask(ops.getDelivery, { order });
  return parcels[0]!;
};
/** Runs the job that keeps the rows of deliveries, once. */
async function watched() {
  const { write } = world.database;
  const ctx = { db: write, scoped: scopedDb(write, 'everything'), now: new Date() };
  await ordersRoom.jobs['orders.watchDeliveries']!(ctx as unknown as JobContext, {});
}

test('orders.recordTracking: a waybill alone is no dispatch, the first scan is, the delivery ends it', async () => {
  const order = await parcelOf();
  const waybill = { status: 'INFORMATION_RECEIVED' as const, at: iso(2 * HOUR), place: null, text: '접수' };
  expect(await record(order, [waybill as never])).toEqual({
    known: true,
    recorded: 1,
    shippedAt: null,
    deliveredAt: null,
  });
  expect(await world.ask(ops.get, { id: order })).toMatchObject({ stage: 'PREPARING', parcels: [{ shippedAt: null }] });

  const pickup = event('AT_PICKUP', HOUR);
  expect(await record(order, [pickup])).toMatchObject({ recorded: 1, shippedAt: new Date(pickup.at) });
  expect(await world.ask(ops.get, { id: order })).toMatchObject({ stage: 'SHIPPED', parcels: [{ state: 'SHIPPED' }] });

  const delivered = event('DELIVERED', HOUR / 2);
  await record(order, [pickup, delivered]);
  expect(await world.ask(ops.get, { id: order })).toMatchObject({
    stage: 'DELIVERED',
    parcels: [{ state: 'DELIVERED' }],
  });
  const { items } = await world.ask(ops.listDeliveries, { show: 'moving', limit: 200 });
  expect(items.map((item) => item.order)).not.toContain(order);
});

test('the same events again, and out of order, change nothing but the age of the data', async () => {
  const order = await parcelOf();
  const way = [
    event('AT_PICKUP', 90_000_0),
    event('IN_TRANSIT', 80_000_0, '입고'),
    event('OUT_FOR_DELIVERY', 70_000_0),
  ];
  await record(order, [way[2]!]);
  await record(order, [way[1]!, way[0]!, way[1]!]);
  const first = await world.ask(ops.get, { id: order });
  expect(first.parcels[0]!.steps.map(({ kind }) => kind)).toEqual(['pickup', 'hub_in', 'out_for_delivery']);
  expect(await record(order, way)).toMatchObject({ recorded: 0 });
  const second = await world.ask(ops.get, { id: order });
  expect({ ...second, version: 0 }).toEqual({ ...first, version: 0 });
  expect(second.version).toBe(first.version);
});

test('the same told by two at once is recorded once', async () => {
  const order = await parcelOf();
  const way = [event('AT_PICKUP', HOUR), event('IN_TRANSIT', HOUR / 2, '입고')];
  const answers = await Promise.all([record(order, way), record(order, way.toReversed()), record(order, way)]);
  expect(answers.map(({ recorded }) => recorded).toSorted()).toEqual([0, 0, 2]);
  const { parcels } = await world.ask(ops.get, { id: order });
  expect(parcels[0]!.steps.map(({ kind }) => kind)).toEqual(['pickup', 'hub_in']);
});

test('what tracking changes is in the order’s events, and its tables are what they make', async () => {
  const order = await parcelOf();
  await record(order, [event('DELIVERED', HOUR / 2), event('AT_PICKUP', HOUR)]);
  const { items } = await world.ask(ops.history, { id: order });
  expect(items.map(({ type, parcel }) => [type, parcel])).toEqual([
    ['order.imported', null],
    ['parcel.shipped', 'p1'],
    ['parcel.delivered', 'p1'],
  ]);
  await record(order, [event('DELIVERED', HOUR / 2), event('AT_PICKUP', HOUR)]);
  expect((await world.ask(ops.history, { id: order })).items).toHaveLength(3);
});

test('a parcel that comes back is stuck at once, and told', async () => {
  const order = await parcelOf();
  const back = { status: 'EXCEPTION' as const, at: iso(HOUR / 2), place: '군포HUB', text: '수취거부 반송' };
  await record(order, [event('AT_PICKUP', HOUR), back as never]);
  expect(await parcelNow(order)).toMatchObject({ stuck: { kind: 'returned' }, last: { kind: 'returned' } });
  const told = await sql<{ n: number }>`
    select count(*)::int as n from outbox where event = 'orders.parcel_returned' and subject_id = ${order}`.execute(
    world.database.read,
  );
  expect(told.rows[0]!.n).toBe(1);
  await record(order, [event('AT_PICKUP', HOUR), back as never, event('DELIVERED', HOUR / 4)]);
  expect(await parcelNow(order)).toMatchObject({ stuck: null, deliveredAt: expect.any(Date) });
});

test('what a tracker says later than it knew makes the data no younger', async () => {
  const order = await parcelOf();
  await record(order, [event('AT_PICKUP', HOUR)], { asOf: iso(0) });
  const { checkedAt } = await parcelNow(order);
  await record(order, [event('AT_PICKUP', HOUR)], { asOf: iso(DAY) });
  expect((await parcelNow(order)).checkedAt).toEqual(checkedAt);
});

test('orders.confirmTracking: nothing new, but known to be so now', async () => {
  const order = await parcelOf();
  await record(order, [event('AT_PICKUP', 2 * HOUR)], { asOf: iso(HOUR) });
  const asOf = iso(0);
  expect(await world.ask(ops.confirmTracking, { asOf, parcels: [{ order, parcel: 'p1' }] }, admin)).toEqual({
    confirmed: 1,
  });
  expect((await parcelNow(order)).checkedAt).toEqual(new Date(asOf));
});

test('a parcel that the order has no longer is known to nobody, another scope’s order is not found', async () => {
  const order = await parcelOf();
  expect(await world.ask(ops.recordTracking, { order, parcel: 'p9', events: [], asOf: iso(0) }, admin)).toMatchObject({
    known: false,
  });
  const elsewhere = actorWith('admin', { malls: ['11st'] });
  const input = { order, parcel: 'p1', events: [], asOf: iso(0) };
  expect(await world.refused(ops.recordTracking, input, elsewhere)).toEqual({ status: 404, code: 'not_found' });
  const confirm = { asOf: iso(0), parcels: [{ order, parcel: 'p1' }] };
  expect(await world.refused(ops.confirmTracking, confirm, elsewhere)).toEqual({ status: 404, code: 'not_found' });
  expect((await world.refused(ops.recordTracking, input)).status).toBe(403);
});

test('orders.listDeliveries: stuck parcels by kind, mall, carrier, partner and age, longest first', async () => {
  const noScan = await parcelOf({ carrier: 'kr.logen', waybill: 6 * DAY });
  const failed = await parcelOf({ carrier: 'kr.logen', waybill: 3 * DAY });
  const fine = await parcelOf({ carrier: 'kr.logen', waybill: HOUR });
  await watched();
  await record(failed, [event('AT_PICKUP', 2 * DAY), event('ATTEMPT_FAIL', 5 * HOUR, '부재')]);
  const list = async (more: object) =>
    (await world.ask(ops.listDeliveries, { carrier: 'kr.logen', ...more })).items.map(({ order, stuck }) => [
      order,
      stuck?.kind,
    ]);
  expect(await list({})).toEqual([
    [noScan, 'no_scan'],
    [failed, 'attempt_failed'],
  ]);
  expect(await list({ show: 'moving' })).toEqual([[fine, undefined]]);
  expect(await list({ kind: 'attempt_failed' })).toEqual([[failed, 'attempt_failed']]);
  expect(await list({ mall: '11st' })).toEqual([]);
  expect(await list({ partner: world.partner })).toHaveLength(2);
  expect(await list({ partner: world.otherPartner })).toEqual([]);
  expect(await list({ olderDays: 1 })).toEqual([[noScan, 'no_scan']]);
  const page = await world.ask(ops.listDeliveries, { carrier: 'kr.logen', limit: 1 });
  const next = await world.ask(ops.listDeliveries, { carrier: 'kr.logen', limit: 1, cursor: page.next! });
  expect([page.items[0]!.order, next.items[0]!.order, next.next]).toEqual([noScan, failed, null]);
  expect(page.items[0]).toMatchObject({ receiverName: '김*연', partners: [{ name: '코튼브릿지' }] });
  expect(page.items[0]!.line.map(({ state }) => state)).toEqual(['wrong', 'ahead', 'ahead', 'ahead', 'ahead']);
});

test('orders.countDeliveries: by kind, carrier and partner; a partner sees its own', async () => {
  const { stuck, moving, carriers, partners } = await world.ask(ops.countDeliveries, { carrier: 'kr.logen' });
  expect(stuck.map(({ kind, parcels }) => [kind, parcels]).toSorted()).toEqual([
    ['attempt_failed', 1],
    ['no_scan', 1],
  ]);
  expect([moving, carriers, partners]).toEqual([
    1,
    [{ id: 'kr.logen', parcels: 2 }],
    [{ id: world.partner, name: '코튼브릿지', parcels: 2 }],
  ]);
  const other = actorWith('partner', { partners: [world.otherPartner] });
  expect(await world.ask(ops.countDeliveries, {}, other)).toMatchObject({ stuck: [], moving: 0, carriers: [] });
  expect((await world.ask(ops.listDeliveries, {}, other)).items).toEqual([]);
  const own = actorWith('partner', { partners: [world.partner] });
  expect((await world.ask(ops.countDeliveries, { carrier: 'kr.logen' }, own)).moving).toBe(1);
});

test('what is normal comes from the last eight weeks, and a parcel beyond the 95th percentile is late', async () => {
  const carrier = 'kr.kdexp';
  for (let i = 0; i < 19; i++)
    await parcelOf({ carrier, waybill: 11 * DAY, shipped: 10 * DAY, delivered: 10 * DAY - 20 * HOUR });
  await parcelOf({ carrier, waybill: 11 * DAY, shipped: 10 * DAY, delivered: 10 * DAY - 40 * HOUR });
  await parcelOf({ carrier, waybill: 100 * DAY, shipped: 99 * DAY, delivered: 80 * DAY });
  const moving = await parcelOf({ carrier, waybill: 2 * DAY, shipped: 30 * HOUR });
  await sql`delete from delivery_state`.execute(world.database.write);
  await watched();
  const found = await parcelNow(moving);
  expect(found.basis).toMatchObject({ n: 20, p50Hours: 20, p95Hours: 20 });
  expect(['weekday', 'region']).toContain(found.basis!.level);
  expect(found.stuck).toMatchObject({ kind: 'late' });
  expect(found.expectedBy!.getTime()).toBeCloseTo(ago(10 * HOUR).getTime(), -5);
  const { upTo } = await world.ask(ops.countDeliveries, {});
  expect(Date.now() - upTo!.getTime()).toBeLessThan(60_000);
  const jeju = await parcelOf({ carrier, waybill: 2 * DAY, shipped: 30 * HOUR, address: '제주특별자치도 제주시 1' });
  expect((await parcelNow(jeju)).basis).toMatchObject({ level: 'carrier', n: 20, thin: 0 });
  const other = await parcelOf({ carrier: 'kr.daesin', waybill: 2 * DAY, shipped: 30 * HOUR });
  expect(await parcelNow(other)).toMatchObject({ basis: null, expectedBy: null, stuck: null });
});

test('what others change is found: a delivery by import takes the parcel off the list', async () => {
  const order = await parcelOf({ carrier: 'kr.cupost', waybill: 6 * DAY });
  await watched();
  const listed = async () => (await world.ask(ops.listDeliveries, { carrier: 'kr.cupost' })).items.length;
  expect(await listed()).toBe(1);
  await sql`update parcel set shipped_at = now(), delivered_at = now(), state = 'DELIVERED' where order_id = ${order}`.execute(
    world.database.write,
  );
  await watched();
  expect(await listed()).toBe(0);
  expect(await parcelNow(order)).toMatchObject({ tookHours: 1, stuck: null, page: expect.stringContaining('cupost') });
});
