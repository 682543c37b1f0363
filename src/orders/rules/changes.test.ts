import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '#platform/operation.ts';
import { changeDeadline, nextCutoff } from './change-deadline.ts';
import { answered, asked, stillAsked, WAREHOUSE } from './change-state.ts';
import { eventOfChange } from './change-told.ts';
import type { Ground, Judged, Wish } from './change-wish.ts';
import { judgeChange } from './changes.ts';
import { append, replay } from './evolve.ts';
import { openBook, readIncoming } from './incoming.ts';
import { isSameOrder, newsOf } from './news.ts';
import type { OrderBook } from './order-book.ts';
import { project } from './project.ts';

const at = (text: string) => Date.parse(`${text}+09:00`);
/** A Tuesday, in the morning. */
const PAID = at('2026-11-24T10:00:00');
const PARTNER = '01900000-0000-7000-8000-000000000001';
const address = '서울 중구 세종대로 110';

const given = {
  ...{ mall: 'own', mallOrderNo: 'X-1', orderedAt: new Date(PAID).toISOString(), paidAt: new Date(PAID).toISOString() },
  customer: { name: '김서연', phone: '010-0000-1234' },
  receiver: { name: '김서연', phone: '010-0000-1234', postcode: '04524', address, memo: '문 앞' },
  groups: [{ id: 'g1', paid: 3_000, baseFee: 3_000, freeThreshold: null, returnFee: 3_000, exchangeFee: 6_000 }],
  lines: [
    {
      id: 'A',
      group: 'g1',
      sku: 'S1',
      name: '니트',
      listPrice: 29_900,
      qty: 2,
      inventoryType: 'CONSIGN',
      partner: PARTNER,
    },
    { id: 'B', group: 'g1', sku: 'S2', name: '양말', listPrice: 9_900, qty: 1, inventoryType: 'DIRECT' },
  ],
  benefits: [{ id: 'c1', kind: 'ORDER_COUPON', amount: 703 }],
  tenders: [{ id: 't1', kind: 'CARD', amount: 71_997 }],
  parcels: [
    { id: 'p1', units: [{ line: 'A', unitNos: [1, 2] }] },
    { id: 'p2', units: [{ line: 'B', unitNos: [1] }] },
  ],
};

const came = (more: object = {}): OrderBook => {
  const { reads, rejected } = readIncoming([{ ...given, ...more }], new Set(['own']));
  expect(rejected).toEqual([]);
  return openBook(reads[0]!, null, PAID).book;
};
const fact = (type: string, parcel: string, when = PAID) => ({ type, at: when, payload: { parcel }, personal: null });
const moved = (book: OrderBook, ...facts: ReturnType<typeof fact>[]) => append(book, facts, PAID).book;

const options = [
  { product: 'L', sku: 'S1-L', optionText: 'L', priceKrw: 29_900, free: 5 },
  { product: 'XL', sku: 'S1-XL', optionText: 'XL', priceKrw: 31_900, free: 5 },
  { product: 'M', sku: 'S1-M', optionText: 'M', priceKrw: 29_900, free: null },
  { product: 'S', sku: 'S1-S', optionText: 'S', priceKrw: 29_900, free: 1 },
];
const ground = (book: OrderBook, now = PAID + 60_000, more: Partial<Ground> = {}): Ground => ({
  ...{ book, options, waiting: [], now },
  cutoffs: { warehouse: '14:00', partners: { [PARTNER]: '13:00' } },
  ...more,
});
const judge = (book: OrderBook, wish: Wish, now?: number, more?: Partial<Ground>) =>
  judgeChange(ground(book, now, more), wish);
const allowed = (...input: Parameters<typeof judge>): Judged => {
  const judged = judge(...input);
  if (judged instanceof Refusal) throw new Error(judged.code);
  return judged;
};
const code = (judged: ReturnType<typeof judge>) => (judged instanceof Refusal ? [judged.code, judged.facts] : null);

