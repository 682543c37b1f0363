import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, isFault, type Row, readId, readQuantity, readWon } from './cell.ts';
import { readPhones, readPostcode } from './contact.ts';
import { readInstant, serialOf } from './date.ts';
import { detect, PRESETS } from './detect.ts';
import { customPreset, type Mapping, proposeMapping } from './mapping.ts';
import { type FileOrder, orderOf } from './order-of.ts';
import { type Plan, planOf } from './plan.ts';
import { type Field, headingsOf, type Preset } from './preset.ts';
import { type ReadRow, readRow } from './read-row.ts';

const number = (text: string): Cell => ({ number: text });
const value = (read: object) => ('value' in read ? read.value : read);

test('ids are taken digit by digit, and a number that Excel cut is never repaired', () => {
  expect(value(readId(number('2.569834423E9')))).toBe('2569834423');
  expect(value(readId(number('4464981617.0')))).toBe('4464981617');
  expect(value(readId('606634968953865845'))).toBe('606634968953865845');
  expect(value(readId('2026110341796590'))).toBe('2026110341796590');
  expect(readId(number('606634968953865000'))).toEqual({ fault: 'lost_digits' });
  expect(readId(number('2.02611034179659E15'))).toEqual({ fault: 'lost_digits' });
  expect(readId('2.02611E+15')).toEqual({ fault: 'lost_digits' });
  expect(readId('2.57E+09')).toEqual({ fault: 'lost_digits' });
});

test('amounts lose their signs and commas; a quantity is a positive whole number', () => {
  for (const [text, won] of [
    ['12,000원', 12_000],
    ['₩ 1,000', 1_000],
    ['(1,000)', -1_000],
    ['-', null],
    ['12000.00', 12_000],
  ] as const)
    expect(value(readWon(text))).toBe(won);
  expect(value(readWon(number('12900.000000000002')))).toBe(12_900);
  expect(readWon('천원')).toEqual({ fault: 'bad_number' });
  expect(value(readQuantity(number('2.0')))).toBe(2);
  for (const wrong of ['0', '-1', '1.5', '둘']) expect(readQuantity(wrong)).toEqual({ fault: 'bad_quantity' });
  expect(readQuantity('')).toEqual({ value: null });
});

test('times are KST whatever their form', () => {
  for (const text of [
    '2026-09-01 19:54',
    '2026.09.01 19:54:00',
    '2026/9/1 19:54',
    '20260901195400',
    '2026년 9월 1일 오후 7:54 KST(UTC+9)',
    '2026-09-01T10:54:00Z',
  ])
    expect([text, value(readInstant(text))]).toEqual([text, '2026-09-01T19:54:00+09:00']);
  for (const wrong of ['2026-02-30', '2026-13-01', '어제', '12345', '2026-01-01 25:00'])
    expect(readInstant(wrong)).toEqual({ fault: 'bad_date' });
  fc.assert(
    fc.property(fc.integer({ min: 1_500_000_000, max: 2_000_000_000 }), (seconds) => {
      const iso = new Date((seconds + 9 * 3_600) * 1_000).toISOString().replace('.000Z', '+09:00');
      expect(value(readInstant(number(String(serialOf(iso)))))).toBe(iso);
    }),
  );
});

test('phones and postcodes get the zeros back that a numeric cell lost', () => {
  expect(value(readPhones(number('1000003104')))).toEqual({ first: '010-0000-3104', second: null });
  expect(value(readPhones('010-0000-1111 / 02-000-2222'))).toEqual({ first: '010-0000-1111', second: '02-000-2222' });
  expect(value(readPhones('+82 010 0000 3333'))).toEqual({ first: '010-0000-3333', second: null });
  expect(readPhones('문의 바람')).toEqual({ fault: 'bad_phone' });
  expect(value(readPostcode(number('655')))).toBe('00655');
  expect(value(readPostcode('123-456'))).toBe('123-456');
});

/** Writes lines as a file of a preset: the headings of excel.md that the preset reads first. */
function sheetOf(preset: Preset, lines: readonly Partial<Record<Field, Cell>>[]): Row[] {
  const fields = Object.entries(preset.places).map(
    ([field, place]) => [field, headingsOf(place)[0]?.[0] ?? ''] as const,
  );
  const headings = [...new Set(fields.map(([, heading]) => heading))];
  const extra = preset.exact
    ? []
    : preset.signs.map((some) => some[0] ?? '').filter((sign) => !headings.includes(sign));
  const all = [...headings, ...extra];
  const cells = lines.map((line) =>
    all.map((heading) =>
      fields
        .map(([field, name]) => (name === heading ? line[field as Field] : undefined))
        .find((cell) => cell !== undefined),
    ),
  );
  return [{ no: 1, cells: ['안내'] }, { no: 2, cells: all }, ...cells.map((row, at) => ({ no: at + 3, cells: row }))];
}

