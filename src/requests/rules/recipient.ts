import { type Delivery, needsRecipient } from '#orders/rules/delivery-need.ts';

type Units = Delivery['parcels'][number]['units'];
type Parcel = { state: string; units: unknown };

/** Units of a parcel as the database keeps them, `[{line, unitNos}]`. */
export const unitsIn = (parcel: { units: unknown }): Units =>
  (Array.isArray(parcel.units) ? parcel.units : []) as Units;

/** Parcels that hold something of these lines. */
export function parcelsOf<P extends { units: unknown }>(lines: readonly { id: string }[], parcels: readonly P[]): P[] {
  const own = new Set(lines.map(({ id }) => id));
  return parcels.filter((parcel) => unitsIn(parcel).some(({ line }) => own.has(line)));
}

/** Whether the partner of these lines may see who gets them: see `needsRecipient`. */
export const mayShowRecipient = (stage: string, lines: Delivery['lines'], parcels: readonly Parcel[]): boolean =>
  needsRecipient({
    stage,
    lines,
    parcels: parcels.map((parcel) => ({ state: parcel.state, units: unitsIn(parcel) })),
  });
