import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import { newId } from '#platform/values.ts';
import { catalogue } from './contract.ts';

let world: World;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());
const ops = catalogue.operations;

test('catalogue.listProducts: by a part of the name, the number, the partner, the kind', async () => {
  const names = async (input: object) => (await world.ask(ops.listProducts, input)).items.map(({ sku }) => sku);
  expect(await names({})).toEqual(['SKU-1']);
  expect(await names({ q: '라운드' })).toEqual(['SKU-1']);
  expect(await names({ q: 'sku1' })).toEqual(['SKU-1']);
  expect(await names({ q: '양말' })).toEqual([]);
  expect(await names({ partner: world.partner, inventoryType: 'CONSIGN' })).toEqual(['SKU-1']);
  expect(await names({ status: 'ended' })).toEqual([]);
});

test('catalogue.getProduct: by id or number', async () => {
  const product = await world.ask(ops.getProduct, { sku: 'SKU-1' });
  expect(product).toMatchObject({ id: world.product, listPrice: 29_900, partner: { name: '코튼브릿지' } });
  expect(await world.ask(ops.getProduct, { id: world.product })).toEqual(product);
  expect(await world.refused(ops.getProduct, { id: newId() })).toEqual({ status: 404, code: 'not_found' });
  expect(await world.refused(ops.getProduct, {})).toEqual({ status: 400, code: 'bad_input' });
});

test('catalogue.listPartners and catalogue.getPartner: with hours and who to call', async () => {
  const { items } = await world.ask(ops.listPartners, { q: '브릿지' });
  expect(items).toMatchObject([{ code: 'P001', businessHours: { open: '09:00', close: '18:00' } }]);
  expect(await world.ask(ops.getPartner, { id: world.partner })).toMatchObject({
    contact: { name: '한담당', phone: '02-0000-1111' },
    products: 1,
  });
});

test('catalogue.contacts: the partner of consigned goods first, with the hotline for who calls, and hours', async () => {
  await world.database.write
    .insertInto('company_contact')
    .values([
      { email: 'md1@example.com', kind: 'md', name: '윤태호', phone: '02-0000-2222', product_groups: ['양말'] },
      { email: 'wh@example.com', kind: 'logistics', name: '한도윤', phone: '02-0000-3333' },
    ])
    .execute();
  const { items } = await world.ask(ops.contacts, { product: world.product });
  expect(items).toMatchObject([
    { kind: 'partner', name: '한담당', company: '코튼브릿지', phone: '02-0000-1111', businessHours: { open: '09:00' } },
    { kind: 'md', name: '윤태호', phone: '02-0000-2222' },
  ]);
  const planner = await world.ask(ops.contacts, { product: world.product }, actorWith('planner'));
  expect(planner.items.map(({ phone }) => phone)).toEqual([null, null]);
  expect(await world.refused(ops.contacts, { product: newId() })).toEqual({ status: 404, code: 'not_found' });
});

test('a partner sees itself only', async () => {
  const partner = actorWith('partner', { partners: [world.otherPartner] });
  expect((await world.ask(ops.listProducts, {}, partner)).items).toEqual([]);
  expect(await world.refused(ops.getProduct, { sku: 'SKU-1' }, partner)).toEqual({ status: 404, code: 'not_found' });
  expect(await world.refused(ops.getPartner, { id: world.partner }, partner)).toEqual({
    status: 404,
    code: 'not_found',
  });
});

test('catalogue.recordStock and catalogue.productFacts: stock with its age, by who may; others are refused', async () => {
  const md = actorWith('md');
  expect(await world.ask(ops.productFacts, { id: world.product })).toEqual({
    stock: null,
    notified: [],
    prices: [],
    promotions: [],
  });
  await world.ask(ops.recordStock, { id: world.product, free: 7, restockOn: '2026-12-03' }, md);
  await world.ask(ops.recordStock, { id: world.product, free: 5, onWay: 100 }, md);
  expect(await world.refused(ops.recordStock, { id: world.product, free: 1 })).toEqual({
    status: 403,
    code: 'not_allowed',
  });
  const { stock } = await world.ask(ops.productFacts, { id: world.product });
  expect(stock).toMatchObject({ free: 5, onWay: 100, restockOn: null });
  expect(await world.refused(ops.recordStock, { id: newId(), free: 1 }, md)).toEqual({
    status: 404,
    code: 'not_found',
  });
  expect(await world.refused(ops.recordStock, { id: world.product, free: -1 }, md)).toEqual({
    status: 400,
    code: 'bad_input',
  });
});

test('catalogue.productFacts: prices and promotions, newest first, those of the last year', async () => {
  await world.database.pool.query(
    `insert into product_price values ($1, now() - interval '200 days', 31900), ($1, now() - interval '20 days', 29900)`,
    [world.product],
  );
  await world.database.pool.query(
    `insert into product_promotion values
       ($1, now() - interval '2 years', 'promotion', '지난 세일', now() - interval '1 year 11 months', '10% 할인', 2900),
       ($1, now() - interval '3 days', 'broadcast', '저녁 라이브 방송', now() - interval '2 days', '무료배송', null)`,
    [world.product],
  );
  const facts = await world.ask(ops.productFacts, { id: world.product });
  expect(facts.prices.map(({ listPrice }) => listPrice)).toEqual([29_900, 31_900]);
  expect(facts.promotions.map(({ name }) => name)).toEqual(['저녁 라이브 방송']);
});