const note: Wish = { kind: 'NOTE', memo: '경비실' };

test('the partner says yes to a change of its goods; our own are changed at once until the cut-off', () => {
  expect(allowed(came(), { kind: 'OPTION', line: 'A', product: 'L' }).needs).toEqual([PARTNER]);
  expect(allowed(came(), note)).toMatchObject({
    needs: [PARTNER],
    late: false,
    before: { memo: '문 앞' },
    after: { memo: '경비실' },
  });
  const own = came({
    lines: [given.lines[1]],
    parcels: [],
    benefits: [],
    tenders: [{ id: 't1', kind: 'CARD', amount: 12_900 }],
  });
  expect(allowed(own, note)).toMatchObject({ needs: [], deadlineAt: at('2026-11-24T14:00:00') });
  expect(allowed(own, note, at('2026-11-24T14:00:01'))).toMatchObject({ needs: [WAREHOUSE], late: true });
});

test('a waybill without a scan is not dispatch: whoever packs is asked; a scan ends it', () => {
  const packed = moved(came(), fact('parcel.waybill', 'p2'));
  expect(allowed(packed, note)).toMatchObject({ needs: [PARTNER, WAREHOUSE].toSorted(), late: true });
  const left = moved(packed, fact('parcel.shipped', 'p2'));
  expect(code(judge(left, note))).toEqual(['already_left', { pieces: 1 }]);
  expect(allowed(left, { kind: 'HOLD', reason: '고객 요청' }).needs).toEqual([PARTNER]);
  expect(allowed(left, { kind: 'OPTION', line: 'A', product: 'L' }).needs).toEqual([PARTNER]);
});

test('what has left altogether or is out of the order is changed no more; the pieces that are in it still are', () => {
  const gone = moved(came(), fact('parcel.shipped', 'p1'), fact('parcel.shipped', 'p2'));
  expect(code(judge(gone, { kind: 'HOLD', reason: '고객 요청' }))).toEqual(['already_left', { pieces: 3 }]);
  const out = (lines: object) => ({ type: 'mall.status', at: PAID, payload: { out: lines }, personal: null });
  const half = append(came(), [out({ A: 'CANCELLED' })], PAID).book;
  expect(allowed(half, note).needs).toEqual([]);
  expect(code(judge(half, { kind: 'OPTION', line: 'A', product: 'L' }))).toEqual(['over', {}]);
  const all = append(half, [out({ B: 'CANCELLED' })], PAID).book;
  expect(code(judge(all, note))).toEqual(['over', {}]);
});

test('the end of a hold asks nobody, and the goods wait for the next cut-off from then on', () => {
  const change = { id: 'c', line: null };
  const held = append(
    came(),
    [eventOfChange(came(), { ...change, kind: 'HOLD', after: { held: '여행' } }, PAID)],
    PAID,
  ).book;
  const later = at('2026-11-26T13:30:00');
  expect(allowed(held, { kind: 'RELEASE' }, later)).toMatchObject({
    needs: [],
    deadlineAt: null,
    before: { held: '여행' },
  });
  const free = append(
    held,
    [eventOfChange(held, { ...change, kind: 'RELEASE', after: { held: null } }, later)],
    later,
  ).book;
  expect(allowed(free, { kind: 'OPTION', line: 'A', product: 'L' }, later + 1)).toMatchObject({
    deadlineAt: at('2026-11-27T13:00:00'),
    late: false,
  });
});

test('before the payment nobody is asked and nothing has a deadline', () => {
  expect(allowed(came({ paidAt: null }), note)).toMatchObject({ needs: [], deadlineAt: null, late: false });
});

