import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createRooms } from '#app/modules.ts';
import { testWorld, type World } from '#app/testing-world.ts';
import { orders } from '#orders/contract.ts';
import { actorWith, SYSTEM } from '#platform/actors.ts';
import type { JobContext } from '#platform/context.ts';
import type { Input, Operation, OperationSpec } from '#platform/operation.ts';
import { scopedDb } from '#platform/scope.ts';
import { type Asker, askOn } from '#platform/testing-ask.ts';
import { newId } from '#platform/values.ts';
import { connectors } from './contract.ts';
import { createDeliveryTracker } from './delivery-tracker/client.ts';
import { emulated } from './delivery-tracker/conformance.ts';
import { startTrackerEmulator, type TrackerEmulator, type TrackerFault } from './delivery-tracker/emulator.ts';
import { checkedAddress } from './mail/mailboxes.ts';
import { createSafeFetch } from './safe-fetch.ts';
import { connectorsRoom } from './server/index.ts';
import { type ConnectorSettings, connectorSettings, NO_CONNECTORS } from './settings.ts';

const ops = connectors.operations;
const HOUR = 3_600_000;
const iso = (ms: number) => new Date(Date.now() - ms).toISOString();
const agent = actorWith('agent');

let world: World;
let emulator: TrackerEmulator;
let settings: ConnectorSettings;
let asker: Asker;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
beforeEach(async () => {
  emulator = await startTrackerEmulator();
  const fetch = createSafeFetch({ hosts: ['127.0.0.1'], loopback: true, totalMs: 400, connectMs: 300 });
  const tracker = createDeliveryTracker({ url: emulator.url, key: null, ratePerSec: 100 });
  settings = { tracker: { tracker, fetch, host: '127.0.0.1' }, mail: null };
  asker = askOn(world.database, createRooms({ connectors: settings }));
});
afterEach(async () => {
  await emulator.close();
  await sql`truncate connector_source, tracker_parcel, delivery, parcel`.execute(world.database.write);
});

/** An order whose parcel left two days ago, known to Haedap and to the tracker. */
async function parcelOf(trackingNo: string, carrier = 'kr.hanjin'): Promise<string> {
  const db = world.database.write;
  const id = newId();
  await sql`
    insert into sales_order (id, mall, mall_order_no, authority, customer_id, ordered_at, paid_at, orderer_name, receiver_name,
      receiver_address, total_krw, summary, stage, created_at, updated_at)
    values (${id}, 'own', ${`C-${id}`}, 'SELF', ${world.customer}, now() - interval '3 days', now() - interval '3 days', '김서연',
      '김서연', '서울 성동구 1', 29900, '니트', 'PREPARING', now(), now())`.execute(db);
  await sql`
    insert into order_line (order_id, id, group_id, sku, name, list_price_krw, qty, inventory_type)
    values (${id}, 'A', 'g1', 'SKU-1', '니트', 29900, 1, 'CONSIGN')`.execute(db);
  await sql`
    insert into parcel (order_id, id, group_id, units, carrier, tracking_no, state, prepared_at, waybill_at)
    values (${id}, 'p1', 'g1', '[{"line": "A", "unitNos": [1]}]', ${carrier}, ${trackingNo}, 'PACKED', now() - interval '2 days', now() - interval '2 days')`.execute(
    db,
  );
  await job('orders.watchDeliveries');
  return id;
}

/** Runs a job once, as the clock would. */
async function job(name: string, payload: object = {}, on = settings): Promise<void> {
  const { write } = world.database;
  const run = async <S extends OperationSpec>(operation: Operation<S>, input: Input<S>) => {
    const { status, body } = await asker.execute(operation.name, input as object, SYSTEM);
    expect(status).toBe(200);
    return body;
  };
  const ctx = { db: write, scoped: scopedDb(write, 'everything'), now: new Date(), run } as unknown as JobContext;
  const rooms = [...createRooms({ connectors: on }), connectorsRoom(on, 'secret')];
  await rooms.find(({ jobs }) => name in jobs)!.jobs[name]!(ctx, payload as Record<string, unknown>);
}
const tracked = () => job('connectors.trackParcels');
/** As if the waits were over, and each parcel due. */
const timePasses = async () => {
  await sql`update connector_source set resume_at = now()`.execute(world.database.write);
  await sql`update tracker_parcel set next_at = now(), asked_at = null`.execute(world.database.write);
};
const parcelNow = async (order: string) =>
  (await asker.ask(orders.operations.getDelivery, { order }, agent)).parcels[0]!;
const source = async (id = 'tracker') =>
  (await asker.ask(ops.listSources, {}, agent)).items.find((item) => item.id === id);
