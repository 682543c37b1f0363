import { type FrozenOrder, readOrder } from '#orders/rules/read-order.ts';
import { DEFAULT_POLICY, type Policy } from '#policies/rules/parameters.ts';
import { isRefusal } from '#policies/rules/refusal.ts';

/** Numbers to choose by: the same seed gives the same run. */
export type Chance = {
  next(): number;
  below(n: number): number;
  pick<T>(list: readonly T[]): T;
  often(percent: number): boolean;
};

export function chance(seed: number): Chance {
  let a = seed >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (n: number) => next() % n;
  return { next, below, pick: (list) => list[below(list.length)]!, often: (percent) => below(100) < percent };
}

type Json = Record<string, unknown>;

const PRICES = [900, 2_900, 5_000, 9_900, 15_000, 20_000, 29_900, 50_000];

/** A small random order: prices and fees near the edges where mistakes show. */
export function randomOrder(by: Chance, policy: Policy): FrozenOrder {
  const groups = Array.from({ length: by.often(25) ? 2 : 1 }, (_, index) => randomGroup(by, `g${index + 1}`));
  const lines: Json[] = Array.from({ length: 1 + by.below(3) }, (_, index) => ({
    id: 'ABC'[index],
    group: by.pick(groups).id,
    sku: `S${index}`,
    listPrice: by.pick(PRICES),
    qty: 1 + by.below(3),
    taxKind: by.pick(['TAXABLE', 'TAXABLE', 'EXEMPT']),
    partner: by.often(50) ? 'p1' : null,
    ...(by.often(10) ? { returnability: 'CUSTOM_MADE', noticeProof: by.often(80) } : {}),
  }));
  const list = lines.reduce((sum, line) => sum + (line.listPrice as number) * (line.qty as number), 0);
  const benefits = randomBenefits(by, lines, list);
  const off = benefits.reduce((sum, row) => sum + (row.amount as number), 0);
  const used = groups.filter((group) => lines.some((line) => line.group === group.id));
  const shipping = used.reduce((sum, group) => sum + (group.paid as number) + (group.remotePaid as number), 0);
  const order = {
    mallOrderNo: 'F-1',
    authority: by.often(6) ? 'MALL' : 'SELF',
    orderedAt: '2026-09-01T10:00:00+09:00',
    paidAt: by.often(88) ? '2026-09-01T10:00:10+09:00' : null,
    groups: used,
    lines,
    benefits,
    tenders: randomTenders(by, list - off + shipping),
    parcels: randomParcels(by, lines),
  };
  const frozen = readOrder(order, policy);
  if (isRefusal(frozen)) throw new Error(`${frozen.code} ${frozen.text.en}`);
  return frozen;
}

function randomGroup(by: Chance, id: string): Json {
  const kind = by.pick(['CONDITIONAL', 'CONDITIONAL', 'CONDITIONAL', 'PER_QTY', 'TIERED', 'COD']);
  const remote = by.often(20);
  const qty = by.often(50);
  return {
    id,
    feeKind: kind,
    baseFee: by.pick([2_500, 3_000]),
    freeThreshold: by.pick([0, 20_000, 50_000, null]),
    paid: kind === 'COD' ? 0 : by.pick([0, 0, 2_500, 3_000]),
    remotePaid: remote && kind !== 'COD' ? 4_000 : 0,
    remoteReturn: remote ? 4_000 : 0,
    returnFee: by.pick([0, 2_500, 3_000]),
    exchangeFee: by.pick([5_000, 6_000]),
    removalFee: by.often(5) ? 10_000 : 0,
    ...(kind === 'PER_QTY' ? { n: 1 + by.below(3) } : {}),
    ...(kind === 'TIERED'
      ? {
          by: qty ? 'QTY' : 'AMOUNT',
          steps: qty
            ? [
                { from: 0, fee: 2_500 },
                { from: 3, fee: 5_000 },
              ]
            : [
                { from: 0, fee: 4_000 },
                { from: 30_000, fee: 2_500 },
                { from: 50_000, fee: 0 },
              ],
        }
      : {}),
  };
}

function randomBenefits(by: Chance, lines: Json[], list: number): Json[] {
  const rows: Json[] = [];
  if (by.often(50))
    rows.push({
      id: 'c1',
      kind: 'ORDER_COUPON',
      amount: by.below(Math.floor(list / 4)),
      minPurchase: by.pick([0, Math.floor(list / 2)]),
    });
  if (by.often(25))
    rows.push({
      id: 'd1',
      kind: 'PRODUCT',
      amount: by.below(Math.floor((lines[0]!.listPrice as number) / 4)),
      lines: ['A'],
    });
  if (by.often(15))
    rows.push({
      id: 'b1',
      kind: 'BUNDLE',
      amount: by.below(Math.floor((lines[0]!.listPrice as number) / 4)),
      lines: ['A'],
    });
  if (by.often(10)) rows.push({ id: 'i1', kind: 'TENDER_INSTANT', amount: by.below(Math.floor(list / 8)) });
  return rows;
}

function randomTenders(by: Chance, total: number): Json[] {
  const rows: Json[] = [];
  let left = total;
  for (const kind of ['POINT', 'DEPOSIT', 'GIFTCARD']) {
    if (!by.often(30) || left === 0) continue;
    const amount = by.below(Math.floor(left / 2) + 1);
    rows.push({ id: kind.toLowerCase(), kind, amount });
    left -= amount;
  }
  rows.push({
    id: 'main',
    kind: by.pick(['CARD', 'CARD', 'CARD', 'TRANSFER', 'VBANK', 'EASYPAY', 'MOBILE']),
    amount: left,
  });
  return rows;
}

function randomParcels(by: Chance, lines: Json[]): Json[] {
  const parcels: Json[] = [
    { id: 'p1', units: [] as Json[] },
    { id: 'p2', units: [] as Json[] },
  ];
  for (const line of lines)
    for (let unitNo = 1; unitNo <= (line.qty as number); unitNo++)
      (parcels[by.often(70) ? 0 : 1]!.units as Json[]).push({ line: line.id, unitNos: [unitNo] });
  return parcels.filter((parcel) => (parcel.units as Json[]).length > 0);
}

/** A random policy: mostly the default, with the switches that change money or guards thrown. */
export function randomPolicy(by: Chance): Policy {
  return {
    ...DEFAULT_POLICY,
    version: 'fuzz',
    tenderMode: by.often(25) ? 'CASH_FIRST' : 'PROPORTIONAL',
    couponBreak: by.often(30) ? 'RECLAIM' : 'KEEP',
    bundleBreak: by.often(30) ? 'RECLAIM' : 'KEEP',
    freeBasis: by.pick(['LIST', 'AFTER_PRODUCT_DISCOUNT', 'NET']),
    fullReturnOutbound: by.often(25) ? 'FREE' : 'CHARGE',
    mixedFault: by.often(20) ? 'BUYER_PAYS' : 'SELLER_PAYS',
    mixedFaultExchange: by.often(50) ? 'FREE' : 'REDELIVERY_ONLY',
    exchangeDiff: by.often(25) ? 'NET' : 'LIST',
    autoAcceptReturn: by.often(85) ? 'ALL' : by.pick(['NONE', 'SELLER_FAULT_ONLY']),
    sentCollectExcess: by.often(30) ? 'NOTIFIED' : 'NONE',
    crossExchange: by.often(60) ? 'APPROVAL' : by.pick(['ALLOWED', 'OFF']),
    withdrawReturn: by.often(90),
    withdrawLate: by.often(90),
  };
}