function read(rows: readonly Row[], plan: Plan) {
  const orders = new Map<string, ReadRow[]>();
  for (const row of rows.filter(({ no }) => no > plan.header.row)) {
    const found = readRow(plan, row);
    if ('skipped' in found) continue;
    const key = `${found.facts.orderNo}`;
    orders.set(key, [...(orders.get(key) ?? []), found]);
  }
  return [...orders.values()].map((group) => orderOf(plan, group));
}

const line = fc.record({
  sku: fc.stringMatching(/^[A-Z]{3}-\d{2}$/),
  name: fc.constantFrom('나무결 수저 세트', '달빛 스탠드'),
  price: fc.integer({ min: 100, max: 90_000 }),
  qty: fc.integer({ min: 1, max: 5 }),
  discount: fc.integer({ min: 0, max: 100 }),
});

/** The cells of one line, in the words of the preset's file. */
function cellsOf(
  preset: Preset,
  it: { sku: string; name: string; price: number; qty: number; discount: number },
  at: number,
) {
  const total = it.price * it.qty - it.discount;
  const won = (amount: number) => number(String(amount));
  const orderNo = '20261101-0000007';
  return {
    ...{ orderNo, lineId: `9900${at + 1}`, group: '777', sku: it.sku, productNo: `70000${at}`, name: it.name },
    ...{
      solutionNo: `50${at}`,
      mallWord: preset.id === 'esm' ? '옥션(a)' : '스마트스토어',
      shopNo: '1',
      feeKind: '유료',
    },
    ...{
      qty: won(it.qty),
      price: won(it.price),
      discount: won(it.discount),
      sellerDiscount: won(preset.id === 'always' ? 0 : it.discount),
    },
    ...{
      lineTotal: won(preset.priceFromTotal ? it.price * it.qty : total),
      gross: won(it.price * it.qty),
      fee: won(3_000),
    },
    ...{ orderedAt: '2026-11-01 10:00:00', paidAt: '2026-11-01 10:00:00', receiverName: '김서연', address: '가온시 1' },
    ...{ receiverPhone: '010-0000-1234', postcode: '00123', rawStatus: '결제완료' },
  } satisfies Partial<Record<Field, Cell>>;
}

test.each([...PRESETS.values()].map((preset) => [preset.id, preset] as const))(
  'an order written as a file of %s and read again is the same order',
  (_, preset) => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), (given) => {
        const rows = sheetOf(
          preset,
          given.map((it, at) => cellsOf(preset, it, at)),
        );
        const found = detect(rows);
        expect([found.preset?.id, found.problem]).toEqual([preset.id, null]);
        const plan = planOf(preset, found.header ?? { row: 2, headings: [] }, { mall: preset.mall ?? 'own' });
        const [only, ...others] = read(rows, plan);
        expect(others).toEqual([]);
        if (
          preset.line !== 'place' &&
          !preset.line.some((field) => ['lineId', 'productNo', 'solutionNo'].includes(field))
        )
          return;
        const { order } = only as { order: FileOrder };
        expect(order).toMatchObject({ mallOrderNo: '20261101-0000007', orderedAt: '2026-11-01T10:00:00+09:00' });
        expect(order.lines.map(({ name, listPrice, qty }) => ({ name, listPrice, qty }))).toEqual(
          given.map(({ name, price, qty }) => ({ name, listPrice: price, qty })),
        );
        const off = preset.places.discount || preset.discountFromTotal ? given : [];
        expect(order.benefits.map(({ amount }) => amount)).toEqual(off.map((it) => it.discount).filter(Boolean));
        expect(order.groups).toHaveLength(1);
        expect(order.groups[0]?.paid).toBe(preset.places.fee ? 3_000 : 0);
      }),
      { numRuns: 25 },
    );
  },
);

const custom: Mapping = {
  orderNo: '주문',
  lineId: '행',
  orderedAt: '일시',
  name: '상품',
  qty: '수량',
  price: '단가',
  fee: '배송비',
  receiverName: '받는 분',
};
const headings = Object.values(custom);
const customPlan = planOf(customPreset(custom), { row: 1, headings }, { mall: 'own' });
const at = (no: number, ...cells: Cell[]): Row => ({ no, cells });
const outcome = (...rows: Row[]) =>
  read(rows, customPlan).flatMap((it) =>
    'rejected' in it
      ? it.rejected.map(({ no, problem }) => [no, problem.code])
      : [[it.order.mallOrderNo, it.order.lines.length]],
  );

