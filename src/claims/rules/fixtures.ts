import { type Played, playCase } from './play.ts';

type Json = Record<string, unknown>;
/** Results are JSON, compared figure by figure. */
export type Loose = Record<string, ReturnType<typeof JSON.parse>>;

/** A shipping group of the specification's fixtures: B = W = 3,000, F = 50,000, X = 6,000. */
export function group(more: Json = {}): Json {
  return {
    id: 'g1',
    baseFee: 3_000,
    freeThreshold: 50_000,
    paid: 0,
    remotePaid: 0,
    returnFee: 3_000,
    remoteReturn: 0,
    exchangeFee: 6_000,
    ...more,
  };
}

export function line(id: string, listPrice: number, qty = 1, more: Json = {}): Json {
  return { id, group: 'g1', sku: `SKU-${id}`, name: id, listPrice, qty, ...more };
}

/** An order of the own mall with all its lines in parcel p1, not shipped. */
export function orderOf(lines: Json[], more: Json = {}): Json {
  return {
    mall: 'own',
    mallOrderNo: '20260901-0001',
    orderedAt: '2026-09-01T10:00:00+09:00',
    paidAt: '2026-09-01T10:00:10+09:00',
    customer: { name: '김서연', phone: '010-0000-1234' },
    groups: [group()],
    lines,
    benefits: [],
    parcels: [parcel('p1', lines)],
    ...more,
  };
}

export function parcel(id: string, lines: Json[], more: Json = {}): Json {
  const units = lines.map(({ id: of, qty }) => ({
    line: of,
    unitNos: Array.from({ length: qty as number }, (_, index) => index + 1),
  }));
  return { id, group: 'g1', units, shippedAt: null, deliveredAt: null, ...more };
}

const O1_LINES = [line('A', 29_900), line('B', 15_000, 2), line('C', 9_900, 3)];

/** O1: A 29,900; B1, B2 15,000; C1–C3 9,900; coupon 10,000; points 5,000, card 74,600. */
export function o1(more: Json = {}): Json {
  return orderOf(O1_LINES, {
    benefits: [
      {
        id: 'c1',
        kind: 'ORDER_COUPON',
        amount: 10_000,
        lines: ['A', 'B', 'C'],
        minPurchase: 0,
        funder: { seller: 60, platform: 40 },
      },
    ],
    tenders: [
      { id: 't1', kind: 'POINT', amount: 5_000 },
      { id: 't2', kind: 'CARD', amount: 74_600, partialCancel: 'YES' },
    ],
    ...more,
  });
}

/** O2: 20,000 + S 3,000, card. */
export function o2(more: Json = {}): Json {
  return orderOf([line('A', 20_000)], {
    groups: [group({ paid: 3_000 })],
    tenders: [{ id: 't1', kind: 'CARD', amount: 23_000 }],
    ...more,
  });
}

/** O3: remote: 40,000 + S 3,000 + Q 4,000, Qr 4,000, card. */
export function o3(): Json {
  return orderOf([line('A', 40_000)], {
    groups: [group({ paid: 3_000, remotePaid: 4_000, remoteReturn: 4_000 })],
    tenders: [{ id: 't1', kind: 'CARD', amount: 47_000 }],
  });
}

/** O8: A 70,000, B 30,000, coupon 7,000; points 3,000, deposit 10,000, gift card 20,000, card 60,000. */
export function o8(): Json {
  return orderOf([line('A', 70_000), line('B', 30_000)], {
    benefits: [{ id: 'c1', kind: 'ORDER_COUPON', amount: 7_000, minPurchase: 0 }],
    tenders: [
      { id: 'points', kind: 'POINT', amount: 3_000 },
      { id: 'deposit', kind: 'DEPOSIT', amount: 10_000 },
      { id: 'gift', kind: 'GIFTCARD', amount: 20_000 },
      { id: 'card', kind: 'CARD', amount: 60_000 },
    ],
  });
}

/** `u('A', 1)` and `u('A', 1, 1)` for its replacement. */
export function u(of: string, unitNos: number | number[], child?: number): Json {
  return { line: of, unitNos: [unitNos].flat(), ...(child ? { child } : {}) };
}

const HOUR = 3_600_000;
const START = Date.parse('2026-09-03T10:00:00+09:00');

/** Commands an hour apart from the day of delivery on; one with `at` of its own moves the clock there. */
export function timed(commands: Json[], start = START): Json[] {
  let at = start - HOUR;
  return commands.map((command) => {
    at = typeof command.at === 'string' ? Date.parse(command.at) : at + HOUR;
    return { ...command, at: new Date(at).toISOString() };
  });
}

export function play(order: Json, commands: Json[], more: Json = {}): Played & { books: Loose } {
  return playCase({ id: 'case', order, commands: timed(commands), ...more }) as never;
}

export const delivered = { type: 'parcel.delivered', parcel: 'p1' };

/** What follows a request until the money is back. */
export function backAndPaid(claim?: string, more: Json = {}): Json[] {
  const of = claim ? { claim } : {};
  return [
    { type: 'pickup.scan', ...of },
    { type: 'arrive', ...of, ...more },
    { type: 'inspect.pass', ...of },
    { type: 'refund.execute', ...of },
  ];
}

export function back(units: Json[], fault: string, more: Json = {}): Json {
  return { type: 'return.request', units, fault, reason: fault === 'BUYER' ? 'CHANGE_OF_MIND' : 'DEFECT', ...more };
}

export function quotes(played: Played): Loose[] {
  return played.steps.map((step) => (step.ok ? ((step.quote ?? {}) as Loose) : { refusal: step.refusal.code }));
}
export function last(played: Played): Loose {
  return quotes(played).at(-1)!;
}
export function refused(played: Played): string[] {
  return played.steps.flatMap((step) => (step.ok ? [] : [step.refusal.code]));
}
export function units(played: Played): Loose[] {
  return (played.books as Loose).allocation.units;
}
