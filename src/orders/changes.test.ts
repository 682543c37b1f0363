import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { customers } from '#customers/contract.ts';
import { actorWith } from '#platform/actors.ts';
import type { Input } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { requests } from '#requests/contract.ts';
import { orders } from './contract.ts';
import { checkOrders } from './server/check-orders.ts';

let world: World;
let partner: ReturnType<typeof actorWith>;
let other: ReturnType<typeof actorWith>;
const ops = orders.operations;
const large = newId();
const dear = newId();

beforeAll(async () => {
  world = await testWorld();
  partner = actorWith('partner', { partners: [world.partner] });
  other = actorWith('partner', { partners: [world.otherPartner] });
  await sql`insert into product (id, sku, name, option_text, product_group, inventory_type, partner_id, list_price_krw,
      search_text, search, created_at, updated_at)
    values (${large}, 'SKU-L', '램스울 라운드 니트', '오트밀 / L', '니트·스웨터', 'CONSIGN', ${world.partner}, 29900, '', '', now(), now()),
      (${dear}, 'SKU-XL', '램스울 라운드 니트', '오트밀 / XL', '니트·스웨터', 'CONSIGN', ${world.partner}, 31900, '', '', now(), now())`.execute(
    world.database.write,
  );
});
afterAll(() => world.database.close());

/** Imports order files. */
const boss = actorWith('manager');
let number = 0;
/** A paid order of the own mall, as an import makes it: a knit of the partner and socks of ours. */
async function paidOrder(more: object = {}): Promise<string> {
  const mallOrderNo = `C-${++number}`;
  const at = new Date(Date.now() - 60_000).toISOString();
  const order = {
    ...{ mall: 'own', mallOrderNo, orderedAt: at, paidAt: at },
    customer: { name: '김서연', phone: '010-0000-1234' },
    receiver: { name: '김서연', phone: '010-0000-1234', postcode: '04524', address: '서울 중구 세종대로 110' },
    groups: [{ id: 'g1', baseFee: 3_000, freeThreshold: null, paid: 3_000, returnFee: 3_000, exchangeFee: 6_000 }],
    lines: [
      {
        id: 'A',
        group: 'g1',
        sku: 'SKU-1',
        name: '램스울 라운드 니트',
        listPrice: 29_900,
        qty: 2,
        partner: world.partner,
      },
      { id: 'B', group: 'g1', sku: 'OWN-1', name: '데일리 립 삭스', listPrice: 9_900, qty: 1, inventoryType: 'DIRECT' },
    ],
    tenders: [{ id: 't1', kind: 'CARD', amount: 72_700 }],
    ...more,
  };
  expect(await world.ask(ops.import, { orders: [order] }, boss)).toMatchObject({ created: 1, rejected: [] });
  return (await world.ask(ops.get, { mall: 'own', mallOrderNo })).id;
}
type Wish = Input<typeof ops.change>['wish'];
const change = (order: string, wish: Wish, actor = world.agent) =>
  world.ask(ops.change, { order, wish, wisher: 'customer', reason: '고객 전화' }, actor);
const no = (order: string, wish: Wish, actor = world.agent) =>
  world.refused(ops.change, { order, wish, wisher: 'customer' }, actor);
const line = async (order: string, id = 'A') =>
  (await world.ask(ops.get, { id: order }, world.agent)).lines.find((row) => row.id === id);
const listed = async (order: string, actor = world.agent) => (await world.ask(ops.listChanges, { order }, actor)).items;

/** Own goods only, paid just now: before their cut-off. */
const ownGoods = () =>
  paidOrder({
    paidAt: new Date().toISOString(),
    lines: [
      { id: 'B', group: 'g1', sku: 'OWN-1', name: '데일리 립 삭스', listPrice: 9_900, qty: 1, inventoryType: 'DIRECT' },
    ],
    tenders: [{ id: 't1', kind: 'CARD', amount: 12_900 }],
  });

/** The agent has asked two facts of whoever ordered. */
async function identified(order: string, actor = world.agent) {
  const { customer } = await world.ask(ops.get, { id: order }, actor);
  const said = { speaker: 'orderer' as const, facts: ['name' as const, 'callerNumber' as const] };
  await world.ask(customers.operations.confirmIdentity, { customer: customer.id ?? '', ...said }, actor);
}

