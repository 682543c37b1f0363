import type { FileOrder } from './order-of.ts';

/** What is known of an order, as far as a file can tell something newer. */
export type Known = {
  paidAt: Date | string | null;
  confirmedAt: Date | string | null;
  parcels: { trackingNo: string | null; shippedAt: Date | string | null; deliveredAt: Date | string | null }[];
};
export type Change = { field: string; before: string | null; after: string | null };

const iso = (time: Date | string | null | undefined): string | null => (time ? new Date(time).toISOString() : null);

/**
 * What a file would change of a known order: a payment, a tracking number, a scan, a delivery, a confirmation (T0). An
 * empty cell changes nothing, and a fact that is there is never taken back.
 */
export function changesOf(known: Known, order: FileOrder): Change[] {
  const changes: Change[] = [];
  const newer = (field: string, before: Date | string | null | undefined, after: string | null | undefined) => {
    if (after && !before) changes.push({ field, before: null, after: iso(after) });
  };
  newer('paidAt', known.paidAt, order.paidAt);
  newer('confirmedAt', known.confirmedAt, order.confirmedAt);
  for (const parcel of order.parcels) {
    const same = known.parcels.find(({ trackingNo }) => trackingNo === parcel.trackingNo);
    if (!same)
      changes.push({ field: 'trackingNo', before: known.parcels[0]?.trackingNo ?? null, after: parcel.trackingNo });
    newer('shippedAt', same?.shippedAt, parcel.shippedAt);
    newer('deliveredAt', same?.deliveredAt, parcel.deliveredAt);
  }
  return changes;
}