const pickup = (before: number) => emulated('AT_PICKUP', iso(before), '집화처리');

test('a parcel is asked for until it has arrived, and then no more', async () => {
  const order = await parcelOf('1001');
  emulator.set('kr.hanjin', '1001', { events: [pickup(5 * HOUR)] });
  await tracked();
  expect(await parcelNow(order)).toMatchObject({ last: { kind: 'pickup' }, checkedAt: expect.any(Date) });
  expect(await source()).toMatchObject({ state: 'ok', parcels: 1, waiting: 0, host: '127.0.0.1' });
  await tracked();
  expect(emulator.asked).toHaveLength(1);

  emulator.set('kr.hanjin', '1001', { events: [pickup(5 * HOUR), emulated('DELIVERED', iso(HOUR), '배송완료')] });
  await timePasses();
  await tracked();
  expect(await asker.ask(orders.operations.get, { id: order }, agent)).toMatchObject({ stage: 'DELIVERED' });
  await timePasses();
  await tracked();
  expect(emulator.asked).toHaveLength(2);
});

test('nothing new makes the data younger, without a change to the order', async () => {
  const order = await parcelOf('1002');
  emulator.set('kr.hanjin', '1002', { events: [pickup(5 * HOUR)] });
  await tracked();
  const { version } = await asker.ask(orders.operations.get, { id: order }, agent);
  const { checkedAt } = await parcelNow(order);
  await timePasses();
  await tracked();
  expect((await parcelNow(order)).checkedAt!.getTime()).toBeGreaterThan(checkedAt!.getTime());
  expect((await asker.ask(orders.operations.get, { id: order }, agent)).version).toBe(version);
});

const faults: [string, TrackerFault, string, string][] = [
  ['is slow beyond its time', { kind: 'slow', ms: 2_000 }, 'down', 'timeout'],
  ['hangs', { kind: 'hang' }, 'down', 'timeout'],
  ['limits', { kind: 'limited', retryAfter: '120' }, 'limited', 'limited'],
  ['answers 503', { kind: 'status', status: 503 }, 'down', 'http_503'],
  ['answers nonsense', { kind: 'body', body: '<html>점검 중</html>' }, 'nonsense', 'unreadable'],
  ['resets connections', { kind: 'reset' }, 'down', 'network'],
  ['breaks off', { kind: 'cut' }, 'down', 'network'],
  ['refuses the key', { kind: 'status', status: 401 }, 'refused', 'http_401'],
];
test.each(faults)(
  'a tracker that %s: the last known state stays with its age, and it catches up by itself',
  async (_, fault, state, why) => {
    const number = newId();
    const order = await parcelOf(number);
    emulator.set('kr.hanjin', number, { events: [pickup(5 * HOUR)] });
    await tracked();
    const before = await parcelNow(order);
    const answered = (await source())!.lastOkAt;

    emulator.fault(fault);
    emulator.set('kr.hanjin', number, { events: [pickup(5 * HOUR), emulated('OUT_FOR_DELIVERY', iso(HOUR))] });
    await timePasses();
    const failedFrom = Date.now();
    await tracked();
    expect(await parcelNow(order)).toEqual(before);
    const ill = (await source())!;
    expect(ill).toMatchObject({ state, why, lastOkAt: answered });
    expect(ill.since!.getTime()).toBeGreaterThanOrEqual(failedFrom);
    expect(ill.resumeAt!.getTime()).toBeGreaterThan(ill.since!.getTime());
    const count = emulator.asked.length;
    await tracked();
    expect(emulator.asked.length).toBe(count);

    emulator.fault({ kind: 'none' });
    await timePasses();
    await tracked();
    expect(await parcelNow(order)).toMatchObject({ last: { kind: 'out_for_delivery' } });
    expect((await parcelNow(order)).checkedAt!.getTime()).toBeGreaterThan(before.checkedAt!.getTime());
    expect(await source()).toMatchObject({ state: 'ok', why: null, resumeAt: null });
  },
);

test('a tracker that is not there: one question while it is down, all of them once it is back', async () => {
  const order = await parcelOf('2001');
  await parcelOf('2002');
  await parcelOf('2003');
  for (const number of ['2001', '2002', '2003']) emulator.set('kr.hanjin', number, { events: [pickup(HOUR)] });
  await emulator.down();
  await tracked();
  expect(await source()).toMatchObject({ state: 'down', why: 'network', lastOkAt: null, parcels: 3 });
  await timePasses();
  await tracked();
  expect(await parcelNow(order)).toMatchObject({ last: null, checkedAt: null });
  await emulator.up();
  await timePasses();
  await tracked();
  expect(emulator.asked.map(({ trackingNumber }) => trackingNumber).toSorted()).toEqual(['2001', '2002', '2003']);
  expect((await source())!.state).toBe('ok');
});

