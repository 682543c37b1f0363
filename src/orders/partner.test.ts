import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith, SYSTEM } from '#platform/actors.ts';
import { orders } from './contract.ts';

const ops = orders.operations;
let world: World;
let partner: ReturnType<typeof actorWith>;
let other: ReturnType<typeof actorWith>;
let id: string;

/** One order with goods of two partners: ours has gone out, the other's has arrived. */
beforeAll(async () => {
  world = await testWorld();
  partner = actorWith('partner', { partners: [world.partner] });
  other = actorWith('partner', { partners: [world.otherPartner] });
  const unit = (line: string) => [{ line, unitNos: [1] }];
  const line = { group: 'g1', qty: 1, listPrice: 10_000, inventoryType: 'CONSIGN' };
  const sent = { group: 'g1', carrier: 'kr.cjlogistics', shippedAt: '2026-11-02T10:00:00+09:00' };
  const order = {
    ...{ mall: 'own', mallOrderNo: 'TWO-PARTNERS-1', authority: 'SELF' },
    ...{ orderedAt: '2026-11-01T10:00:00+09:00', paidAt: '2026-11-01T10:00:10+09:00' },
    customer: { name: '주문희', phone: '010-7777-1212', email: 'gift@example.com' },
    receiver: { name: '받을래', phone: '010-8888-3434', postcode: '04524', address: '서울 중구 세종대로 110' },
    groups: [{ id: 'g1', baseFee: 0, freeThreshold: 0, paid: 0, returnFee: 3_000, exchangeFee: 6_000 }],
    lines: [
      { id: 'A', sku: 'OURS-1', name: '우리니트', partner: world.partner, ...line },
      { id: 'B', sku: 'THEIRS-1', name: '남의양말', partner: world.otherPartner, ...line },
    ],
    tenders: [{ id: 't1', kind: 'CARD', amount: 20_000 }],
    parcels: [
      { id: 'p1', units: unit('A'), trackingNo: '111122223333', ...sent },
      { id: 'p2', units: unit('B'), trackingNo: '555566667777', ...sent, deliveredAt: '2026-11-03T10:00:00+09:00' },
    ],
  };
  await world.ask(ops.import, { orders: [order] } as never, SYSTEM);
  const { items } = await world.ask(ops.search, { orderNo: 'TWO-PARTNERS-1' });
  id = items[0]!.id;
  await world.database.write
    .updateTable('sales_order')
    .set({ note: '상담사끼리 보는 메모', raw_status: '몰의 말', hold_reason: '고객이 화남', held_at: new Date() })
    .where('id', '=', id)
    .execute();
});
afterAll(() => world.database.close());

test('orders.get: a partner is told who gets its goods and nothing of who ordered, what was paid or noted', async () => {
  const seen = await world.ask(ops.get, { id }, partner);
  expect(seen).toMatchObject({
    customer: { id: null, name: null },
    orderer: null,
    receiver: { name: '받*래', phone: '010-****-3434', postcode: '04524', same: null },
    ...{ memo: null, rawStatus: null, total: null, tenders: [], benefits: [], groups: [], allocation: null },
    hold: { reason: null },
  });
  const told = JSON.stringify(seen);
  const words = ['주*희', '1212', 'gift@', '메모', '화남', '남의', 'THEIRS', '555566667777'];
  expect(words.filter((word) => told.includes(word))).toEqual([]);
});

test('orders.get: once its own goods have arrived, a partner is told no address and no phone', async () => {
  expect(await world.ask(ops.get, { id }, other)).toMatchObject({
    receiver: { name: '받*래', phone: null, phone2: null, postcode: null, address: null, memo: null },
  });
});

test('orders.get, list and search: the stage a partner sees is that of its own lines', async () => {
  expect((await world.ask(ops.get, { id }, partner)).stage).toBe('SHIPPED');
  expect((await world.ask(ops.get, { id }, other)).stage).toBe('DELIVERED');
  const listed = async (stage: 'SHIPPED' | 'DELIVERED', actor = partner) =>
    (await world.ask(ops.list, { stage }, actor)).items.some((row) => row.id === id);
  expect([await listed('SHIPPED'), await listed('DELIVERED')]).toEqual([true, false]);
  expect([await listed('SHIPPED', other), await listed('DELIVERED', other)]).toEqual([false, true]);
  const found = await world.ask(ops.search, { q: 'TWO-PARTNERS' }, other);
  expect(found.items.map(({ stage }) => stage)).toEqual(['DELIVERED']);
  expect((await world.ask(ops.search, { q: 'TWO-PARTNERS', stage: 'SHIPPED' }, other)).items).toEqual([]);
});

test.each([
  ['우리니트', true],
  ['111122223333', true],
  ['2222', true],
  ['받을래', true],
  ['3434', true],
  ['TWO-PARTNERS-1', true],
  ['남의양말', false],
  ['남의', false],
  ['555566667777', false],
  ['5555', false],
  ['주문희', false],
  ['ㅈㅁㅎ', false],
  ['1212', false],
  ['01077771212', false],
])('orders.search: a partner that types %s finds the order: %s', async (q, found) => {
  const { items } = await world.ask(ops.search, { q }, partner);
  expect(items.some((row) => row.id === id)).toBe(found);
  expect((await world.ask(ops.search, { q })).items.some((row) => row.id === id)).toBe(true);
});

test('orders.search: no second term probes what the first may not', async () => {
  const find = async (input: object) => (await world.ask(ops.search, input, partner)).items.length;
  expect(await find({ orderNo: 'TWO-PARTNERS-1', phone: '01088883434' })).toBe(1);
  expect(await find({ orderNo: 'TWO-PARTNERS-1', phone: '01077771212' })).toBe(0);
  expect(await find({ q: '우리니트', trackingNo: '555566667777' })).toBe(0);
  expect(await find({ trackingNo: '555566667777' })).toBe(0);
});
