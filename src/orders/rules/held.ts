import type { MallVerb } from '#malls/contract.ts';

/** Verbs that let goods of an order leave: none of them while it is held (출고보류). */
const LEAVING: readonly MallVerb[] = ['ship'];

export const letsLeave = (verb: MallVerb): boolean => LEAVING.includes(verb);

type Parcel = { id: string; preparedAt: Date | null; waybillAt: Date | null; shippedAt: Date | null };

/**
 * Parcels that were packed, got a waybill or left after a hold began. What happened outside cannot be refused, so it is
 * shown: somebody has to stop the parcel or release the order.
 */
export function brokenBy(hold: { at: Date }, parcels: readonly Parcel[]): string[] {
  const after = (at: Date | null) => at !== null && at.getTime() > hold.at.getTime();
  return parcels
    .filter((parcel) => after(parcel.preparedAt) || after(parcel.waybillAt) || after(parcel.shippedAt))
    .map(({ id }) => id);
}