test('a carrier whose own pages fail stands apart: the others are asked for', async () => {
  const order = await parcelOf('3001', 'kr.hanjin');
  emulator.set('kr.hanjin', '3001', { events: [pickup(HOUR)] });
  emulator.set('kr.lotte', '3002', { events: [pickup(HOUR)] });
  emulator.fault({ kind: 'internal' });
  await tracked();
  emulator.fault({ kind: 'none' });
  const other = await parcelOf('3002', 'kr.lotte');
  await sql`update connector_source set resume_at = now() + interval '1 minute' where id <> 'tracker'`.execute(
    world.database.write,
  );
  await tracked();
  expect(await source()).toMatchObject({ state: 'ok' });
  const hanjin = { kind: 'carrier', carrier: 'kr.hanjin', state: 'down', why: 'carrier_down', parcels: 1 };
  expect(await source('tracker.kr.hanjin')).toMatchObject(hanjin);
  expect([(await parcelNow(order)).last, (await parcelNow(other)).last?.kind]).toEqual([null, 'pickup']);
  await timePasses();
  await tracked();
  expect((await parcelNow(order)).last?.kind).toBe('pickup');
  expect(await source('tracker.kr.hanjin')).toBeUndefined();
});

test('one number that breaks the tracker does not stop the others', async () => {
  const broken = await parcelOf('3500');
  const order = await parcelOf('3501');
  emulator.set('kr.hanjin', '3500', { events: [], broken: '{"data":' });
  emulator.set('kr.hanjin', '3501', { events: [pickup(HOUR)] });
  for (let turn = 0; turn < 6; turn++) {
    await sql`update connector_source set resume_at = now()`.execute(world.database.write);
    await tracked();
  }
  expect((await parcelNow(order)).last?.kind).toBe('pickup');
  expect((await parcelNow(broken)).last).toBeNull();
  expect(emulator.asked.filter(({ trackingNumber }) => trackingNumber === '3500')).toHaveLength(3);
});

test('two runs at once ask for each parcel once, each no faster than the tracker allows', async () => {
  const numbers = ['3601', '3602', '3603', '3604', '3605', '3606'];
  for (const number of numbers) {
    await parcelOf(number);
    emulator.set('kr.hanjin', number, { events: [pickup(HOUR)] });
  }
  const slow = createDeliveryTracker({ url: emulator.url, key: null, ratePerSec: 8 });
  const on = { ...settings, tracker: { ...settings.tracker!, tracker: slow } };
  const began = performance.now();
  await Promise.all([job('connectors.trackParcels', {}, on), job('connectors.trackParcels', {}, on)]);
  expect(emulator.asked.map(({ trackingNumber }) => trackingNumber).toSorted()).toEqual(numbers);
  expect(performance.now() - began).toBeGreaterThan(370);
});

test('a number that the carrier does not know is no trouble of the tracker, and is told on the parcel', async () => {
  const order = await parcelOf('4001');
  await tracked();
  expect(await parcelNow(order)).toMatchObject({ problem: 'not_found', stuck: { kind: 'unknown_number' } });
  expect(await source()).toMatchObject({ state: 'ok' });
  emulator.set('kr.hanjin', '4001', { events: [pickup(HOUR)] });
  await timePasses();
  await tracked();
  expect(await parcelNow(order)).toMatchObject({ problem: null, stuck: null, last: { kind: 'pickup' } });
});

test('connectors.checkParcel: now, once a minute, within scope; off without a tracker', async () => {
  const order = await parcelOf('5001');
  const input = { order, parcel: 'p1' };
  expect(await asker.ask(ops.checkParcel, input, agent)).toEqual({ result: 'unknown', at: null });
  await tracked();
  expect(await asker.ask(ops.checkParcel, input, agent)).toEqual({ result: 'asked', at: null });
  expect(await asker.ask(ops.checkParcel, input, agent)).toEqual({ result: 'too_soon', at: expect.any(Date) });
  emulator.set('kr.hanjin', '5001', { events: [pickup(HOUR)] });
  await job('connectors.trackOne', input);
  expect(await parcelNow(order)).toMatchObject({ last: { kind: 'pickup' } });

  emulator.fault({ kind: 'status', status: 502 });
  await timePasses();
  await tracked();
  await sql`update tracker_parcel set asked_at = null`.execute(world.database.write);
  expect(await asker.ask(ops.checkParcel, input, agent)).toEqual({ result: 'waiting', at: expect.any(Date) });
  expect(await asker.refused(ops.checkParcel, input, world.outside)).toEqual({ status: 404, code: 'not_found' });
  const off = askOn(world.database, createRooms());
  expect(await off.ask(ops.checkParcel, input, agent)).toEqual({ result: 'off', at: null });
});