test("a customer's new address takes the agent's own identity check; the company's wish and other changes take none", async () => {
  const order = await ownGoods();
  const wish: Wish = { kind: 'RECIPIENT', name: '최하늘' };
  const unasked = { status: 409, code: 'identity_unconfirmed' };
  expect(await no(order, wish)).toEqual(unasked);
  const colleague = actorWith('agent', {}, newId());
  await identified(order, colleague);
  expect(await no(order, wish)).toEqual(unasked);
  await change(order, { kind: 'NOTE', memo: '문 앞' });
  await world.ask(ops.change, { order, wish, wisher: 'company', reason: '오기재 정정' }, world.agent);
  await identified(order);
  await change(order, { kind: 'RECIPIENT', name: '최바다' });
});

test('orders.change: own goods are changed at once; the order, its history and the list of changes tell it', async () => {
  const order = await ownGoods();
  const address = '서울 종로구 종로 1';
  await identified(order);
  expect(await change(order, { kind: 'RECIPIENT', name: '이도윤', postcode: '03154', address })).toMatchObject({
    state: 'DONE',
    needs: [],
    version: 2,
  });
  // Whose address it is stands in the order and in what may be erased, and nowhere in plain besides.
  const { rows } = await sql<{ all: string }>`
    select (select json_agg(a)::text from audit_record a where a.operation = 'orders.change')
      || (select json_agg(o)::text from outbox o where o.subject_id = ${order})
      || (select json_agg(json_build_array(c.before, c.after, c.reason))::text from order_change c where c.order_id = ${order})
      || (select json_agg(e.payload)::text from order_event e where e.order_id = ${order} and e.seq > 1) as all`.execute(
    world.database.read,
  );
  expect(rows[0]?.all).toContain('RECIPIENT');
  expect(rows[0]?.all).not.toMatch(/이도윤|종로 1/);
  await change(order, { kind: 'NOTE', memo: '경비실' });
  await change(order, { kind: 'DATE', on: '2099-03-02' });
  await change(order, { kind: 'HOLD', reason: '함께 배송' });
  const got = await world.ask(ops.get, { id: order }, world.agent);
  expect(got).toMatchObject({ desiredOn: '2099-03-02', hold: { reason: '함께 배송' } });
  expect(got.receiver).toMatchObject({ name: '이*윤', postcode: '03154', address: '서울 종로구 ***', memo: '경비실' });
  await change(order, { kind: 'RELEASE' });
  expect((await world.ask(ops.get, { id: order }, world.agent)).hold).toBe(null);
  expect((await listed(order)).map(({ kind, state }) => [kind, state])).toEqual(
    ['RELEASE', 'HOLD', 'DATE', 'NOTE', 'RECIPIENT'].map((kind) => [kind, 'DONE']),
  );
  expect((await listed(order)).at(-1)).toMatchObject({
    before: { name: '김*연', postcode: '04524' },
    after: { name: '이*윤', postcode: '03154' },
    wisher: 'customer',
    reason: '고객 전화',
    askedBy: world.agent.name,
  });
  const { items } = await world.ask(ops.history, { id: order }, world.agent);
  expect(items.map(({ type }) => type).slice(1)).toEqual([
    ...['receiver.changed', 'receiver.changed', 'dispatch.desired', 'dispatch.held', 'dispatch.released'],
  ]);
});

test('orders.answerChange: consigned goods change with the partner’s yes; a no leaves the order as it was', async () => {
  const order = await paidOrder();
  const asked = await change(order, { kind: 'OPTION', line: 'A', product: large });
  expect(asked).toMatchObject({ state: 'ASKED', needs: [{ who: world.partner, name: '코튼브릿지' }] });
  expect((await line(order))?.sku).toBe('SKU-1');
  expect(await no(order, { kind: 'OPTION', line: 'A', product: large })).toEqual({
    status: 409,
    code: 'change_waiting',
  });
  expect(await world.ask(ops.answerChange, { change: asked.id, yes: true }, partner)).toEqual({ state: 'DONE' });
  expect(await line(order)).toMatchObject({ sku: 'SKU-L', optionText: '오트밀 / L', product: large });
  expect((await listed(order))[0]?.needs).toMatchObject([{ yes: true, byPhone: false, by: partner.name }]);
  expect(await world.refused(ops.answerChange, { change: asked.id, yes: false }, partner)).toEqual({
    status: 409,
    code: 'settled',
  });
  const again = await change(order, { kind: 'NOTE', memo: '경비실' });
  expect(await world.ask(ops.answerChange, { change: again.id, yes: false, note: '포장 끝' })).toEqual({
    state: 'REFUSED',
  });
  expect((await world.ask(ops.get, { id: order }, world.agent)).receiver.memo).toBe(null);
  expect((await listed(order))[0]?.needs).toMatchObject([{ yes: false, byPhone: true, note: '포장 끝' }]);
});

