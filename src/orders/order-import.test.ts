import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import { orders } from './contract.ts';

let world: World;
let no = 0;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
const ops = orders.operations;
const manager = actorWith('manager');

/** O1 of claims.md under a number of its own. */
function o1(more: object = {}) {
  const lines = [
    { id: 'A', group: 'g1', sku: 'SKU-1', name: '니트', listPrice: 29_900, qty: 1, partner: 'P001' },
    { id: 'B', group: 'g1', sku: 'NEW-2', name: '라벤더 디퓨저', listPrice: 15_000, qty: 2, partner: 'P777' },
    { id: 'C', group: 'g1', sku: 'NEW-3', name: '양말', listPrice: 9_900, qty: 3 },
  ];
  return {
    mall: 'own',
    mallOrderNo: `20261105-${String(++no).padStart(4, '0')}`,
    orderedAt: '2026-11-05T10:00:00+09:00',
    paidAt: '2026-11-05T10:00:10+09:00',
    customer: { name: '제갈나래', phone: '010-0000-4477', email: 'narae@example.com' },
    receiver: {
      name: '남궁가온',
      phone: '010-0000-4499',
      postcode: '00123',
      address: '서울 중구 새길 1',
      memo: '문 앞',
    },
    groups: [{ id: 'g1', baseFee: 3_000, freeThreshold: 50_000, paid: 0, returnFee: 3_000, exchangeFee: 6_000 }],
    lines,
    benefits: [{ id: 'c1', kind: 'ORDER_COUPON', amount: 10_000, lines: ['A', 'B', 'C'] }],
    tenders: [
      { id: 't1', kind: 'POINT', amount: 5_000 },
      { id: 't2', kind: 'CARD', amount: 74_600 },
    ],
    parcels: [
      {
        id: 'p1',
        group: 'g1',
        units: lines.map(({ id, qty }) => ({ line: id, unitNos: Array.from({ length: qty }, (_, i) => i + 1) })),
        carrier: 'kr.cjlogistics',
        trackingNo: `6600770${String(no).padStart(5, '0')}`,
        shippedAt: null as string | null,
        deliveredAt: null as string | null,
        waybillAt: null as string | null,
      },
    ],
    ...more,
  };
}
const bring = (...given: object[]) => world.ask(ops.import, { orders: given as Record<string, unknown>[] }, manager);
const found = (order: { mall: string; mallOrderNo: string }) =>
  world.ask(ops.get, { mall: order.mall, mallOrderNo: order.mallOrderNo }, manager);

test('orders.import: an order is there by each of its keys, with its frozen shares to the won (E1, E2)', async () => {
  const order = o1();
  expect(await bring(order)).toEqual({ created: 1, updated: 0, unchanged: 0, rejected: [] });
  const got = await found(order);
  expect(got).toMatchObject({ authority: 'SELF', stage: 'PAID', total: 79_600, version: 1, receiver: { same: false } });
  expect(got.units.map((unit) => unit.net)).toEqual([26_563, 13_326, 13_326, 8_795, 8_795, 8_795]);
  const shares = got.allocation?.units.map(({ benefits, tenders }) => [benefits.c1, tenders.t1, tenders.t2]);
  expect(shares).toEqual([
    [3_337, 1_669, 24_894],
    [1_674, 837, 12_489],
    [1_674, 837, 12_489],
    [1_105, 553, 8_242],
    [1_105, 552, 8_243],
    [1_105, 552, 8_243],
  ]);
  const no1 = order.parcels[0]!.trackingNo;
  for (const q of [{ q: no1 }, { q: '4477' }, { q: '제갈나' }, { orderNo: order.mallOrderNo }, { q: '벤더 디퓨' }]) {
    const { items } = await world.ask(ops.search, q, manager);
    expect(items.map(({ id }) => id)).toContain(got.id);
  }
});

test('the same import again changes nothing; unknown products and partners are filed for the MD once', async () => {
  const order = o1();
  expect(await bring(order, structuredClone(order))).toMatchObject({ created: 1, unchanged: 1, rejected: [] });
  expect(await bring(order)).toEqual({ created: 0, updated: 0, unchanged: 1, rejected: [] });
  const { read } = world.database;
  const made = await read
    .selectFrom('product')
    .select(['sku', 'needs_review'])
    .where('sku', 'like', 'NEW-%')
    .orderBy('sku')
    .execute();
  expect(made).toEqual([
    { sku: 'NEW-2', needs_review: true },
    { sku: 'NEW-3', needs_review: true },
  ]);
  const partner = await read.selectFrom('partner').select('needs_review').where('code', '=', 'P777').execute();
  expect(partner).toEqual([{ needs_review: true }]);
  const customer = await read.selectFrom('customer').select('id').where('email', '=', 'narae@example.com').execute();
  expect(customer).toHaveLength(1);
});

