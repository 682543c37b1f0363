import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import { pause } from '#platform/leader.ts';
import type { Input } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { tickets } from '#tickets/contract.ts';
import { requests } from './contract.ts';

let world: World;
let partner: ReturnType<typeof actorWith>;
let other: ReturnType<typeof actorWith>;
const md = { ...actorWith('md'), email: 'md1@example.com' };
const ops = requests.operations;
const gone = { status: 404, code: 'not_found' };
const refusedAs = (code: string) => ({ status: 409, code });

beforeAll(async () => {
  world = await testWorld();
  partner = actorWith('partner', { partners: [world.partner] });
  other = actorWith('partner', { partners: [world.otherPartner] });
  const db = world.database.write;
  await sql`insert into company_contact (email, kind, name, phone) values ('md1@example.com', 'md', '윤태호', '02-0000-2222')`.execute(
    db,
  );
  await sql`insert into shipping_group (order_id, id, base_fee_krw, paid_krw) values (${world.order}, 'g1', 3000, 3000)`.execute(
    db,
  );
  await sql`insert into order_line (order_id, id, group_id, product_id, sku, name, list_price_krw, qty, inventory_type, partner_id)
    values (${world.order}, 'A', 'g1', ${world.product}, 'SKU-1', '램스울 라운드 니트', 29900, 1, 'CONSIGN', ${world.partner}),
      (${world.order}, 'B', 'g1', ${newId()}, 'SKU-9', '남의 상품', 9900, 1, 'CONSIGN', ${world.otherPartner})`.execute(
    db,
  );
});
afterAll(() => world.database.close());

type Ask = Partial<Input<typeof ops.ask>>;
const ask = async (more: Ask = {}) =>
  (
    await world.ask(ops.ask, {
      kind: 'stock',
      product: world.product,
      order: world.order,
      ticket: world.ticket,
      ...more,
    })
  ).id;
const get = (id: string, actor = world.agent) => world.ask(ops.get, { id }, actor);

test('requests.ask: goes to the right contact, due in its business hours; requests.terms said so before', async () => {
  const { items } = await world.ask(ops.terms, { product: world.product, kind: 'stock' });
  expect(items.map(({ kind, name }) => [kind, name])).toEqual([
    ['partner', '코튼브릿지'],
    ['md', '윤태호'],
  ]);
  const request = await get(await ask({ question: { qty: 2, note: '교환 재고 있나요?' } }));
  expect(request).toMatchObject({
    state: 'open',
    addressee: { kind: 'partner', name: '코튼브릿지' },
    overdue: false,
    question: { qty: 2 },
  });
  expect(request.dueAt.getTime()).toBeGreaterThan(Date.now());
  expect(request.thread).toMatchObject([{ kind: 'asked', side: 'agent', text: '교환 재고 있나요?' }]);
});

test('requests.ask: refuses fields that the kind lacks, goods that the order lacks, contacts that are not there, foreign records', async () => {
  const input = { kind: 'stock' as const, product: world.product, order: world.order };
  expect(await world.refused(ops.ask, { ...input, question: { symptom: '터짐' } })).toEqual(refusedAs('field_unknown'));
  expect(await world.refused(ops.ask, { ...input, kind: 'question' })).toEqual(refusedAs('field_missing'));
  expect(await world.refused(ops.ask, { ...input, to: 'logistics' })).toEqual(refusedAs('no_contact'));
  expect(await world.refused(ops.ask, { ...input, order: world.strangeOrder })).toEqual(refusedAs('not_in_order'));
  expect(await world.refused(ops.ask, input, world.outside)).toEqual(gone);
});

test('requests.answer: the partner answers, the asker sees it as new until requests.see; requests.count counts both sides', async () => {
  const before = await world.ask(ops.count, {}, partner);
  const id = await ask();
  expect((await world.ask(ops.count, {}, partner)).todo).toBe(before.todo + 1);
  expect(await world.refused(ops.answer, { id, answer: { choice: 'defect' } }, partner)).toEqual(
    refusedAs('choice_unknown'),
  );
  expect(await world.refused(ops.answer, { id, answer: { choice: 'restocked' } }, partner)).toEqual(
    refusedAs('field_missing'),
  );
  await world.ask(ops.answer, { id, answer: { choice: 'restocked', qty: 5, on: '2026-12-01' } }, partner);
  expect(await get(id)).toMatchObject({
    state: 'answered',
    answer: { qty: 5 },
    answeredBy: { byPhone: false },
    unseen: true,
  });
  expect((await world.ask(ops.count, {})).unseen).toBe(1);
  expect(await world.ask(ops.see, { id })).toEqual({ seen: true });
  expect((await world.ask(ops.count, {})).unseen).toBe(0);
  expect(await world.refused(ops.answer, { id, answer: { choice: 'in_stock' } }, partner)).toEqual(
    refusedAs('not_open'),
  );
});

test('requests.answer by the desk is what was said on the phone; a stale version is refused', async () => {
  const id = await ask();
  const { version } = await get(id);
  expect(await world.refused(ops.answer, { id, version: version + 1, answer: { choice: 'in_stock' } })).toEqual(
    refusedAs('stale_version'),
  );
  await world.ask(ops.answer, { id, version, answer: { choice: 'in_stock' } });
  expect(await get(id)).toMatchObject({ answeredBy: { byPhone: true }, unseen: false });
});

