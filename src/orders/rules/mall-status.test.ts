import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '#policies/rules/parameters.ts';
import { linesOut, mallWord } from './mall-status.ts';
import { readOrder } from './read-order.ts';

/** Each word of claims.md 2.5 and the line states of connectors.md 5, as the specification has them. */
const CLAIMS: Record<string, Record<string, string>> = {
  naver: {
    ...{ CANCEL_REQUEST: 'REQ', RETURN_REQUEST: 'REQ', EXCHANGE_REQUEST: 'REQ', CANCELING: 'SET', COLLECTING: 'COL' },
    ...{ COLLECT_DONE: 'INS', EXCHANGE_REDELIVERING: 'RED', CANCEL_DONE: 'DONE', RETURN_DONE: 'DONE' },
    ...{
      EXCHANGE_DONE: 'DONE',
      CANCEL_REJECT: 'REJ or WDN',
      RETURN_REJECT: 'REJ or WDN',
      EXCHANGE_REJECT: 'REJ or WDN',
    },
    ...{ ADMIN_CANCELING: 'SET by MALL', ADMIN_CANCEL_DONE: 'DONE by MALL', ADMIN_CANCEL_REJECT: 'REJ by MALL' },
  },
  cafe24: {
    ...{ C00: 'REQ', R00: 'REQ', E00: 'REQ', C10: 'ACC', R10: 'ACC', E10: 'ACC', C11: 'REJ', R11: 'REJ', E11: 'REJ' },
    ...{
      R12: '– held',
      E12: '– held',
      R30: 'COL',
      E30: 'COL',
      R13: 'INS',
      R20: 'INS',
      R31: 'INS',
      E13: 'INS',
      E31: 'INS',
    },
    ...{ E20: 'RED', E32: '– fee DUE', E33: '– fee PAID', C34: 'SET', R34: 'SET', E34: 'SET' },
    ...{ C35: 'SET refunded', E35: 'SET refunded', C36: 'SET held', R36: 'SET held', E36: 'SET held' },
    ...{ C43: 'SET held', R43: 'SET held', C40: 'DONE', R40: 'DONE', E40: 'DONE', C41: 'SET', R41: 'SET', C42: 'SET' },
    ...{ R42: 'SET', E41: 'WDN', E50: 'WDN', E51: 'WDN', C47: 'DONE unpaid', C48: 'DONE unpaid', C49: 'DONE unpaid' },
  },
  coupang: {
    ...{
      RELEASE_STOP_UNCHECKED: 'REQ',
      RU: 'REQ',
      RETURNS_UNCHECKED: 'ACC',
      UC: 'ACC',
      VENDOR_WAREHOUSE_CONFIRM: 'INS',
    },
    ...{ REQUEST_COUPANG_CHECK: '– held', PR: '– held', RETURNS_COMPLETED: 'DONE', CC: 'DONE', RECEIPT: 'REQ' },
    ...{ PROGRESS: 'ACC', SUCCESS: 'DONE', REJECT: 'REJ', CANCEL: 'WDN' },
  },
  medusa: { requested: 'REQ', received: 'INS', partially_received: 'INS' },
};
const LINES: Record<string, Record<string, string>> = {
  naver: {
    ...{ PAYMENT_WAITING: 'UNPAID', PAYED: 'PAID', OK: 'PREPARING', DELIVERING: 'SHIPPED', DELIVERED: 'DELIVERED' },
    ...{
      PURCHASE_DECIDED: 'CONFIRMED',
      CANCELED: 'CANCELLED',
      CANCELED_BY_NOPAYMENT: 'CANCELLED',
      RETURNED: 'RETURNED',
    },
    ...{ EXCHANGED: 'SWAPPED', PURCHASE_DECISION_HOLDBACK: 'CONFIRMED' },
  },
  cafe24: {
    ...{
      N00: 'UNPAID',
      N02: 'UNPAID',
      N03: 'UNPAID',
      N10: 'PAID',
      N20: 'PREPARING',
      N21: 'PREPARING',
      N22: 'PREPARING',
    },
    ...{ N30: 'SHIPPED', N40: 'DELIVERED', N50: 'CONFIRMED' },
  },
  coupang: {
    ...{ ACCEPT: 'PAID', INSTRUCT: 'PREPARING', DEPARTURE: 'SHIPPED', DELIVERING: 'SHIPPED', NONE_TRACKING: 'SHIPPED' },
    ...{ FINAL_DELIVERY: 'DELIVERED' },
  },
  medusa: {
    ...{ not_paid: 'UNPAID', awaiting: 'UNPAID', captured: 'PAID', fulfilled: 'PREPARING', shipped: 'SHIPPED' },
    ...{ delivered: 'DELIVERED', canceled: 'CANCELLED' },
  },
};