test('orders.history: newer facts of a known order become its events; a waybill alone is no dispatch; what goes back changes nothing', async () => {
  const order = o1({ paidAt: null });
  await bring(order);
  const parcel = order.parcels[0]!;
  const told = async (facts: object, more: object = {}) =>
    [await bring({ ...order, ...more, parcels: [{ ...parcel, ...facts }] }), (await found(order)).stage] as const;
  const paid = { paidAt: '2026-11-05T11:00:00+09:00' };
  const waybill = { waybillAt: '2026-11-05T15:00:00+09:00' };
  const shipped = { ...waybill, shippedAt: '2026-11-05T19:00:00+09:00' };
  const delivered = { ...shipped, deliveredAt: '2026-11-06T15:00:00+09:00' };
  expect(await told(waybill, paid)).toMatchObject([{ updated: 1 }, 'PREPARING']);
  expect(await told(delivered, paid)).toMatchObject([{ updated: 1 }, 'DELIVERED']);
  expect(await told(shipped, paid)).toMatchObject([{ unchanged: 1 }, 'DELIVERED']);
  expect(await told({})).toMatchObject([{ unchanged: 1 }, 'DELIVERED']);
  expect(await told(delivered, { ...paid, confirmedAt: '2026-11-14T00:00:00+09:00' })).toMatchObject([
    { updated: 1 },
    'CONFIRMED',
  ]);
  const { items } = await world.ask(ops.history, { id: (await found(order)).id }, manager);
  expect(items.map(({ type }) => type)).toEqual([
    'order.imported',
    'order.paid',
    'parcel.waybill',
    'parcel.shipped',
    'parcel.delivered',
    'unit.confirm',
  ]);
});

test('what is wrong is told by its index and path, and the rest is taken', async () => {
  const good = o1();
  const known = o1();
  await bring(known);
  const { created, rejected } = await bring(
    good,
    o1({ tenders: [{ id: 't1', kind: 'CARD', amount: 79_601 }] }),
    o1({ lines: [{ id: 'A', group: 'g1', sku: 'S', listPrice: -1, qty: 1 }] }),
    o1({ mall: 'nowhere' }),
    { ...o1(), mallOrderNo: good.mallOrderNo },
    {
      ...o1(),
      mallOrderNo: known.mallOrderNo,
      lines: o1().lines.slice(0, 1),
      benefits: [],
      tenders: undefined,
      parcels: [],
    },
    { ...o1(), surprise: 1 },
  );
  expect(created).toBe(1);
  expect(rejected.map(({ index, code }) => [index, code])).toEqual([
    [1, 'sum_mismatch'],
    [2, 'amount_out_of_range'],
    [3, 'bad_input'],
    [4, 'bad_input'],
    [5, 'different_order'],
    [6, 'bad_input'],
  ]);
  expect(rejected[2]?.message).toContain('order.mall');
  expect(rejected[5]?.message).toContain('order.surprise');
});

test("the mall's word stands beside ours; one that ends a line ends its pieces, an unknown one changes nothing", async () => {
  const order = o1({ mall: '11st' });
  const said = (rawStatus: string) => ({ ...order, lines: order.lines.map((line) => ({ ...line, rawStatus })) });
  await bring(said('새 상태'));
  expect(await found(order)).toMatchObject({
    authority: 'MALL',
    stage: 'PAID',
    lines: [{ rawStatus: '새 상태', rawStage: null }, {}, {}],
  });
  expect(await bring(said('다른 말'))).toMatchObject({ updated: 1 });
  expect(await found(order)).toMatchObject({ stage: 'PAID', lines: [{ rawStatus: '다른 말' }, {}, {}] });
});

test('a new recipient is taken until the goods leave; one that the order had before is no news', async () => {
  const order = o1();
  await bring(order);
  const other = { ...order, receiver: { ...order.receiver, address: '부산 중구 새길 2' } };
  expect(await bring(other)).toMatchObject({ updated: 1 });
  expect(await bring(order)).toMatchObject({ unchanged: 1 });
  const row = await world.database.read
    .selectFrom('sales_order')
    .select('receiver_address')
    .where('mall_order_no', '=', order.mallOrderNo)
    .executeTakeFirst();
  expect(row?.receiver_address).toBe('부산 중구 새길 2');
});

test('an agent of one mall imports no orders of others', async () => {
  const outside = actorWith('manager', { malls: ['11st'], centres: ['outsourced'] });
  const answer = await world.ask(ops.import, { orders: [o1() as Record<string, unknown>] }, outside);
  expect(answer).toMatchObject({ created: 0, rejected: [{ index: 0, code: 'bad_input' }] });
});

test('orders.recordManualStep and orders.openAdmin: what was done at the mall is on the order, also on one of before events', async () => {
  const step = { order: world.order, verb: 'return.accept', result: 'DONE', note: '판매자센터에서 승인' } as const;
  expect(await world.ask(ops.recordManualStep, step)).toEqual({ seq: 2, version: 2 });
  const { items } = await world.ask(ops.history, { id: world.order }, manager);
  expect(items).toMatchObject([{ type: 'order.imported' }, { verb: 'return.accept', result: 'DONE', note: step.note }]);
  expect(await world.ask(ops.openAdmin, { order: world.order, verb: 'ship' })).toEqual({ url: null });
  const foreign = { order: world.order, verb: 'ship' } as const;
  expect(await world.refused(ops.openAdmin, foreign, world.outside)).toMatchObject({ status: 404 });
});
