import fc from 'fast-check';
import { expect, test } from 'vitest';
import { append, evolve, replay } from './evolve.ts';
import { openBook, type Read, readIncoming } from './incoming.ts';
import { isSameOrder, newsOf } from './news.ts';
import { orderStage } from './order-book.ts';
import { project } from './project.ts';
import { STAGES, TERMINAL_STAGES } from './unit.ts';

const AT = Date.parse('2026-11-05T10:00:00+09:00');
const iso = (ms: number) => new Date(ms).toISOString();

/** Orders with discounts, several tenders and parcels, in amounts where shares are odd. */
const order = fc
  .record({
    lines: fc.array(fc.record({ listPrice: fc.integer({ min: 1, max: 999 }), qty: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    coupon: fc.integer({ min: 0, max: 99 }),
    points: fc.integer({ min: 0, max: 99 }),
    paid: fc.integer({ min: 0, max: 3 }),
    gift: fc.boolean(),
    split: fc.boolean(),
    facts: fc.integer({ min: 0, max: 5 }),
  })
  .map(({ lines, coupon, points, paid, gift, split, facts }) => {
    const rows = lines.map((line, i) => ({ id: 'ABC'[i]!, group: 'g1', sku: `S${i}`, ...line }));
    const goods = rows.reduce((sum, line) => sum + line.listPrice * line.qty, 0);
    const off = Math.min(coupon, goods);
    const rest = goods - off + paid;
    const first = Math.min(points, rest);
    const pieces = rows.flatMap(({ id, qty }) =>
      Array.from({ length: qty }, (_, i) => ({ line: id, unitNos: [i + 1] })),
    );
    const cut = split ? Math.ceil(pieces.length / 2) : pieces.length;
    const times = ['preparedAt', 'waybillAt', 'shippedAt', 'deliveredAt'].slice(0, Math.max(0, facts - 1));
    const parcel = (id: string, units: object[]) => ({
      ...{ id, units, carrier: 'kr.cjlogistics', trackingNo: `65${id}` },
      ...Object.fromEntries(times.map((name, i) => [name, iso(AT + (i + 1) * 3_600_000)])),
    });
    return {
      ...{ mall: 'own', mallOrderNo: 'X-1', orderedAt: iso(AT), paidAt: facts > 0 ? iso(AT + 1000) : null },
      customer: { name: '김서연', phone: '010-0000-1234' },
      ...(gift ? { giftOrder: true, receiver: { name: '이도윤', address: '서울' } } : {}),
      groups: [{ id: 'g1', paid, baseFee: 3, freeThreshold: null, returnFee: 3, exchangeFee: 6 }],
      lines: rows,
      benefits: off > 0 ? [{ id: 'c1', kind: 'ORDER_COUPON', amount: off }] : [],
      tenders: [
        { id: 't1', kind: 'CARD', amount: rest - first },
        { id: 't2', kind: 'POINT', amount: first },
      ],
      parcels: [
        parcel('p1', pieces.slice(0, cut)),
        ...(split && pieces.length > cut ? [parcel('p2', pieces.slice(cut))] : []),
      ],
    };
  });

function read(value: object): Read {
  const { reads, rejected } = readIncoming([value as Record<string, unknown>], new Set(['own']));
  expect(rejected).toEqual([]);
  return reads[0]!;
}

test('replaying what was written gives the very same order, shares and rows, through JSON and back', () => {
  fc.assert(
    fc.property(order, (value) => {
      const came = read(value);
      const { book, events } = openBook(came, 'someone', AT);
      const kept = JSON.parse(JSON.stringify(events));
      const again = replay(kept)!;
      expect(again).toEqual(book);
      expect(again.allocation).toEqual(came.allocation);
      expect(project('id', again)).toEqual(project('id', book));
      expect(again.order.stages).toEqual(came.order.stages);
    }),
    { numRuns: 200 },
  );
});

test('an order that comes bit by bit ends as one that came at once; told again it is no news', () => {
  fc.assert(
    fc.property(order, (value) => {
      const bare = { ...value, paidAt: null, parcels: value.parcels.map(({ id, units }) => ({ id, units })) };
      const { book } = openBook(read(bare), null, AT);
      const news = (from: typeof book) => newsOf(from, { ...read(value), now: AT });
      const later = append(book, news(book), AT).book;
      const atOnce = openBook(read(value), null, AT).book;
      expect(isSameOrder(book, atOnce.order)).toBe(true);
      expect(project('id', { ...later, version: 1 })).toEqual(project('id', atOnce));
      expect(news(later)).toEqual([]);
      expect(newsOf(later, { ...read(bare), now: AT })).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('an event that is not the order’s own moves only the version', () => {
  const [value] = fc.sample(order, { numRuns: 1, seed: 1 });
  const { book } = openBook(read(value!), null, AT);
  const seen = { seq: 2, type: 'return.request', payload: {}, personal: null, at: AT, recordedAt: AT + 1 };
  expect(evolve(book, seen)).toEqual({ ...book, version: 2, updatedAt: AT + 1 });
});

test('an order is as far as its least advanced piece that is not out', () => {
  const stage = fc.constantFrom(...STAGES, ...TERMINAL_STAGES);
  expect(orderStage(['DELIVERED', 'SHIPPED', 'CANCELLED'])).toBe('SHIPPED');
  expect(orderStage(['RETURNED', 'RETURNED'])).toBe('RETURNED');
  expect(orderStage(['RETURNED', 'CANCELLED'])).toBe('CANCELLED');
  fc.assert(
    fc.property(fc.array(stage, { minLength: 1 }), stage, (stages, more) => {
      expect(orderStage([...stages, more])).toBe(orderStage([more, ...stages]));
    }),
  );
});