test('orders.withdrawChange, orders.settleLateChanges: nobody is asked any more; goods that left meanwhile cannot be changed by a late yes', async () => {
  const order = await paidOrder();
  const asked = await change(order, { kind: 'HOLD', reason: '고객 요청' });
  expect(await world.ask(ops.withdrawChange, { change: asked.id })).toEqual({ state: 'WITHDRAWN' });
  expect(await world.refused(ops.withdrawChange, { change: asked.id })).toEqual({ status: 409, code: 'settled' });
  const late = await change(order, { kind: 'NOTE', memo: '문 앞' });
  const parcel = { id: 'p1', units: [{ line: 'A', unitNos: [1, 2] }], carrier: 'kr.cjlogistics', trackingNo: '650001' };
  const shippedAt = new Date().toISOString();
  const { mallOrderNo } = await world.ask(ops.get, { id: order }, world.agent);
  await world.ask(
    ops.import,
    {
      orders: [await sameOrder(mallOrderNo, { parcels: [{ ...parcel, waybillAt: shippedAt, shippedAt }] })],
    },
    boss,
  );
  expect(await world.refused(ops.answerChange, { change: late.id, yes: true }, partner)).toEqual({
    status: 409,
    code: 'already_left',
  });
  // What has left cannot be changed: that is refused by itself.
  expect(await world.ask(ops.settleLateChanges, {}, actorWith('admin'))).toEqual({ settled: 1 });
  expect((await listed(order)).find(({ id }) => id === late.id)).toMatchObject({ state: 'REFUSED', settledBy: null });
});

async function sameOrder(mallOrderNo: string, more: object) {
  const at = new Date(Date.now() - 60_000).toISOString();
  return {
    ...{ mall: 'own', mallOrderNo, orderedAt: at, paidAt: at },
    customer: { name: '김서연', phone: '010-0000-1234' },
    groups: [{ id: 'g1', baseFee: 3_000, freeThreshold: null, paid: 3_000, returnFee: 3_000, exchangeFee: 6_000 }],
    lines: [
      { id: 'A', group: 'g1', sku: 'SKU-1', name: '램스울 라운드 니트', listPrice: 29_900, qty: 2 },
      { id: 'B', group: 'g1', sku: 'OWN-1', name: '데일리 립 삭스', listPrice: 9_900, qty: 1 },
    ],
    tenders: [{ id: 't1', kind: 'CARD', amount: 72_700 }],
    ...more,
  };
}

test('orders.changeTerms and orders.previewChange: the same rule as the change; what moves money is refused with its sum', async () => {
  const order = await paidOrder();
  const terms = await world.ask(ops.changeTerms, { order }, world.agent);
  expect(terms).toMatchObject({ refused: null, needs: [{ name: '코튼브릿지' }], version: 1 });
  expect(terms.lines[0]?.options).toMatchObject([
    { product: large, optionText: '오트밀 / L', priceKrw: 29_900, free: null },
    { product: dear, priceKrw: 31_900 },
  ]);
  const wish: Wish = { kind: 'OPTION', line: 'A', product: large };
  expect(await world.ask(ops.previewChange, { order, wish }, world.agent)).toMatchObject({
    before: { sku: 'SKU-1' },
    after: { sku: 'SKU-L' },
    needs: [{ who: world.partner }],
    moneyKrw: 0,
  });
  const refusedAs = (code: string) => ({ status: 409, code });
  expect(await no(order, { kind: 'OPTION', line: 'A', product: dear })).toEqual(refusedAs('price_differs'));
  const fewer = { order, wish: { kind: 'QUANTITY' as const, line: 'A', qty: 1 }, wisher: 'customer' as const };
  const { body } = await world.execute('orders.change', fewer, world.agent);
  expect(body).toMatchObject({ code: 'decrease_is_cancel', facts: { pieces: 1, paidKrw: 29_900 } });
  expect((body as { title: string }).title).toContain('29,900원');
  expect(await no(order, { kind: 'NOTE', memo: '가' }, world.outside)).toEqual({ status: 404, code: 'not_found' });
  const stale = { ...fewer, version: 7, wish: { kind: 'NOTE' as const, memo: '가' } };
  expect(await world.refused(ops.change, stale, world.agent)).toEqual(refusedAs('order_moved'));
});

