import { refuse } from '#platform/operation.ts';
import { dateText, dayOf } from '#policies/rules/calendar.ts';
import { earliestArrival } from './change-deadline.ts';
import {
  cutoffOf,
  type Difference,
  type Goods,
  type Ground,
  packerOf,
  RECIPIENT_FIELDS,
  type Told,
  type Wish,
} from './change-wish.ts';
import { regionOf } from './delivery/region.ts';
import type { Line, Receiver } from './order.ts';
import { type NewEvent, type OrderBook, unitStages } from './order-book.ts';
import { isTerminalStage } from './unit.ts';

/**
 * What a wish changes, of its kind's own fields. Refuses `masked_value`, `remote_fee_paid`, `remote_fee_due`,
 * `no_such_option`, `price_differs`, `out_of_stock`, `decrease_is_cancel`, `increase_is_new_order`, `date_too_early`,
 * `not_held`.
 */
export function toldOf(ground: Ground, wish: Wish, goods: Goods) {
  const { book } = ground;
  switch (wish.kind) {
    case 'RECIPIENT':
      return recipient(book, wish);
    case 'NOTE':
      return differing({ memo: book.order.receiver?.memo ?? null }, { memo: wish.memo });
    case 'OPTION':
      return option(ground, goods.lines[0]!, wish.product);
    case 'QUANTITY':
      return quantity(book, goods, wish.qty);
    case 'DATE':
      return desired(ground, goods, wish.on);
    case 'HOLD':
      return differing({ held: book.hold?.reason ?? null }, { held: wish.reason });
    case 'RELEASE':
      return book.hold ? differing({ held: book.hold.reason }, { held: null }) : refuse('not_held', {});
  }
}

function differing(was: Told, is: Told, remoteFeeWaived = false): Difference {
  const keys = (Object.keys(is) as (keyof Told)[]).filter((key) => (was[key] ?? null) !== (is[key] ?? null));
  const pick = (from: Told) => Object.fromEntries(keys.map((key) => [key, from[key] ?? null]));
  return { before: pick(was), after: pick(is), remoteFeeWaived };
}

function recipient(
  { order }: OrderBook,
  { kind: _, waiveRemoteFee = false, ...given }: Extract<Wish, { kind: 'RECIPIENT' }>,
) {
  const is: Told = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const masked = RECIPIENT_FIELDS.find((field) => is[field]?.includes('*'));
  if (masked) return refuse('masked_value', { field: masked });
  // An old postcode would send the parcel to the old place.
  if (is.address !== undefined && is.postcode === undefined) is.postcode = null;
  const { memo: _memo, ...was }: Told = order.receiver ?? {};
  const region = (told: Told) => regionOf(told.address ?? null, told.postcode ?? null);
  const [from, to] = [region(was), region({ ...was, ...is })].map((one) => one === '제주' || one === '도서산간');
  const paidKrw = order.groups.reduce((sum, group) => sum + group.remotePaid, 0);
  if (from && !to && paidKrw > 0) return refuse('remote_fee_paid', { paidKrw });
  const due = !from && to && paidKrw === 0;
  if (due && !waiveRemoteFee) return refuse('remote_fee_due', {});
  return differing(was, is, due);
}

function option({ options }: Ground, line: Line, product: string) {
  const wanted = options.find((one) => one.product === product);
  if (!wanted) return refuse('no_such_option', {});
  if (wanted.sku === line.sku) return refuse('nothing_changes', {});
  if (wanted.priceKrw !== line.listPrice)
    return refuse('price_differs', { fromKrw: line.listPrice, toKrw: wanted.priceKrw });
  if (wanted.free !== null && wanted.free < line.qty) return refuse('out_of_stock', { free: wanted.free });
  const { sku, optionText } = wanted;
  return differing(
    { sku: line.sku, optionText: line.optionText, product: line.product },
    { sku, optionText, product: wanted.product },
  );
}

/** Fewer pieces are a partial cancel, more an order of their own: both move money, which is not done here. */
function quantity(book: OrderBook, goods: Goods, qty: number) {
  if (qty === goods.inside) return refuse('nothing_changes', {});
  if (qty > goods.inside) return refuse('increase_is_new_order', { pieces: qty - goods.inside });
  return refuse('decrease_is_cancel', { pieces: goods.inside - qty, paidKrw: shareOf(book, goods, qty) });
}

/** What was paid for the last pieces of a line beyond `qty`, from the frozen shares. */
function shareOf(book: OrderBook, { lines }: Goods, qty: number): number {
  const stages = unitStages(book);
  let index = 0;
  const nets: number[] = [];
  for (const line of book.order.lines)
    for (let unitNo = 1; unitNo <= line.qty; unitNo++, index++)
      if (line.id === lines[0]?.id && !isTerminalStage(stages[index]!))
        nets.push(book.allocation.units[index]?.net ?? 0);
  return nets.slice(qty).reduce((sum, net) => sum + net, 0);
}

function desired(ground: Ground, { waiting }: Goods, on: string | null) {
  if (on === null) return differing({ on: ground.book.desiredOn }, { on });
  const first = waiting.map(({ line }) => earliestArrival(ground.now, cutoffOf(ground, packerOf(line))));
  const earliest = Math.max(...first);
  const day = dayOf(on);
  if (day === null || day < earliest) return refuse('date_too_early', { earliest: dateText(earliest) });
  return differing({ on: ground.book.desiredOn }, { on });
}

/** The event that a change makes, once nobody has to say yes any more. Personal data stays apart. */
export function eventOfChange(
  book: OrderBook,
  change: { id: string; kind: Wish['kind']; line: string | null; after: Told },
  at: number,
): NewEvent {
  const { id, kind, line, after } = change;
  const payload = { change: id };
  if (kind === 'RECIPIENT' || kind === 'NOTE') {
    const known: Receiver = book.order.receiver ?? {
      name: '',
      phone: null,
      phone2: null,
      postcode: null,
      address: null,
      memo: null,
    };
    return { type: 'receiver.changed', at, payload, personal: { receiver: { ...known, ...after } } };
  }
  const told = (type: string, more: object): NewEvent => ({
    type,
    at,
    payload: { ...payload, ...more },
    personal: null,
  });
  if (kind === 'OPTION') return told('line.changed', { line, ...after });
  if (kind === 'DATE') return told('dispatch.desired', { on: after.on ?? null });
  if (kind === 'HOLD') return told('dispatch.held', { reason: after.held ?? '' });
  return told('dispatch.released', {});
}
