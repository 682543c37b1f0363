import type { Benefit, Group, Line, Order, Orderer, Parcel, Receiver, Tender } from './order.ts';
import { NOTHING_CHANGED, type OrderBook } from './order-book.ts';
import { type PackedShares, packShares, unpackShares } from './packed-shares.ts';
import { stagesOf } from './read-order.ts';
import type { Stage } from './unit.ts';

/**
 * The payload of `order.imported`: an order with the names of api.md, what equals these defaults left out, times in
 * milliseconds. `units` of benefits and parcels are indexes into the order's pieces (line order, then unitNo), left out
 * for all of them. `shares`: the frozen allocation, see packed-shares.ts.
 */
export type PackedOrder = Record<string, unknown> & {
  groups: object[];
  lines: object[];
  tenders: object[];
  benefits?: object[];
  parcels?: Record<string, unknown>[];
  shares?: PackedShares;
};
/** Personal data of the order, apart so that it can be erased. */
export type Personal = { orderer?: Orderer; receiver?: Partial<Receiver>; customs?: NonNullable<Order['customs']> };

type Defaults = Readonly<Record<string, unknown>>;
const HEAD: Defaults = {
  authority: 'SELF',
  paidAt: null,
  confirmedAt: null,
  giftOrder: false,
  subscription: null,
  rawStatus: null,
  memo: null,
  shiplessOf: null,
};
const GROUP: Defaults = {
  feeKind: 'CONDITIONAL',
  n: 1,
  by: 'AMOUNT',
  steps: [],
  remotePaid: 0,
  remoteReturn: 0,
  removalFee: 0,
  installFee: 0,
  origin: null,
  returnAddress: null,
};
const LINE: Defaults = {
  qty: 1,
  taxKind: 'TAXABLE',
  inventoryType: 'CONSIGN',
  partner: null,
  returnability: 'NORMAL',
  noticeProof: false,
  noticeProofId: null,
  optionText: null,
  supplyCost: null,
  productNo: null,
  rawStatus: null,
  bundleId: null,
  giftOf: null,
  product: null,
};
const BENEFIT: Defaults = {
  tender: null,
  minPurchase: 0,
  funder: {},
  restoreRule: null,
  name: null,
  couponId: null,
  expiresAt: null,
};
const TENDER: Defaults = {
  partialCancel: 'YES',
  refundLimitAt: null,
  name: null,
  expiresAt: null,
  taxFree: 0,
  escrow: false,
  instalments: null,
  cashReceiptId: null,
  pgKey: null,
};
const PARCEL: Defaults = {
  carrier: null,
  trackingNo: null,
  preparedAt: null,
  waybillAt: null,
  shippedAt: null,
  deliveredAt: null,
};
const RECEIVER: Receiver = { name: '', phone: null, phone2: null, postcode: null, address: null, memo: null };

function less(row: object, defaults: Defaults): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key in row) {
    const value = (row as Record<string, unknown>)[key];
    if (value === undefined || value === defaults[key]) continue;
    if (typeof value === 'object' && value !== null && key in defaults && isEmpty(value)) continue;
    kept[key] = value;
  }
  return kept;
}

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}
const piecesOf = ({ lines }: Pick<Order, 'lines'>): number => lines.reduce((sum, line) => sum + line.qty, 0);

/** `order.imported` of an order that has come in. */
export function packOrder(book: OrderBook): { payload: PackedOrder; personal: Personal } {
  const { order } = book;
  const { mall, mallOrderNo, orderedAt, contractDocAt } = order;
  const all = piecesOf(order);
  const head: Record<string, unknown> = {};
  for (const key in HEAD) head[key] = order[key as keyof Order];
  const payload: PackedOrder = {
    mall,
    mallOrderNo,
    orderedAt,
    ...(contractDocAt === orderedAt ? {} : { contractDocAt }),
    ...less(head, HEAD),
    ...(book.customerId ? { customerId: book.customerId } : {}),
    ...(book.policyVersion ? { policyVersion: book.policyVersion } : {}),
    groups: order.groups.map((group) => less(group, GROUP)),
    lines: order.lines.map((line) => less(line, LINE)),
    tenders: order.tenders.map((tender) => less(tender, TENDER)),
  };
  if (order.benefits.length > 0)
    payload.benefits = order.benefits.map(({ units, ...benefit }) => ({
      ...less(benefit, BENEFIT),
      ...(units.length === all ? {} : { units }),
    }));
  if (order.parcels.length > 0) payload.parcels = order.parcels.map((parcel) => packParcel(order, parcel));
  if (Object.keys(book.apart).length > 0) payload.apart = book.apart;
  const shares = packShares(order, book.allocation);
  if (shares) payload.shares = shares;
  return { payload, personal: personalOf(order) };
}