test('orders.listChanges: a partner sees what asks it, its own answer only, and not why; nobody else’s', async () => {
  const order = await paidOrder();
  await change(order, { kind: 'NOTE', memo: '가' });

  const seen = { kind: 'NOTE', reason: null, after: { memo: '가' }, needs: [{ who: world.partner }] };
  expect(await listed(order, partner)).toMatchObject([seen]);
  expect(await world.refused(ops.listChanges, { order }, other)).toEqual({ status: 404, code: 'not_found' });
  const mine = (await listed(order))[0]?.id ?? '';
  expect(await world.refused(ops.answerChange, { change: mine, yes: true }, other)).toEqual({
    status: 404,
    code: 'not_found',
  });
  await world.ask(ops.answerChange, { change: mine, yes: true }, partner);
  expect((await listed(order, partner))[0]).toMatchObject({ state: 'DONE', before: {}, after: {} });
  expect((await listed(order))[0]?.after).toEqual({ memo: '가' });
});

test('requests.followChange: a change asks the partner by a request; its one-click answer changes the order, an answer elsewhere closes it', async () => {
  const order = await paidOrder();
  await world.withJobs(async () => {
    const first = await change(order, { kind: 'OPTION', line: 'A', product: large });
    const asked = await request(order, 'open');
    expect(asked).toMatchObject({ kind: 'order_change', addressee: { kind: 'partner', name: '코튼브릿지' } });
    expect(asked?.question.note).toContain('오트밀 / L');
    await world.ask(requests.operations.answer, { id: asked!.id, answer: { choice: 'confirmed' } }, partner);
    expect((await line(order))?.sku).toBe('SKU-L');
    expect((await listed(order))[0]).toMatchObject({ id: first.id, state: 'DONE' });
    expect(await world.refused(requests.operations.reopen, { id: asked!.id })).toEqual({
      status: 409,
      code: 'change_settled',
    });
    const second = await change(order, { kind: 'HOLD', reason: '고객 요청' });
    await request(order, 'open');
    await world.ask(ops.answerChange, { change: second.id, yes: true }, world.agent);
    await request(order, 'withdrawn');
    expect((await world.ask(ops.get, { id: order }, world.agent)).hold?.reason).toBe('고객 요청');
  });
});

/** The newest request of an order once it is in this state. */
async function request(order: string, state: string) {
  const read = async () => (await world.ask(requests.operations.list, { view: 'all', order })).items[0];
  await expect.poll(async () => (await read())?.state, { timeout: 20_000, interval: 100 }).toBe(state);
  return read();
}

