import type { Order, Parcel, Receiver } from './order.ts';
import type { NewEvent, OrderBook, OrderEvent } from './order-book.ts';
import { type PackedOrder, type Personal, unpackOrder, unpackParcel } from './packed-order.ts';
import { isTerminalStage, type Stage } from './unit.ts';

/**
 * The order after an event; the book before it stays as it was. Facts only: no rule is asked and nothing is refused.
 * A type that is not the order's own (claims, what somebody did at the mall) moves only the version.
 */
export function evolve(book: OrderBook | null, event: OrderEvent): OrderBook {
  const { type, payload, personal, recordedAt } = event;
  if (type === 'order.imported') {
    const opened = unpackOrder(payload as PackedOrder, personal as Personal | null);
    return { ...opened, version: event.seq, createdAt: recordedAt, updatedAt: recordedAt };
  }
  if (!book) throw new Error(`an order begins with order.imported, not with ${type}`);
  return { ...book, ...movedBy(book, event), version: event.seq, updatedAt: recordedAt };
}

/** An order by all its events, oldest first; null when there are none. */
export function replay(events: readonly OrderEvent[]): OrderBook | null {
  return events.reduce<OrderBook | null>(evolve, null);
}

/** The book with new events, and the events with their place in its log. */
export function append(
  book: OrderBook | null,
  news: readonly NewEvent[],
  recordedAt: number,
): { book: OrderBook; events: OrderEvent[] } {
  let after = book;
  const events = news.map((event) => {
    const numbered = { ...event, seq: (after?.version ?? 0) + 1, recordedAt };
    after = evolve(after, numbered);
    return numbered;
  });
  if (!after) throw new Error('an order without events');
  return { book: after, events };
}

function movedBy(book: OrderBook, { type, payload, personal, at }: OrderEvent): Partial<OrderBook> {
  const { order } = book;
  switch (type) {
    case 'order.paid':
      return { order: { ...order, paidAt: at } };
    case 'parcel.planned':
      return { order: { ...order, parcels: planned(order, payload) } };
    case 'parcel.prepared':
      return parcelHas(order, payload, { preparedAt: at });
    case 'parcel.waybill': {
      const { carrier, trackingNo } = payload as { carrier?: string; trackingNo?: string };
      return parcelHas(order, payload, {
        waybillAt: at,
        ...(carrier ? { carrier } : {}),
        ...(trackingNo ? { trackingNo } : {}),
      });
    }
    case 'parcel.shipped':
      return parcelHas(order, payload, { shippedAt: at });
    case 'parcel.delivered':
      return parcelHas(order, payload, { deliveredAt: at });
    case 'parcel.returned':
      return parcelHas(order, payload, { returned: true });
    case 'unit.confirm':
      return confirmed(book, payload.units as string[] | undefined, at);
    case 'mall.status':
      return saidByMall(book, payload);
    case 'receiver.changed': {
      const receiver = (personal as { receiver: Receiver }).receiver;
      return {
        order: { ...order, receiver },
        earlier: order.receiver ? [...book.earlier, order.receiver] : book.earlier,
      };
    }
    case 'line.changed':
      return optionChanged(book, payload as OptionChanged);
    case 'dispatch.desired':
      return { desiredOn: (payload as { on: string | null }).on };
    case 'dispatch.held':
      return { hold: { reason: String(payload.reason), at } };
    case 'dispatch.released':
      return { hold: null, releasedAt: at };
    default:
      return {};
  }
}

type OptionChanged = { line: string; sku: string; optionText: string | null; product: string | null };

function optionChanged(book: OrderBook, { line: id, sku, optionText, product }: OptionChanged): Partial<OrderBook> {
  const line = book.order.lines.find((row) => row.id === id);
  if (!line) return {};
  const lines = book.order.lines.map((row) => (row === line ? { ...row, sku, optionText, product } : row));
  return { order: { ...book.order, lines }, cameAs: { ...book.cameAs, [id]: book.cameAs[id] ?? line.sku } };
}

function planned(order: Order, payload: Record<string, unknown>): Parcel[] {
  const parcel = unpackParcel(order, payload.parcel as Record<string, unknown>);
  const known = order.parcels.some((row) => row.id === parcel.id);
  return known ? order.parcels.map((row) => (row.id === parcel.id ? parcel : row)) : [...order.parcels, parcel];
}

/** A later fact implies the earlier ones: what has left or has a waybill was paid for, as far as stages go. */
function parcelHas(order: Order, payload: Record<string, unknown>, set: Partial<Parcel>): Partial<OrderBook> {
  return {
    order: { ...order, parcels: order.parcels.map((row) => (row.id === payload.parcel ? { ...row, ...set } : row)) },
  };
}

function confirmed(book: OrderBook, units: string[] | undefined, at: number): Partial<OrderBook> {
  if (!units) return { order: { ...book.order, confirmedAt: at } };
  const apart = { ...book.apart };
  for (const key of units) if (!apart[key] || !isTerminalStage(apart[key])) apart[key] = 'CONFIRMED';
  return { apart };
}

type Said = { order?: string; lines?: Record<string, string>; out?: Record<string, Stage> };

function saidByMall(book: OrderBook, payload: Record<string, unknown>): Partial<OrderBook> {
  const { order: word, lines = {}, out = {} } = payload as Said;
  const apart = { ...book.apart };
  for (const line of book.order.lines) {
    const stage = out[line.id];
    if (stage) for (let unitNo = 1; unitNo <= line.qty; unitNo++) apart[`${line.id}.${unitNo}`] = stage;
  }
  const order = {
    ...book.order,
    rawStatus: word ?? book.order.rawStatus,
    lines: book.order.lines.map((line) => (lines[line.id] ? { ...line, rawStatus: lines[line.id]! } : line)),
  };
  return { order, apart };
}