test('an order is wholly in or wholly out, and each row says why', () => {
  const good = at(2, 'A', '1', '2026-11-01', '컵', '1', '1000', '', '김');
  expect(outcome(good, at(3, 'A', '2', '2026-11-01', '컵', '', '1000', '', '김'))).toEqual([
    [2, 'order_incomplete'],
    [3, 'missing_value'],
  ]);
  expect(outcome(good, at(3, 'A', '2', '2026-11-01', '컵', '-2', '1000', '', '김'))).toEqual([
    [2, 'order_incomplete'],
    [3, 'bad_quantity'],
  ]);
  expect(
    outcome(
      good,
      at(3, 'A', '1', '2026-11-01', '컵', '2', '1000', '', '김'),
      at(4, 'A', '3', '2026-11-01', '컵', '2', '1000', '', '김'),
    ),
  ).toEqual([
    [2, 'duplicate'],
    [3, 'duplicate'],
    [4, 'order_incomplete'],
  ]);
  expect(outcome(good, { ...good, no: 3 })).toEqual([['A', 1]]);
  expect(outcome(good, at(3, 'A', '2', '2026-11-02', '컵', '2', '1000', '', '김'))).toEqual([
    [2, 'conflict'],
    [3, 'conflict'],
  ]);
  expect(outcome(at(2, 'A', '1', { formula: true }, '컵', '1', '1000'))).toEqual([[2, 'formula']]);
  expect(outcome(at(2, 'A', '1', '2026-11-01', '컵', '1', { error: '#N/A' }))).toEqual([[2, 'formula']]);
});

test('what is merged over the rows of an order is of each of them; quantities and amounts are not, nor is a heading', () => {
  const first = at(2, 'A', '1', '2026-11-01', '컵', '1', '1000', '', '김');
  const above = ['A', undefined, '2026-11-01', undefined, undefined, undefined, undefined, '김'];
  const second = (qty: string, price: string) => ({ ...at(3, '', '2', '', '접시', qty, price), above });
  expect(outcome(first, second('2', '3000'))).toEqual([['A', 2]]);
  const wrong = [
    [2, 'order_incomplete'],
    [3, 'missing_value'],
  ];
  expect(outcome(first, { ...second('', '3000'), above: [...above.slice(0, 4), '1'] })).toEqual(wrong);
  expect(outcome(first, { ...second('2', ''), above: [...above.slice(0, 5), '1000'] })).toEqual(wrong);
  expect(outcome({ ...at(2, 'A', '1', '2026-11-01', '컵', '1', '1000'), above: [...headings] })).toEqual([['A', 1]]);
  expect(outcome(first, { ...at(3), above })).toEqual([['A', 1]]);
});

test('sums, blanks, helpers and repeated headings are no order rows', () => {
  const good = at(2, 'A', '1', '2026-11-01', '컵', '1', '1000', '', '김');
  expect(
    outcome(
      good,
      at(3),
      at(4, '합계', '', '', '', '1', '1000'),
      at(5, ...headings),
      at(6, '', '', '', '', '1', '1000'),
    ),
  ).toEqual([['A', 1]]);
});

test('a file whose needed column is gone says which; claims and unknown files say what they are', () => {
  const rows = (...heads: string[]): Row[] => [at(1, ...heads)];
  expect(detect(rows('상품주문번호', '주문번호', '수취인연락처1', '상품명', '상품가격')).problem).toEqual({
    code: 'missing_column',
    about: '수량',
  });
  expect(detect(rows('상품주문번호', '주문번호', '취소 처리상태', '결제일')).problem).toEqual({ code: 'claim_list' });
  expect(detect(rows('주문 ID', '제품', '개수', '단가')).problem).toEqual({ code: 'unknown_format' });
  expect(detect([]).problem).toEqual({ code: 'empty' });
  expect(detect(rows('안내문 한 줄')).problem).toEqual({ code: 'not_a_table' });
  const coupang = Object.values(PRESETS.get('coupang')?.places ?? {}).flatMap(
    (place) => headingsOf(place)[0]?.[0] ?? [],
  );
  const renamed = coupang.map((heading) => (heading === '구매수(수량)' ? '수량(개)' : heading));
  expect(detect(rows(...renamed)).problem).toEqual({ code: 'missing_column', about: '구매수(수량)' });
  expect(proposeMapping(['주문 ID', '주문 날짜', '제품코드', '개수', '단가', '받는 분'])).toMatchObject({
    orderNo: '주문 ID',
    orderedAt: '주문 날짜',
    sku: '제품코드',
    qty: '개수',
    price: '단가',
    receiverName: '받는 분',
  });
});

test('whatever a file holds, reading it answers and never throws', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom('', '합계', '2026-11-01', '1E999', '########', '010-0000-0000'),
    fc.record({ number: fc.oneof(fc.double().map(String), fc.string()) }),
    fc.constant({ formula: true as const }),
    fc.constant({ error: '#REF!' }),
    fc.constant(undefined),
  );
  const plans = [...PRESETS.values()].map((preset) =>
    planOf(preset, { row: 1, headings: Object.values(preset.places).map((place) => headingsOf(place)[0]?.[0] ?? '') }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { maxLength: 40 }), { maxLength: 12 }),
      fc.constantFrom(...plans),
      (table, plan) => {
        const rows = table.map((cells, index) => ({ no: index + 1, cells }));
        detect(rows);
        for (const group of read(rows, plan))
          if ('order' in group) expect(group.order.lines.every(({ qty }) => qty > 0)).toBe(true);
        for (const one of table.flat()) expect(typeof isFault(readId(one))).toBe('boolean');
      },
    ),
    { numRuns: 300 },
  );
});