test('goods of two partners and a packed parcel of ours: all three say yes, each for itself, the last one does it', async () => {
  const waybillAt = new Date().toISOString();
  const order = await paidOrder({
    lines: [
      {
        id: 'A',
        group: 'g1',
        sku: 'SKU-1',
        name: '램스울 라운드 니트',
        listPrice: 29_900,
        qty: 1,
        partner: world.partner,
      },
      { id: 'B', group: 'g1', sku: 'OWN-1', name: '데일리 립 삭스', listPrice: 9_900, qty: 1, inventoryType: 'DIRECT' },
      { id: 'C', group: 'g1', sku: 'SKU-C', name: '울 머플러', listPrice: 19_900, qty: 1, partner: world.otherPartner },
    ],
    tenders: [{ id: 't1', kind: 'CARD', amount: 62_700 }],
    parcels: [
      { id: 'p1', units: [{ line: 'B', unitNos: [1] }], carrier: 'kr.hanjin', trackingNo: '650002', waybillAt },
    ],
  });
  await identified(order);
  const { id, state, needs } = await change(order, { kind: 'RECIPIENT', name: '이도윤' });
  expect(state).toBe('ASKED');
  expect(needs.map(({ who }) => who).toSorted()).toEqual([world.partner, world.otherPartner, 'warehouse'].toSorted());
  const yes = { change: id, yes: true };
  const notAsked = { status: 409, code: 'not_asked' };
  // Of three, the desk has to say whose answer it was; a partner can only answer for itself.
  expect(await world.refused(ops.answerChange, yes, world.agent)).toEqual(notAsked);
  expect(await world.refused(ops.answerChange, { ...yes, who: world.otherPartner }, partner)).toEqual(notAsked);
  expect(await world.ask(ops.answerChange, yes, partner)).toEqual({ state: 'ASKED' });
  expect(await world.refused(ops.answerChange, yes, partner)).toEqual(notAsked);
  const logistics = actorWith('logistics');
  expect(await world.ask(ops.answerChange, { ...yes, who: 'warehouse' }, logistics)).toEqual({ state: 'ASKED' });
  expect((await listed(order, other))[0]?.needs).toMatchObject([{ who: world.otherPartner, yes: null }]);
  expect(await world.ask(ops.answerChange, yes, other)).toEqual({ state: 'DONE' });
  expect((await listed(order))[0]?.needs.map((need) => [need.yes, need.byPhone])).toEqual(Array(3).fill([true, false]));
  expect((await world.ask(ops.get, { id: order }, world.agent)).receiver.name).toBe('이*윤');
});

test('while an order is held nobody is led to ship it, and what leaves all the same is shown', async () => {
  const lines = [
    { id: 'B', group: 'g1', sku: 'OWN-1', name: '데일리 립 삭스', listPrice: 9_900, qty: 1, inventoryType: 'DIRECT' },
  ];
  const tenders = [{ id: 't1', kind: 'CARD', amount: 12_900 }];
  const order = await paidOrder({ lines, tenders });
  await change(order, { kind: 'HOLD', reason: '주소 확인 중' });
  expect(await world.refused(ops.openAdmin, { order, verb: 'ship' }, world.agent)).toMatchObject({ code: 'on_hold' });
  await world.ask(ops.openAdmin, { order, verb: 'addressChange' }, world.agent);
  const get = () => world.ask(ops.get, { id: order }, world.agent);
  const { mallOrderNo, hold } = await get();
  expect(hold).toMatchObject({ reason: '주소 확인 중', broken: [] });
  const packed = { id: 'p1', group: 'g1', units: [{ line: 'B', unitNos: [1] }], carrier: 'kr.cjlogistics' };
  const waybill = { trackingNo: '123456789012', waybillAt: new Date().toISOString() };
  const told = await sameOrder(mallOrderNo, { lines, tenders, parcels: [{ ...packed, ...waybill }] });
  expect(await world.ask(ops.import, { orders: [told] }, boss)).toMatchObject({ updated: 1, rejected: [] });
  expect((await get()).hold).toMatchObject({ broken: ['p1'] });
  await change(order, { kind: 'RELEASE' });
  await world.ask(ops.openAdmin, { order, verb: 'ship' }, world.agent);
});

test('a file that tells a changed order again is the same order, and orders check holds', async () => {
  const order = await paidOrder();
  const asked = await change(order, { kind: 'OPTION', line: 'A', product: large });
  await world.ask(ops.answerChange, { change: asked.id, yes: true }, partner);
  const { mallOrderNo } = await world.ask(ops.get, { id: order }, world.agent);
  expect(await world.ask(ops.import, { orders: [await sameOrder(mallOrderNo, {})] }, boss)).toMatchObject({
    unchanged: 1,
    rejected: [],
  });
  expect((await line(order))?.sku).toBe('SKU-L');
  const { broken, lost, checked } = await checkOrders(world.database.read);
  expect({ broken, lost }).toEqual({ broken: [], lost: 0 });
  expect(checked).toBeGreaterThan(5);
});
