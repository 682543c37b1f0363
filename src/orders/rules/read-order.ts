import { Fields } from '#policies/rules/fields.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { type Refusal, refuse } from '#policies/rules/refusal.ts';
import { type Allocation, allocate, isPriced } from './allocation.ts';
import type { Order, Parcel } from './order.ts';
import { MOST_UNITS, readLine, readParcel } from './read-goods.ts';
import { readGroup } from './read-group.ts';
import { readBenefit, readTender } from './read-payment.ts';
import { readCustoms, readOrderer, readReceiver, readSubscription } from './read-people.ts';
import { shippingFee } from './shipping-fee.ts';
import type { Stage } from './unit.ts';

const NAMES = new Set(
  `mall mallOrderNo authority orderedAt paidAt contractDocAt confirmedAt customer receiver giftOrder subscription customs
  groups lines benefits tenders parcels rawStatus memo shiplessOf`.split(/\s+/),
);

/** An order as it came in, with its money frozen. */
export type FrozenOrder = { order: Order; allocation: Allocation };

/**
 * Reads an order of the public interface, checks it and freezes its money (M2, M3).
 *
 * Fees that the order leaves out are taken from the policy of its day and count as notified; null is a fee
 * that was not notified. Refuses `bad_input`, `amount_out_of_range`, `date_out_of_range`, `sum_mismatch`.
 */
export function readOrder(value: unknown, policy: Policy): FrozenOrder | Refusal {
  const at = new Fields(value, 'order', 'M3');
  at.only(NAMES);
  const orderedAt = at.instant('orderedAt');
  const order: Order = {
    mall: at.text('mall', 'own'),
    mallOrderNo: at.text('mallOrderNo', ''),
    authority: at.choice('authority', ['SELF', 'MALL'], 'SELF'),
    orderedAt,
    paidAt: at.instant('paidAt', null),
    contractDocAt: at.instant('contractDocAt', orderedAt),
    confirmedAt: at.instant('confirmedAt', null),
    customer: customerKey(at.raw('customer')),
    orderer: readOrderer(at),
    receiver: readReceiver(at),
    giftOrder: at.raw('giftOrder') === true,
    subscription: readSubscription(at),
    customs: readCustoms(at),
    rawStatus: at.raw('rawStatus') === '' ? null : at.text('rawStatus', null),
    memo: at.raw('memo') === '' ? null : at.text('memo', null),
    shiplessOf: at.text('shiplessOf', null),
    groups: at.list('groups').map((row, index) => readGroup(at, row, index, policy)),
    lines: at.list('lines').map((row, index) => readLine(at, row, index)),
    benefits: [],
    tenders: [],
    parcels: [],
    stages: [],
  };
  checkLines(at, order);
  if (at.problem) return at.problem;
  order.benefits = at.list('benefits', []).map((row, index) => readBenefit(at, row, index, order));
  order.parcels = at.list('parcels', []).map((row, index) => readParcel(at, row, index, order));
  checkIds(at, order);
  if (at.problem) return at.problem;
  fillShipping(order, policy);
  readTenders(at, order);
  order.stages = stagesOf(order);
  return at.problem ?? checkDates(order) ?? freeze(order);
}

function customerKey(value: unknown): string {
  const { id, phone, name } = (value ?? {}) as Record<string, unknown>;
  return String(id ?? phone ?? name ?? '');
}

function checkLines(at: Fields, order: Order): void {
  const groups = new Set(order.groups.map((group) => group.id));
  let units = 0;
  for (const line of order.lines) {
    if (!groups.has(line.group)) at.fail('bad_input', 'lines.group');
    units += line.qty;
  }
  if (units === 0) at.fail('bad_input', 'lines');
  if (units > MOST_UNITS) at.fail('amount_out_of_range', 'lines');
  unique(at, 'lines', order.lines);
  unique(at, 'groups', order.groups);
}

function checkIds(at: Fields, order: Order): void {
  unique(at, 'benefits', order.benefits);
  unique(at, 'parcels', order.parcels);
  const packed = order.parcels.flatMap((parcel) => parcel.units.map((ref) => `${ref.line}.${ref.unitNo}`));
  if (new Set(packed).size !== packed.length) at.fail('bad_input', 'parcels.units');
}

function unique(at: Fields, name: string, rows: { id: string }[]): void {
  // Ids become keys of records: none may be one that every object has.
  if (rows.some((row) => row.id in Object.prototype)) at.fail('bad_input', `${name}.id`);
  if (new Set(rows.map((row) => row.id)).size !== rows.length) at.fail('bad_input', `${name}.id`);
}