test('requests.say, requests.askAgain, requests.withdraw and requests.reopen stand in the thread in their order', async () => {
  const id = await ask();
  await world.ask(ops.say, { id, text: '확인 중입니다' }, partner);
  await world.ask(ops.askAgain, { id, text: '급합니다' });
  expect((await get(id)).timesAsked).toBe(2);
  expect(await world.refused(ops.reopen, { id })).toEqual(refusedAs('already_open'));
  await world.ask(ops.withdraw, { id });
  expect(await world.refused(ops.askAgain, { id })).toEqual(refusedAs('not_open'));
  await world.ask(ops.reopen, { id });
  const { thread } = await get(id);
  expect(thread.map(({ kind, side }) => `${kind} ${side}`)).toEqual([
    'asked agent',
    'said partner',
    'asked_again agent',
    'withdrawn agent',
    'reopened agent',
  ]);
});

test('requests.reassign: a partner that is not asked any more sees nothing, one asked anew nothing of before', async () => {
  const id = await ask();
  expect(await world.refused(ops.reassign, { id, to: 'partner' })).toEqual(refusedAs('same_contact'));
  await world.ask(ops.reassign, { id, to: 'md' });
  expect(await world.refused(ops.get, { id }, partner)).toEqual(gone);
  await world.ask(ops.say, { id, text: '협력사에 비밀로 합시다' }, md);
  await world.ask(ops.reassign, { id, to: 'partner' });
  const { thread } = await get(id, partner);
  expect(thread.map(({ kind }) => kind)).toEqual(['reassigned']);
});

test('requests.checkDue: reminds at half time, tells what is overdue, and brings it to the MD', async () => {
  const [half, late] = [await ask(), await ask()];
  const past = sql`now() - interval '1 minute'`;
  await sql`update partner_request set remind_at = ${past} where id = ${half}`.execute(world.database.write);
  await sql`update partner_request set remind_at = ${past}, due_at = ${past} where id = ${late}`.execute(
    world.database.write,
  );
  expect(await world.ask(ops.checkDue, {}, actorWith('admin'))).toEqual({ reminded: 1, overdue: 1, escalated: 1 });
  expect(await world.ask(ops.checkDue, {}, actorWith('admin'))).toEqual({ reminded: 0, overdue: 0, escalated: 0 });
  expect(await get(late, md)).toMatchObject({ overdue: true, escalated: true, escalatedTo: 'md1@example.com' });
  const todo = await world.ask(ops.list, { view: 'todo' }, md);
  expect(todo.items.map(({ id }) => id)).toContain(late);
  const overdue = await world.ask(ops.list, { view: 'overdue' });
  expect(overdue.items.map(({ id }) => id)).toEqual([late]);
});

test('another partner and another centre see nothing of a request; requests.list of its own is due first', async () => {
  const id = await ask();
  for (const actor of [other, world.outside]) {
    expect(await world.refused(ops.get, { id }, actor)).toEqual(gone);
    expect((await world.ask(ops.list, {}, actor)).items).toEqual([]);
  }
  const dues = (await world.ask(ops.list, { view: 'todo' }, partner)).items.map(({ dueAt }) => dueAt.getTime());
  expect(dues).toEqual(dues.toSorted((a, b) => a - b));
});

test('requests.get: a partner sees its own lines of the order only, and requests.showRecipient only until they have arrived', async () => {
  const { orderAsked } = await get(await ask(), partner);
  expect(orderAsked?.lines.map(({ name }) => name)).toEqual(['램스울 라운드 니트']);
  expect(orderAsked).toMatchObject({ toDeliver: true, receiver: { name: '김*연', phone: '010-****-1234' } });
  expect(await world.ask(ops.showRecipient, { order: world.order }, partner)).toMatchObject({
    name: '김서연',
    phone: '010-0000-1234',
  });
  await sql`update sales_order set stage = 'DELIVERED' where id = ${world.order}`.execute(world.database.write);
  expect(await world.refused(ops.showRecipient, { order: world.order }, partner)).toEqual(
    refusedAs('nothing_to_deliver'),
  );
  expect(await world.refused(ops.showRecipient, { order: world.strangeOrder }, partner)).toEqual(gone);
});

test('requests.tellCase, tickets.tellThread: what was asked and answered stands on the case, once; only its own partner sees the talk', async () => {
  const on = async (actor?: typeof partner) =>
    (await world.ask(tickets.operations.get, { id: world.ticket }, actor)).messages.filter(({ text }) =>
      text.startsWith('[하자 판정]'),
    );
  const ticketPartner = actorWith('partner', { partners: [world.partner] });
  await sql`update ticket set partner_id = ${world.partner} where id = ${world.ticket}`.execute(world.database.write);
  await world.withJobs(async () => {
    const id = await ask({ kind: 'defect_verdict', question: { symptom: '올 풀림' } });
    await world.ask(ops.answer, { id, answer: { choice: 'after_collection' } }, partner);
    for (let wait = 0; wait < 200 && (await on()).length < 2; wait++) await pause(50, new AbortController().signal);
    expect((await on()).map(({ kind, text }) => [kind, text])).toEqual([
      ['partner', '[하자 판정] 코튼브릿지에 물음 · 증상 올 풀림'],
      ['partner', '[하자 판정] 답: 회수 후 판정'],
    ]);
    expect(await on(ticketPartner)).toHaveLength(2);
    expect(await world.ask(ops.tellCase, { id }, actorWith('admin'))).toEqual({ told: 0 });
    await sql`update ticket set partner_id = ${world.otherPartner} where id = ${world.ticket}`.execute(
      world.database.write,
    );
    const more = await ask({ kind: 'defect_verdict' });
    for (let wait = 0; wait < 200 && (await on()).length < 3; wait++) await pause(50, new AbortController().signal);
    expect((await on()).at(-1)).toMatchObject({ kind: 'note' });
    await world.ask(ops.withdraw, { id: more });
  });
});
