import { Fields } from '#policies/rules/fields.ts';
import type { Line, Order, Parcel } from './order.ts';
import { readUnitRefs } from './unit-refs.ts';

const LINE_NAMES = new Set(
  `id group sku name listPrice qty taxKind inventoryType partner optionText returnability noticeProof supplyCost productNo
  rawStatus giftOf bundleId`.split(/\s+/),
);
const PARCEL_NAMES = new Set('id group units carrier trackingNo preparedAt waybillAt shippedAt deliveredAt'.split(' '));
export const MOST_UNITS = 1_000;

/** A line of an order. The inventory type left out: the product's, which the caller knows. */
export function readLine(at: Fields, value: unknown, index: number): Line {
  const line = new Fields(value, `order.lines.${index}`, 'M2');
  line.only(LINE_NAMES);
  const proof = line.raw('noticeProof');
  const read: Line = {
    id: line.text('id'),
    group: line.text('group'),
    sku: line.key('sku'),
    name: line.text('name', line.text('sku')),
    listPrice: line.won('listPrice'),
    qty: line.number('qty', 1, MOST_UNITS),
    taxKind: line.choice('taxKind', ['TAXABLE', 'EXEMPT', 'ZERO'], 'TAXABLE'),
    inventoryType: line.choice('inventoryType', ['CONSIGN', 'DIRECT', 'FULFIL'], 'CONSIGN'),
    partner: line.text('partner', null),
    returnability: line.choice('returnability', ['NORMAL', 'CUSTOM_MADE', 'DIGITAL', 'PERISHABLE', 'SEALED'], 'NORMAL'),
    noticeProof: Boolean(proof),
    noticeProofId: typeof proof === 'string' && proof !== '' ? proof.slice(0, 500) : null,
    optionText: line.raw('optionText') === '' ? null : line.text('optionText', null),
    supplyCost: line.has('supplyCost') && line.raw('supplyCost') !== null ? line.won('supplyCost') : null,
    productNo: line.text('productNo', null),
    rawStatus: line.raw('rawStatus') === '' ? null : line.text('rawStatus', null),
    bundleId: line.text('bundleId', null),
    giftOf: line.text('giftOf', null),
    product: null,
  };
  at.part(line);
  return read;
}

export function readParcel(at: Fields, value: unknown, index: number, order: Order): Parcel {
  const parcel = new Fields(value, `order.parcels.${index}`, 'T0');
  parcel.only(PARCEL_NAMES);
  const read: Parcel = {
    id: parcel.text('id'),
    group: parcel.text('group', ''),
    units: readUnitRefs(parcel, 'units'),
    carrier: parcel.text('carrier', null),
    trackingNo: parcel.text('trackingNo', null),
    preparedAt: parcel.instant('preparedAt', null),
    waybillAt: parcel.instant('waybillAt', null),
    shippedAt: parcel.instant('shippedAt', null),
    deliveredAt: parcel.instant('deliveredAt', null),
  };
  for (const ref of read.units) {
    const line = order.lines.find((row) => row.id === ref.line);
    if (!line || ref.unitNo > line.qty || ref.child) parcel.fail('unit_unknown', 'units');
    if (!read.group && line) read.group = line.group;
  }
  // T0: a later fact implies the earlier ones: what left and was confirmed has arrived by then.
  const { confirmedAt } = order;
  if (read.shippedAt !== null && confirmedAt !== null && confirmedAt >= read.shippedAt)
    read.deliveredAt ??= confirmedAt;
  at.part(parcel);
  return read;
}
