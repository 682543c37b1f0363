import { expect, test } from 'vitest';
import { computed, type SetUp, stateOf } from './readiness.ts';

const NOW = new Date('2026-11-25T12:00:00+09:00');
const READY: SetUp = {
  ...{
    link: 'orders',
    adminUrl: 'https://x.example.com',
    manuals: 17,
    manualsMissing: [],
    generalLine: '02-0000-3002',
  },
  ...{
    contacts: ['seller_support', 'carrier'],
    agents: 4,
    leads: 1,
    lastOrderAt: new Date('2026-11-25T09:00:00+09:00'),
  },
  goods: { all: 12, unreviewed: 0, CONSIGN: 8, DIRECT: 3, FULFIL: 1, withoutContact: 0 },
};
const lacking = (more: Partial<SetUp>) => computed({ ...READY, ...more }, NOW).filter(({ ok }) => !ok);

test('a mall that has everything lacks nothing, and each item says what it rests on', () => {
  const found = computed(READY, NOW);
  expect(found.filter(({ ok }) => !ok)).toEqual([]);
  expect(found.every(({ says }) => says.ko !== '' && says.en !== '')).toBe(true);
  expect(found.find(({ item }) => item === 'inventory')?.says.ko).toBe('위탁 8 · 직매입 3 · 물류 1, 담당 모두 있음');
});

test('each hole alone is found, in the item that it belongs to, with its reason', () => {
  const goods = READY.goods;
  const holes: [Partial<SetUp>, string[], RegExp][] = [
    [{ adminUrl: null }, ['link'], /관리자 주소가 없어/],
    [{ manualsMissing: ['return.accept', 'ship'] }, ['manuals'], /2가지/],
    [{ generalLine: null }, ['line'], /일반 회선/],
    [{ contacts: ['seller_support', 'md'] }, ['contacts'], /계약 택배사 없음/],
    [{ agents: 0 }, ['people'], /상담사가 없습니다/],
    [{ leads: 0 }, ['people'], /파트장·관리자가 없습니다/],
    [{ lastOrderAt: new Date('2026-10-20T09:00:00+09:00') }, ['orders'], /36일 동안/],
    [{ goods: { ...goods, unreviewed: 2 } }, ['goods'], /12개 가운데 2개/],
    [{ goods: { ...goods, withoutContact: 3 } }, ['inventory'], /3개에 맞는 담당/],
    [{ lastOrderAt: null, goods: { ...goods, all: 0 } }, ['orders', 'goods', 'inventory'], /들어온 주문이 없습니다/],
  ];
  for (const [hole, items, why] of holes) {
    const found = lacking(hole);
    expect(found.map(({ item }) => item)).toEqual(items);
    expect(found[0]?.says.ko).toMatch(why);
  }
});

test('a fully linked mall needs no admin address; missing manuals are named', () => {
  expect(lacking({ link: 'full', adminUrl: null })).toEqual([]);
  expect(lacking({ manualsMissing: ['return.accept'] })).toMatchObject([{ missing: ['return.accept'] }]);
});

test('an order of thirty days ago still counts, one of thirty-one does not', () => {
  const before = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
  expect(lacking({ lastOrderAt: before(30) })).toEqual([]);
  expect(lacking({ lastOrderAt: before(31) })).toMatchObject([{ item: 'orders' }]);
});

test('a mall is opened by a person and stays open when something falls away, but says so', () => {
  expect([stateOf(1, false), stateOf(0, false), stateOf(0, true), stateOf(2, true)]).toEqual([
    ...['preparing', 'ready', 'open', 'open_lacking'],
  ]);
});