test('what would move money is refused with the sum, and with what is possible instead', () => {
  const wish = (qty: number): Wish => ({ kind: 'QUANTITY', line: 'A', qty });
  const { allocation } = came();
  expect(allocation.units[1]!.net).not.toBe(allocation.units[0]!.net);
  expect(code(judge(came(), wish(1)))).toEqual([
    'decrease_is_cancel',
    { pieces: 1, paidKrw: allocation.units[1]!.net },
  ]);
  expect(code(judge(came(), wish(3)))).toEqual(['increase_is_new_order', { pieces: 1 }]);
  expect(code(judge(came(), { kind: 'OPTION', line: 'A', product: 'XL' }))).toEqual([
    'price_differs',
    { fromKrw: 29_900, toKrw: 31_900 },
  ]);
  const jeju: Wish = { kind: 'RECIPIENT', postcode: '63122', address: '제주 제주시 문연로 6' };
  expect(code(judge(came(), jeju))).toEqual(['remote_fee_due', {}]);
  expect(allowed(came(), { ...jeju, waiveRemoteFee: true }).remoteFeeWaived).toBe(true);
  const there = { ...given.groups[0], remotePaid: 3_000 };
  const inJeju = came({
    groups: [there],
    tenders: [{ id: 't1', kind: 'CARD', amount: 74_997 }],
    receiver: { ...given.receiver, postcode: '63122', address: '제주 제주시 문연로 6' },
  });
  expect(code(judge(inJeju, { kind: 'RECIPIENT', postcode: '04524', address }))).toEqual([
    'remote_fee_paid',
    { paidKrw: 3_000 },
  ]);
});

test('what cannot be is told: other malls, stock, masked values, nothing new, days too early, the same asked twice', () => {
  expect(code(judge(came({ authority: 'MALL' }), note))).toEqual(['at_mall', { mall: 'own' }]);
  expect(code(judge(came(), { kind: 'OPTION', line: 'A', product: 'S' }))).toEqual(['out_of_stock', { free: 1 }]);
  expect(code(judge(came(), { kind: 'OPTION', line: 'Z', product: 'S' }))).toEqual(['no_such_line', {}]);
  expect(code(judge(came(), { kind: 'RECIPIENT', phone: '010-****-1234' }))).toEqual([
    'masked_value',
    { field: 'phone' },
  ]);
  expect(code(judge(came(), { kind: 'RECIPIENT', name: '김서연' }))).toEqual(['nothing_changes', {}]);
  expect(code(judge(came(), { kind: 'DATE', on: '2026-11-24' }))).toEqual([
    'date_too_early',
    { earliest: '2026-11-25' },
  ]);
  expect(code(judge(came(), { kind: 'RELEASE' }))).toEqual(['not_held', {}]);
  const waiting = [{ kind: 'NOTE', line: null }];
  expect(code(judge(came(), note, undefined, { waiting }))).toEqual(['change_waiting', {}]);
});

test('another address takes its own postcode: the old one would send the parcel to the old place', () => {
  expect(allowed(came(), { kind: 'RECIPIENT', address: '서울 종로구 종로 1' }).after).toEqual({
    address: '서울 종로구 종로 1',
    postcode: null,
  });
});

test('the cut-off is on a business day; a desired day moves it to the business day before that day; a hold has none', () => {
  expect(nextCutoff(at('2026-11-27T14:00:01'), '14:00')).toBe(at('2026-11-30T14:00:00'));
  const paid = { paidAt: PAID, releasedAt: null, held: false, desiredOn: null };
  expect(changeDeadline(paid, '13:00')).toBe(at('2026-11-24T13:00:00'));
  expect(changeDeadline({ ...paid, desiredOn: '2026-12-07' }, '13:00')).toBe(at('2026-12-04T13:00:00'));
  expect(changeDeadline({ ...paid, held: true }, '13:00')).toBe(null);
  expect(changeDeadline({ ...paid, releasedAt: at('2026-11-25T15:00:00') }, '13:00')).toBe(at('2026-11-26T13:00:00'));
});

