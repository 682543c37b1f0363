import { expect, test } from 'vitest';
import { needsRecipient } from './delivery-need.ts';

const lines = [{ id: 'A', qty: 2 }];
const parcel = (state: string, line = 'A', unitNos = [1, 2]) => ({ state, units: [{ line, unitNos }] });

test('a partner needs the recipient until its own goods have arrived', () => {
  expect(needsRecipient({ stage: 'PAID', lines, parcels: [] })).toBe(true);
  expect(needsRecipient({ stage: 'PREPARING', lines, parcels: [parcel('PACKED')] })).toBe(true);
  expect(needsRecipient({ stage: 'SHIPPED', lines, parcels: [parcel('SHIPPED')] })).toBe(true);
  expect(needsRecipient({ stage: 'DELIVERED', lines, parcels: [parcel('DELIVERED')] })).toBe(false);
  expect(needsRecipient({ stage: 'CONFIRMED', lines, parcels: [] })).toBe(false);
});

test('unpaid and cancelled orders need nobody’s address', () => {
  expect(needsRecipient({ stage: 'UNPAID', lines, parcels: [parcel('PLANNED')] })).toBe(false);
  expect(needsRecipient({ stage: 'CANCELLED', lines, parcels: [parcel('SHIPPED')] })).toBe(false);
});

test('another partner’s parcel on its way is no reason, and a piece that is in no parcel yet is one', () => {
  const arrived = parcel('DELIVERED');
  expect(needsRecipient({ stage: 'SHIPPED', lines, parcels: [arrived, parcel('SHIPPED', 'B')] })).toBe(false);
  expect(needsRecipient({ stage: 'SHIPPED', lines, parcels: [parcel('DELIVERED', 'A', [1])] })).toBe(true);
});

test('who has no line of the order needs nothing of it', () => {
  expect(needsRecipient({ stage: 'PAID', lines: [], parcels: [parcel('SHIPPED')] })).toBe(false);
});