test('connectors.listSources: off unless set up, and off again when it is taken away', async () => {
  const off = askOn(world.database, createRooms());
  expect((await off.ask(ops.listSources, {}, agent)).items).toMatchObject([
    { id: 'tracker', state: 'off', parcels: 0 },
  ]);
  await parcelOf('6001');
  await tracked();
  await job('connectors.trackParcels', {}, NO_CONNECTORS);
  expect((await off.ask(ops.listSources, {}, agent)).items).toMatchObject([{ state: 'off' }]);
  await tracked();
  expect((await source())!.state).toBe('ok');
});

test('the environment sets the tracker up; what is wrong in it is said in words', () => {
  expect(connectorSettings({})).toEqual({ tracker: null, mail: null });
  const url = 'https://apis.tracker.delivery/graphql';
  expect(connectorSettings({ HAEDAP_TRACKER_URL: url }).tracker!.host).toBe('apis.tracker.delivery');
  const local = 'http://127.0.0.1:4000/graphql';
  expect(connectorSettings({ HAEDAP_TRACKER_URL: local, HAEDAP_EGRESS_LOOPBACK: '1' }).tracker).not.toBeNull();
  for (const wrong of [
    { HAEDAP_TRACKER_URL: 'tracker' },
    { HAEDAP_TRACKER_URL: local },
    { HAEDAP_TRACKER_URL: 'http://tracker.example/graphql' },
    { HAEDAP_TRACKER_URL: url, HAEDAP_EGRESS_ALLOW: '10.0.0.0' },
  ])
    expect(() => connectorSettings(wrong)).toThrow(expect.objectContaining({ code: 'bad_setting' }));
});

test('the environment sets mailboxes up, encrypted or inside; what is wrong in it is said in words', () => {
  const env = {
    ...{ HAEDAP_MAIL: 'help', HAEDAP_MAIL_HELP_ADDRESS: 'Help@shop.example', HAEDAP_MAIL_HELP_MALL: 'own' },
    ...{ HAEDAP_MAIL_HELP_IMAP: 'imaps://imap.shop.example', HAEDAP_MAIL_HELP_SMTP: 'smtp://smtp.shop.example' },
    HAEDAP_MAIL_HELP_PASSWORD: 'secret',
  };
  const [mailbox] = connectorSettings(env).mail!.mailboxes;
  expect(mailbox).toMatchObject({
    ...{ id: 'email:help@shop.example', imap: { port: 993, tls: 'implicit' }, smtp: { port: 587, tls: 'starttls' } },
    user: 'help@shop.example',
  });
  const wrong: Record<string, string>[] = [
    { HAEDAP_MAIL_HELP_PASSWORD: '' },
    { HAEDAP_MAIL_HELP_ADDRESS: 'help' },
    { HAEDAP_MAIL_HELP_IMAP: 'https://imap.shop.example' },
    { HAEDAP_MAIL_HELP_IMAP: 'imap://user:pass@imap.shop.example' },
    { HAEDAP_MAIL_HELP_SMTP: 'smtp://smtp.shop.example:8025' },
    { HAEDAP_MAIL: 'help,help' },
    { HAEDAP_MAIL: 'help,b2b' },
  ];
  for (const it of wrong) expect(() => connectorSettings({ ...env, ...it })).toThrow(/HAEDAP_MAIL/);
});

test('a mail server inside is reached only where the operator allows it, and plain only there', async () => {
  const at = (host: string, tls: 'implicit' | 'none') => ({ host, port: 993, tls, auth: true });
  const closed = { loopback: false, allowed: () => false };
  const lan = { loopback: false, allowed: (address: string) => address.startsWith('10.') };
  expect(await checkedAddress(at('10.1.2.3', 'implicit'), closed)).toBeNull();
  expect(await checkedAddress(at('127.0.0.1', 'implicit'), closed)).toBeNull();
  expect(await checkedAddress(at('10.1.2.3', 'none'), lan)).toBe('10.1.2.3');
  expect(await checkedAddress(at('8.8.8.8', 'none'), lan)).toBeNull();
  expect(await checkedAddress(at('8.8.8.8', 'implicit'), closed)).toBe('8.8.8.8');
});
