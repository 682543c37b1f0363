import { countSkus, type Draft, onStock, onUnit, unitOf } from './draft.ts';
import type { Change } from './event.ts';
import type { Claim, Finding } from './state.ts';

const PLACES = { RESTOCK: 'STOCK', B_STOCK: 'BAD', SCRAP: 'BAD', TO_PARTNER: 'PARTNER', SEND_BACK: 'DOCK' } as const;

/** Where inspected pieces go (처리 방법); what goes back on the shelf is free stock again. */
export function putAway(draft: Draft, found: readonly (readonly [string, Finding])[]): Change[] {
  const restocked = found
    .filter(([, { disposition }]) => disposition === 'RESTOCK')
    .map(([key]) => unitOf(draft.state, key));
  return [
    ...found.map(([key, { disposition }]) => onUnit(key, { place: PLACES[disposition] })),
    ...(restocked.length > 0 ? [onStock(draft.state, countSkus(restocked, 1))] : []),
  ];
}

/**
 * T26b on a re-shipment of a wrong item: what comes back counts as the piece itself from now on. The right one never
 * left, so that it is free again when the return is.
 */
export function bringIn(draft: Draft, { collection, findings, units }: Claim): Change[] {
  if (collection.state === 'PICKED_UP') return units.map((key) => onUnit(key, { place: 'INBOUND' }));
  if (collection.state !== 'ARRIVED') return [];
  const found = units.flatMap((key) => (findings[key] ? [[key, findings[key]] as const] : []));
  const unseen = units.filter((key) => !findings[key]);
  return [...unseen.map((key) => onUnit(key, { place: 'DOCK' })), ...putAway(draft, found)];
}