const personalOf = ({ orderer, receiver, customs }: Order): Personal => ({
  ...(orderer ? { orderer } : {}),
  ...(receiver ? { receiver: less(receiver, RECEIVER) } : {}),
  ...(customs ? { customs } : {}),
});

/** A parcel with its pieces as indexes. */
export function packParcel(order: Order, { units, group, ...parcel }: Parcel): Record<string, unknown> {
  const starts = new Map<string, number>();
  let next = 0;
  for (const line of order.lines) {
    starts.set(line.id, next);
    next += line.qty;
  }
  const indexes = units.map((ref) => (starts.get(ref.line) ?? 0) + ref.unitNo - 1);
  const own = order.lines.find((line) => line.id === units[0]?.line)?.group;
  return {
    ...less(parcel, PARCEL),
    ...(group && group !== own ? { group } : {}),
    ...(indexes.length === next && indexes.every((unit, index) => unit === index) ? {} : { units: indexes }),
  };
}

export function unpackParcel(order: Pick<Order, 'lines'>, packed: Record<string, unknown>): Parcel {
  const { units, group, ...rest } = packed as { units?: number[]; group?: string };
  const all = order.lines.flatMap((line) =>
    Array.from({ length: line.qty }, (_, i) => ({ line: line.id, unitNo: i + 1 })),
  );
  const refs = units ? units.flatMap((index) => all[index] ?? []) : all;
  const own = order.lines.find((line) => line.id === refs[0]?.line)?.group ?? '';
  return { ...PARCEL, ...rest, units: refs, group: group ?? own } as unknown as Parcel;
}

type Opened = Omit<OrderBook, 'version' | 'createdAt' | 'updatedAt'>;

/** The order of an `order.imported`: what `packOrder` packed, no rule asked again. */
export function unpackOrder(payload: PackedOrder, personal: Personal | null): Opened {
  const { groups, lines, tenders, benefits = [], parcels = [], shares, apart, customerId, ...rest } = payload;
  const { policyVersion, ...head } = rest;
  const order = {
    ...HEAD,
    contractDocAt: head.orderedAt,
    ...head,
    customer: (customerId as string | undefined) ?? '',
    orderer: personal?.orderer ?? null,
    receiver: personal?.receiver ? { ...RECEIVER, ...personal.receiver } : null,
    customs: personal?.customs ?? null,
    groups: groups.map((group) => ({ ...GROUP, ...group }) as unknown as Group),
    lines: lines.map((line) => ({ ...LINE, ...line }) as unknown as Line),
    tenders: tenders.map((tender) => ({ ...TENDER, ...tender }) as unknown as Tender),
  } as unknown as Order;
  const all = Array.from({ length: piecesOf(order) }, (_, i) => i);
  order.benefits = benefits.map((benefit) => ({ ...BENEFIT, units: all, ...benefit }) as unknown as Benefit);
  order.parcels = parcels.map((parcel) => unpackParcel(order, parcel));
  order.stages = stagesOf(order);
  return {
    order,
    allocation: unpackShares(order, shares ?? null),
    customerId: (customerId as string | undefined) ?? null,
    policyVersion: (policyVersion as string | undefined) ?? null,
    apart: (apart as Record<string, Stage> | undefined) ?? {},
    earlier: [],
    ...NOTHING_CHANGED,
  };
}