const wishes = fc.oneof(
  fc.record({ kind: fc.constant('NOTE' as const), memo: fc.constantFrom('가', '나', null) }),
  fc.record({
    kind: fc.constant('RECIPIENT' as const),
    name: fc.constantFrom('이도윤', '박하늘'),
    phone: fc.constantFrom('010-1', undefined),
  }),
  fc.record({
    kind: fc.constant('OPTION' as const),
    line: fc.constantFrom('A', 'B'),
    product: fc.constantFrom('L', 'M', 'S', 'XL'),
  }),
  fc.record({ kind: fc.constant('DATE' as const), on: fc.constantFrom('2026-12-01', '2026-12-07', null) }),
  fc.record({ kind: fc.constant('HOLD' as const), reason: fc.constantFrom('가', '나') }),
  fc.constant({ kind: 'RELEASE' as const }),
);
const step = fc.oneof(
  { weight: 6, arbitrary: wishes.map((wish) => ({ wish })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('parcel.prepared', 'parcel.waybill', 'parcel.shipped')
      .chain((type) => fc.constantFrom('p1', 'p2').map((parcel) => ({ fact: fact(type, parcel) }))),
  },
);

test('whatever is changed in whatever order: money stays, replay gives the same, an import told again is no news', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const first = came();
      const opened = openBook(readIncoming([given], new Set(['own'])).reads[0]!, null, PAID);
      const events = [...opened.events];
      let book = opened.book;
      for (const one of steps) {
        const judged = 'wish' in one ? judge(book, one.wish) : null;
        if (judged instanceof Refusal) continue;
        const line = 'wish' in one && 'line' in one.wish ? one.wish.line : null;
        const news =
          'wish' in one
            ? eventOfChange(book, { id: 'c', kind: one.wish.kind, line, after: judged!.after }, PAID)
            : one.fact;
        const after = append(book, [news], PAID);
        // What was said to change is what changed.
        if (judged) expect(told(after.book, judged.after, line)).toEqual(judged.after);
        events.push(...after.events);
        book = after.book;
      }
      const again = replay(JSON.parse(JSON.stringify(events)))!;
      expect(project('id', again)).toEqual(project('id', book));
      expect(book.allocation).toEqual(first.allocation);
      expect(book.order.tenders).toEqual(first.order.tenders);
      const incoming = readIncoming([given], new Set(['own'])).reads[0]!;
      expect(isSameOrder(book, incoming.order)).toBe(true);
      expect(newsOf(book, { ...incoming, now: PAID })).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

function told(book: OrderBook, after: Judged['after'], line: string | null) {
  const row = book.order.lines.find(({ id }) => id === line);
  const all: Record<string, unknown> = {
    ...row,
    ...book.order.receiver,
    on: book.desiredOn,
    held: book.hold?.reason ?? null,
  };
  return Object.fromEntries(Object.keys(after).map((key) => [key, all[key]]));
}

test('a change is done with the last yes, refused with the first no, and answered by nobody twice', () => {
  const needs = fc.uniqueArray(fc.constantFrom('p1', 'p2', WAREHOUSE), { maxLength: 3 });
  const answers = fc.array(fc.record({ who: fc.constantFrom('p1', 'p2', WAREHOUSE), yes: fc.boolean() }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(needs, answers, (who, said) => {
      let change = asked(who);
      const model = new Map<string, boolean>();
      for (const { who: one, yes } of said) {
        const over = model.size === who.length || [...model.values()].includes(false);
        const next = answered(change, one, { yes, by: '한담당', byPhone: false, note: null, at: '' });
        if (over || !who.includes(one) || model.has(one)) {
          expect(next).toBe(null);
          continue;
        }
        model.set(one, yes);
        change = next!;
        const no = [...model.values()].includes(false);
        expect(change.state).toBe(no ? 'REFUSED' : model.size === who.length ? 'DONE' : 'ASKED');
        if (change.state === 'ASKED') expect(stillAsked(change)).toEqual(who.filter((need) => !model.has(need)));
      }
    }),
  );
});
