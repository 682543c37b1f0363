import type { Refusal } from '#policies/rules/refusal.ts';
import { isBalanced } from './balance.ts';
import { unbook } from './booking.ts';
import { isSwapped } from './claim-state.ts';
import { closeIfDone } from './closing.ts';
import { amend, claimOf, type Draft, onClaim, onUnit, record, unitsOf } from './draft.ts';
import type { Change } from './event.ts';
import { chargeExchange } from './exchange-fees.ts';
import { checkUndoable } from './find.ts';
import { spreadReduction } from './price-reduction.ts';
import { EMPTY_QUOTE } from './quote.ts';
import { removalOf } from './settlement.ts';
import { quoteAgain, settle } from './settling.ts';
import type { Booked, Claim } from './state.ts';

/** Splits units off and records it; the child takes everything over that concerns them. */
export function splitOff(draft: Draft, claim: Claim, keys: readonly string[]): Claim | Refusal {
  const refusal = checkUndoable(claim, 'T39');
  if (refusal) return refusal;
  record(draft, 'claim.split', claim.id, []);
  const child = moveUnits(draft, claim.id, keys);
  for (const id of [claim.id, child]) closeIfDone(draft, id);
  return claimOf(draft.state, child);
}

/** Moves units to a new claim inside the current event. Quotes follow the units. */
export function moveUnits(draft: Draft, id: string, keys: readonly string[]): string {
  const wasBooked = claimOf(draft.state, id).booked !== null;
  // What has shipped, or is sent back, is settled: its money stays with the first claim, only the way of the goods is
  // told apart.
  const shipped = isSwapped(claimOf(draft.state, id));
  const settled = shipped || claimOf(draft.state, id).exiting !== null;
  const undone = settled ? [] : unbook(draft, id, true);
  const claim = claimOf(draft.state, id);
  const child = `k${draft.state.counters.claim + 1}`;
  const stay = claim.units.filter((key) => !keys.includes(key));
  const reserved = splitReservation(draft, claim, keys);
  const reduceBy = reductionOf(draft, claim, keys);
  const row: Claim = {
    ...claim,
    id: child,
    units: [...keys],
    findings: only(claim.findings, keys),
    // What is not here yet comes in a box of its own.
    collection: claim.collection.returnedAt === null ? { ...claim.collection, fare: 0 } : claim.collection,
    redelivery: reserved && apart(claim, reserved[1]),
    carried: [],
    paid: [],
    fees: [],
    refunds: [],
    repaid: [],
    booked: shipped ? NOTHING_BOOKED : null,
    usage: 0,
    reduceBy,
    ...(settled ? { quote: EMPTY_QUOTE, consented: EMPTY_QUOTE } : {}),
  };
  amend(draft, partChanges(draft, claim, row, stay, reserved?.[0]));
  if (settled) return child;
  if (wasBooked && !isBalanced(draft)) stayOut(draft, row);
  for (const part of [id, child]) quotePart(draft, part, wasBooked);
  for (const later of undone) settle(draft, later);
  return child;
}

/**
 * A refund that is made counted with both parts: the second stays out while the first is booked, so that neither
 * carries what the other changes (I14).
 */
function stayOut(draft: Draft, part: Claim): void {
  const removal = removalOf(part);
  if (!removal) return;
  const out = { claim: part.id, buyer: removal.buyer };
  amend(
    draft,
    part.units.map((key) => onUnit(key, { out })),
  );
}

function partChanges(
  draft: Draft,
  claim: Claim,
  row: Claim,
  stay: string[],
  reserved: Record<string, number> | undefined,
): Change[] {
  return [
    { on: 'newClaim', row },
    { on: 'order', set: { counters: { ...draft.state.counters, claim: draft.state.counters.claim + 1 } } },
    onClaim(claim.id, {
      units: stay,
      findings: only(claim.findings, stay),
      reduceBy: claim.reduceBy - row.reduceBy,
      ...(reserved ? { redelivery: { ...claim.redelivery!, reserved } } : {}),
    }),
    ...row.units.map((key) => onUnit(key, { hold: row.id })),
  ];
}

function quotePart(draft: Draft, id: string, wasBooked: boolean): void {
  quoteAgain(draft, id, true);
  if (wasBooked) settle(draft, id);
  else dueAgain(draft, id);
}

const NOTHING_BOOKED: Booked = {
  order: 0,
  entries: [],
  shipping: {},
  reclaim: 0,
  takings: [],
  givebacks: [],
  exempt: 0,
  moves: [],
  cuts: [],
};

/** M16: of a price reduction, what falls on the pieces that are split off. */
function reductionOf(draft: Draft, claim: Claim, keys: readonly string[]): number {
  if (claim.kind !== 'REDUCE') return claim.reduceBy;
  let won = 0;
  for (const { unit, tenders } of spreadReduction(unitsOf(draft.state, claim), claim.reduceBy))
    if (keys.includes(unit.key)) for (const row of tenders) won += row.won;
  return won;
}

/** The box that is packed stays with the first part: what is split off it is packed again, in a box of its own. */
function apart(claim: Claim, reserved: Record<string, number>): Claim['redelivery'] {
  const packed = claim.kind === 'EXCHANGE' && claim.redelivery!.state === 'PACKED';
  return { ...claim.redelivery!, reserved, ...(packed ? { state: 'RESERVED', parcel: null } : {}) };
}

function only<T>(rows: Record<string, T>, keys: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(rows).filter(([key]) => keys.includes(key)));
}

function splitReservation(
  draft: Draft,
  claim: Claim,
  keys: readonly string[],
): [Record<string, number>, Record<string, number>] | null {
  if (!claim.redelivery) return null;
  const mine: Record<string, number> = {};
  const childs: Record<string, number> = {};
  for (const key of claim.units) {
    const sku = claim.wanted?.sku ?? draft.state.units.find((unit) => unit.key === key)!.info.sku;
    if (claim.redelivery.reserved[sku] === undefined) continue;
    const side = keys.includes(key) ? childs : mine;
    side[sku] = (side[sku] ?? 0) + 1;
  }
  return [mine, childs];
}

/** Fees of an accepted exchange are due before it ships; they follow its quote. */
export function dueAgain(draft: Draft, id: string): void {
  const claim = claimOf(draft.state, id);
  if (claim.kind !== 'EXCHANGE' || !claim.accepted || claim.exiting || claim.booked) return;
  chargeExchange(draft, id);
}