/** `paid` left out (marked -1): the base fee by M4 with everything kept. */
function fillShipping(order: Order, policy: Policy): void {
  for (const group of order.groups) {
    if (group.paid >= 0) continue;
    const lines = order.lines.filter((line) => line.group === group.id);
    const list = lines.reduce((sum, line) => sum + line.listPrice * line.qty, 0);
    const off = policy.freeBasis === 'LIST' ? 0 : discounts(order, group.id, policy.freeBasis === 'NET');
    const count = lines.reduce((sum, line) => sum + line.qty, 0);
    group.paid = shippingFee(group, list - off, count);
  }
}

function discounts(order: Order, group: string, all: boolean): number {
  const tenderless = { ...order, tenders: [], groups: [] };
  const { units } = allocate(tenderless);
  const groups = order.lines.flatMap((line) => new Array(line.qty).fill(line.group));
  return units.reduce((sum, unit, index) => {
    if (groups[index] !== group) return sum;
    return sum + unit.price - (all ? unit.net : unit.discounted);
  }, 0);
}

/** What the items, benefits and shipping of an order add up to. */
export function orderTotal(order: Order): number {
  const items = order.lines.reduce((sum, line) => sum + line.listPrice * line.qty, 0);
  const off = order.benefits.reduce((sum, benefit) => sum + (isPriced(benefit) ? benefit.amount : 0), 0);
  return items - off + order.groups.reduce((sum, group) => sum + group.paid + group.remotePaid, 0);
}

function readTenders(at: Fields, order: Order): void {
  const whole = [{ id: 'mall', kind: 'MALL', amount: Math.max(0, orderTotal(order)) }];
  order.tenders = at.list('tenders', whole).map((row, index) => readTender(at, row, index));
  unique(at, 'tenders', order.tenders);
  for (const benefit of order.benefits) {
    if (benefit.tender && !order.tenders.some((tender) => tender.id === benefit.tender))
      at.fail('tender_unknown', 'benefits.tender');
    if (benefit.kind === 'TENDER_INSTANT' && !benefit.tender)
      benefit.tender = order.tenders.find((tender) => tender.kind === 'CARD' || tender.kind === 'EASYPAY')?.id ?? null;
  }
}

/** Stage of each piece by the facts of the order and its parcels (api.md, 'Stage at import'). */
export function stagesOf(order: Order): Stage[] {
  const parcelOf = new Map<string, Parcel>();
  for (const parcel of order.parcels) for (const ref of parcel.units) parcelOf.set(`${ref.line}.${ref.unitNo}`, parcel);
  return order.lines.flatMap((line) =>
    Array.from({ length: line.qty }, (_, index) => stageOf(order, parcelOf.get(`${line.id}.${index + 1}`))),
  );
}

function stageOf(order: Order, parcel: Parcel | undefined): Stage {
  if (order.paidAt === null) return 'UNPAID';
  if (!parcel) return 'PAID';
  if (parcel.deliveredAt !== null) return order.confirmedAt === null ? 'DELIVERED' : 'CONFIRMED';
  if (parcel.shippedAt !== null) return 'SHIPPED';
  return parcel.preparedAt !== null || parcel.waybillAt !== null ? 'PREPARING' : 'PAID';
}

function checkDates(order: Order): Refusal | null {
  const wrong = (name: string) => refuse('date_out_of_range', 'T0', { what: name });
  if (order.paidAt !== null && order.paidAt < order.orderedAt) return wrong('order.paidAt');
  for (const parcel of order.parcels) {
    let last = order.orderedAt;
    for (const name of ['preparedAt', 'shippedAt', 'deliveredAt'] as const) {
      const time = parcel[name];
      if (time === null) continue;
      if (time < last) return wrong(`order.parcels.${parcel.id}.${name}`);
      last = time;
    }
  }
  return null;
}

function freeze(order: Order): FrozenOrder | Refusal {
  const paid = order.tenders.reduce((sum, tender) => sum + tender.amount, 0);
  if (orderTotal(order) !== paid) return refuse('sum_mismatch', 'M3', { what: `${orderTotal(order)} ≠ ${paid}` });
  const allocation = allocate(order);
  if (allocation.units.some((unit) => unit.net < 0)) return refuse('amount_out_of_range', 'M2', { what: 'benefits' });
  return { order, allocation };
}
