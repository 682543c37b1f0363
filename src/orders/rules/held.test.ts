import { expect, test } from 'vitest';
import { brokenBy, letsLeave } from './held.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 25, 0, minute));
const parcel = { id: 'p1', preparedAt: null, waybillAt: null, shippedAt: null };

test('what was packed or labelled before the hold does not break it, what is done after it does', () => {
  const hold = { at: at(10) };
  expect(brokenBy(hold, [parcel, { ...parcel, preparedAt: at(5), waybillAt: at(10) }])).toEqual([]);
  for (const fact of ['preparedAt', 'waybillAt', 'shippedAt'] as const)
    expect(brokenBy(hold, [parcel, { ...parcel, id: 'p2', [fact]: at(11) }])).toEqual(['p2']);
  expect(brokenBy(hold, [{ ...parcel, preparedAt: at(5), shippedAt: at(30) }])).toEqual(['p1']);
});

test('a waybill may not be registered while an order is held; other steps at the mall may', () => {
  expect([letsLeave('ship'), letsLeave('addressChange'), letsLeave('cancel.accept')]).toEqual([true, false, false]);
});
