import type { Order, Parcel, Receiver } from './order.ts';
import { type NewEvent, type OrderBook, shippingState } from './order-book.ts';
import { packParcel } from './packed-order.ts';
import type { Stage } from './unit.ts';

/** What an import says of a known order, besides the order itself: stages that the mall's words put lines to. */
export type Incoming = { order: Order; out: Record<string, Stage>; now: number };

/**
 * Whether an order under a known number is the same order: the same lines and the same sum. What it cost was frozen
 * when it came in; another order under its number is told, never taken. A line whose option was changed here is the
 * same by the option that it has now, or by the one that it came in with.
 */
export function isSameOrder({ order: known, cameAs }: Pick<OrderBook, 'order' | 'cameAs'>, incoming: Order): boolean {
  const now = new Map(known.lines.map(({ id, sku }) => [id, sku]));
  const skuOf = ({ id, sku }: Order['lines'][number]) => (now.get(id) === sku ? (cameAs[id] ?? sku) : sku);
  const lines = ({ lines: rows }: Order) =>
    rows.map((line) => JSON.stringify([line.id, skuOf(line), line.qty, line.listPrice])).toSorted();
  const total = ({ tenders }: Order) => tenders.reduce((sum, tender) => sum + tender.amount, 0);
  return JSON.stringify(lines(known)) === JSON.stringify(lines(incoming)) && total(known) === total(incoming);
}

/**
 * Newer facts of a known order as T0 events. Older and repeated facts give none; a fact that goes back (a parcel that
 * was delivered and is told without its delivery) changes nothing; the mall's raw word is kept whatever it says.
 */
export function newsOf(book: OrderBook, { order, out, now }: Incoming): NewEvent[] {
  const news: NewEvent[] = [];
  const tell = (
    type: string,
    at: number,
    payload: Record<string, unknown> = {},
    personal: NewEvent['personal'] = null,
  ) => void news.push({ type, at, payload, personal });
  if (book.order.paidAt === null && order.paidAt !== null) tell('order.paid', order.paidAt);
  for (const parcel of order.parcels) parcelNews(book.order, parcel, tell);
  const left = news.find(({ type }) => type === 'parcel.shipped');
  if (left && book.order.paidAt === null && order.paidAt === null)
    news.unshift({ type: 'order.paid', at: left.at, payload: { implied: true }, personal: null });
  if (order.confirmedAt !== null && book.order.confirmedAt === null) tell('unit.confirm', order.confirmedAt);
  receiverNews(book, order, now, tell);
  statusNews(book, order, out, now, tell);
  return news;
}

type Tell = (type: string, at: number, payload?: Record<string, unknown>, personal?: NewEvent['personal']) => void;

function parcelNews(known: Order, told: Parcel, tell: Tell): void {
  const parcel = known.parcels.find((row) => row.id === told.id) ?? null;
  if (!parcel || (shippingState(parcel) === 'PLANNED' && !samePlan(known, parcel, told))) {
    if (!parcel && overlaps(known, told)) return;
    const plan = { ...told, preparedAt: null, waybillAt: null, shippedAt: null, deliveredAt: null };
    tell('parcel.planned', told.preparedAt ?? told.waybillAt ?? known.orderedAt, { parcel: packParcel(known, plan) });
  }
  const id = { parcel: told.id };
  if (told.preparedAt !== null && !parcel?.preparedAt) tell('parcel.prepared', told.preparedAt, id);
  if (told.waybillAt !== null && (!parcel?.waybillAt || isReissued(parcel, told))) {
    const { carrier, trackingNo } = told;
    tell('parcel.waybill', told.waybillAt, {
      ...id,
      ...(carrier ? { carrier } : {}),
      ...(trackingNo ? { trackingNo } : {}),
    });
  }
  if (told.shippedAt !== null && !parcel?.shippedAt && !parcel?.deliveredAt) tell('parcel.shipped', told.shippedAt, id);
  if (told.deliveredAt === null || parcel?.deliveredAt) return;
  // A delivery implies the scan that nobody told of.
  if (told.shippedAt === null && !parcel?.shippedAt) tell('parcel.shipped', told.deliveredAt, { ...id, implied: true });
  tell('parcel.delivered', told.deliveredAt, id);
}

/** Another parcel already holds a piece of it: parcels are not re-packed by an import. */
function overlaps(known: Order, told: Parcel): boolean {
  const packed = new Set(known.parcels.flatMap((row) => row.units.map((ref) => `${ref.line}.${ref.unitNo}`)));
  return told.units.some((ref) => packed.has(`${ref.line}.${ref.unitNo}`));
}

/** While a parcel is only planned, what is told of it with more than before replaces the plan. */
function samePlan(order: Order, known: Parcel, told: Parcel): boolean {
  const plan = (parcel: Parcel) => JSON.stringify(packParcel(order, parcel).units ?? null);
  const more = told.trackingNo !== null && told.trackingNo !== known.trackingNo;
  return plan(known) === plan(told) && !more;
}

/** 송장 수정: another number by a later waybill. */
const isReissued = (known: Parcel, told: Parcel): boolean =>
  told.trackingNo !== null &&
  told.trackingNo !== known.trackingNo &&
  known.waybillAt !== null &&
  told.waybillAt !== null &&
  told.waybillAt > known.waybillAt;

/** Another recipient, as long as nothing has left; one that the order had before, or a masked one, is no news. */
function receiverNews(book: OrderBook, { receiver }: Order, now: number, tell: Tell): void {
  const known = book.order.receiver;
  if (!receiver || book.order.parcels.some((parcel) => parcel.shippedAt !== null)) return;
  if (isMasked(receiver) || [known, ...book.earlier].some((row) => row && sameReceiver(row, receiver))) return;
  const merged = { ...receiver };
  for (const key of ['phone', 'phone2', 'postcode', 'address', 'memo'] as const) merged[key] ??= known?.[key] ?? null;
  if (known && sameReceiver(known, merged)) return;
  tell('receiver.changed', now, {}, { receiver: merged });
}

const isMasked = (receiver: Receiver): boolean => Object.values(receiver).some((text) => text?.includes('*'));
const sameReceiver = (one: Receiver, other: Receiver): boolean =>
  (['name', 'phone', 'phone2', 'postcode', 'address', 'memo'] as const).every((key) => one[key] === other[key]);

function statusNews(
  { order: known, apart }: OrderBook,
  told: Order,
  out: Incoming['out'],
  now: number,
  tell: Tell,
): void {
  const lines: Record<string, string> = {};
  for (const { id, rawStatus } of told.lines)
    if (rawStatus !== null && known.lines.find((line) => line.id === id)?.rawStatus !== rawStatus)
      lines[id] = rawStatus;
  const order = told.rawStatus !== null && told.rawStatus !== known.rawStatus ? told.rawStatus : null;
  const ends = Object.fromEntries(Object.entries(out).filter(([line]) => !apart[`${line}.1`]));
  const payload = {
    ...(order ? { order } : {}),
    ...(Object.keys(lines).length > 0 ? { lines } : {}),
    ...(Object.keys(ends).length > 0 ? { out: ends } : {}),
  };
  if (Object.keys(payload).length > 0) tell('mall.status', now, payload);
}
