import { expect, test } from 'vitest';
import { back, delivered, group, line, o1, orderOf, play, timed, u } from './fixtures.ts';
import { playCase, playLine } from './play.ts';

function codes(commands: Record<string, unknown>[], more = {}): string[] {
  return play(o1(), commands, more).steps.map((step) => (step.ok ? 'ok' : step.refusal.code));
}

test('a line of JSON that is none, and cases that are none, are refused with text in both languages', () => {
  for (const line of [
    '{',
    '[]',
    'null',
    '"x"',
    '7',
    '{"order":7}',
    '{"order":{}}',
    '{"nonsense":1}',
    '{"commands":3}',
  ]) {
    const played = playLine(line);
    expect(played.refusal?.text.ko).toBeTruthy();
    expect(played.refusal?.text.en).toBeTruthy();
  }
});

test('an order whose sums do not add up is refused', () => {
  const order = o1({ tenders: [{ id: 't2', kind: 'CARD', amount: 79_599 }] });
  expect(playCase({ order }).refusal).toMatchObject({ code: 'sum_mismatch', rule: 'M3' });
});

test('orders with amounts and dates out of any sense are refused', () => {
  const wrong = [
    orderOf([line('A', -1)]),
    orderOf([line('A', 1.5)]),
    orderOf([line('A', 1e13)]),
    orderOf([line('A', 1_000, 0)]),
    orderOf([line('A', 1_000)], { orderedAt: '2026-02-29T10:00:00+09:00' }),
    orderOf([line('A', 1_000)], { orderedAt: '1999-01-01T10:00:00+09:00' }),
    orderOf([line('A', 1_000)], { paidAt: '2026-08-01T10:00:00+09:00' }),
    orderOf([line('A', 1_000)], {
      groups: [
        group({
          feeKind: 'TIERED',
          steps: [
            { from: 0, fee: 1 },
            { from: 9, fee: 2 },
          ],
        }),
      ],
    }),
  ];
  for (const order of wrong)
    expect(['bad_input', 'amount_out_of_range', 'date_out_of_range']).toContain(playCase({ order }).refusal?.code);
});

test('unknown types, fields, units, claims and tenders are refused, and the run goes on', () => {
  expect(
    codes([
      { type: 'nothing' },
      { type: 'withdraw', colour: 'red' },
      back([u('Z', 1)], 'BUYER'),
      back([u('A', 9)], 'BUYER'),
      { type: 'withdraw', claim: 'k7' },
      { type: 'refund.execute' },
      { type: 'tender.change', tender: 't9', to: { id: 'n', kind: 'CARD' } },
      delivered,
    ]),
  ).toEqual([
    'bad_input',
    'bad_input',
    'unit_unknown',
    'unit_unknown',
    'claim_unknown',
    'claim_unknown',
    'tender_unknown',
    'ok',
  ]);
});

test('units of another claim or in another stage are refused', () => {
  expect(
    codes([back([u('A', 1)], 'BUYER'), delivered, back([u('A', 1)], 'BUYER'), back([u('A', 1)], 'SELLER')]),
  ).toEqual(['wrong_stage', 'ok', 'ok', 'unit_held']);
});

test('time may not go back, declarations may not lie ahead, a stale version is refused', () => {
  expect(
    codes([
      delivered,
      { ...delivered, at: '2026-09-02T10:00:00+09:00' },
      { ...back([u('A', 1)], 'BUYER'), declaredAt: '2027-01-01T00:00:00+09:00', at: '2026-09-03T12:00:00+09:00' },
      { ...back([u('A', 1)], 'BUYER'), basedOn: 77 },
      { ...back([u('A', 1)], 'BUYER'), quote: '0000000000000000' },
    ]),
  ).toEqual(['ok', 'date_out_of_range', 'date_out_of_range', 'stale_version', 'quote_changed']);
});

test('delivered on 29 February, at midnight and at the end of a year, windows are days of Korea', () => {
  const until = (at: string) => {
    const order = o1({ orderedAt: '2027-12-01T10:00:00+09:00', paidAt: '2027-12-01T10:00:00+09:00' });
    return play(order, [{ ...delivered, at }]).books.windows[0];
  };
  expect(until('2028-02-29T10:00:00+09:00')).toMatchObject({
    changeOfMindUntil: '2028-03-07',
    defectUntil: '2028-05-29',
  });
  expect(until('2027-12-30T23:59:59+09:00').changeOfMindUntil).toBe('2028-01-06');
  expect(until('2027-12-31T00:00:00+09:00').changeOfMindUntil).toBe('2028-01-07');
  expect(until('2027-12-31T15:00:00Z').changeOfMindUntil).toBe('2028-01-10');
});

test('a policy with names or values that are none is refused', () => {
  for (const policy of [
    { colour: 1 },
    { tenderMode: 'X' },
    { returnFee: -1 },
    { windowDays: 'seven' },
    { businessCalendar: { add: ['2026-02-30'] } },
  ])
    expect(playCase({ order: o1(), policy, commands: timed([]) }).refusal).toBeDefined();
});

test('names that every JavaScript object has are refused as names of goods and payments, and are reasons like any other', () => {
  for (const sku of ['__proto__', 'constructor', 'toString']) {
    expect(playCase({ order: orderOf([line('A', 1_000, 1, { sku })]) }).refusal?.code).toBe('bad_input');
    const wanted = { sku, listPrice: 29_900 };
    const tender = { id: sku, kind: 'CARD', amount: 1 };
    const swap = { type: 'exchange.request', units: [u('A', 1)], reason: 'SIZE', wanted };
    const keyed = { ...back([u('B', 1)], 'BUYER'), key: sku };
    expect(codes([delivered, swap, { type: 'fee.paid', tender }, keyed])).toEqual([
      'ok',
      ...Array(3).fill('bad_input'),
    ]);
  }
  const given = { type: 'compensate', kind: 'POINT', amount: 100, reason: 'constructor' };
  expect(play(o1(), [given]).books.compensations).toEqual([
    { kind: 'POINT', amount: 100, shares: { seller: 0, platform: 100 } },
  ]);
});

test('a byte order mark before a case, as Windows writes it, is no part of it', () => {
  expect(playLine(`\uFEFF${JSON.stringify({ id: 1, order: o1() })}`)).toMatchObject({ id: 1, steps: [] });
});