function said(mall: string, raw: string): string {
  const word = mallWord(mall, raw);
  if (word?.of !== 'claim') return `not a claim: ${raw}`;
  const { state, or, by, held, fee, refunded, unpaid } = word;
  const more = [
    ...[or && `or ${or}`, by && `by ${by}`, held && 'held', fee && `fee ${fee}`],
    ...[refunded && 'refunded', unpaid && 'unpaid'],
  ];
  return [state ?? '–', ...more.filter(Boolean)].join(' ');
}

describe.each(Object.keys(CLAIMS))('%s', (mall) => {
  test.each(Object.entries(CLAIMS[mall]!))('claim %s is %s', (raw, wanted) => expect(said(mall, raw)).toBe(wanted));
  test.each(Object.entries(LINES[mall]!))('line %s is %s', (raw, stage) =>
    expect(mallWord(mall, raw)).toMatchObject({ of: 'line', stage }),
  );
});

test('kinds follow the letter or the word; a word on hold is on hold; exchange goods are a reserved child', () => {
  expect(mallWord('cafe24', 'C34')).toMatchObject({ kind: 'CANCEL' });
  expect(mallWord('cafe24', 'E34')).toMatchObject({ kind: 'EXCHANGE' });
  expect(mallWord('naver', 'COLLECTING')).toMatchObject({ kind: null });
  expect(mallWord('coupang', 'RELEASE_STOP_UNCHECKED')).toMatchObject({ kind: 'CANCEL' });
  expect(mallWord('cafe24', 'N01')).toMatchObject({ stage: null, child: 'RESERVED' });
  for (const [mall, raw] of [
    ['cafe24', 'N22'],
    ['naver', 'PURCHASE_DECISION_HOLDBACK'],
  ] as const)
    expect(mallWord(mall, raw)).toMatchObject({ held: true });
});

test('a word that we do not know says nothing, whatever it looks like', () => {
  for (const raw of ['N99', 'PAYED ', 'toString', '']) expect(mallWord('naver', raw)).toBeNull();
  expect(mallWord('gmarket', 'PAYED')).toBeNull();
});

test('only words that end a line put it out; how far goods are is for scans to say', () => {
  const lines = ['DELIVERING', 'CANCELED', 'RETURNED', 'CANCEL_DONE'].map((rawStatus, i) => ({
    id: `L${i}`,
    rawStatus,
  }));
  expect(linesOut({ mall: 'naver', lines } as Parameters<typeof linesOut>[0])).toEqual({
    L1: 'CANCELLED',
    L2: 'RETURNED',
  });
});

test('an id that every object has as a property is refused', () => {
  const lines = [{ id: 'constructor', group: 'g1', sku: 'S', listPrice: 1_000, qty: 1 }];
  const groups = [{ id: 'g1', paid: 0 }];
  const order = { mall: 'own', mallOrderNo: '1', orderedAt: '2026-11-05T10:00:00+09:00', groups, lines };
  expect(readOrder(order, DEFAULT_POLICY)).toMatchObject({
    code: 'bad_input',
    text: { en: expect.stringContaining('lines.id') },
  });
});
