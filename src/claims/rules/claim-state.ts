import type { Claim, ClaimState } from './state.ts';

/**
 * Section 2.2: a claim has no status of its own, it shows where its parts stand.
 *
 * An exit decided while goods are with us shows the way back (RED) until what is sent back is delivered.
 * A replacement sent before the old piece is here (T32a, T32b) shows RED until it is delivered.
 */
export function project(claim: Claim): ClaimState {
  if (claim.closed) return claim.closed;
  if (!claim.accepted) return 'REQ';
  const { state } = claim.collection;
  if (claim.exiting) return state === 'PICKED_UP' ? 'COL' : 'RED';
  const redelivering = isRedelivering(claim);
  if (redelivering && claim.special.includes('SHIP_FIRST')) return 'RED';
  if (state === 'ARRIVED' && !isInspected(claim)) return 'INS';
  if (state === 'PICKED_UP') return 'COL';
  if (redelivering && (claim.waived || isInspected(claim))) return 'RED';
  if (state === 'PLANNED' || state === 'BOOKED' || state === 'FAILED') return 'ACC';
  return 'SET';
}

/** Every unit has been found in order, or there was nothing to inspect. */
export function isInspected(claim: Claim): boolean {
  const { state } = claim.collection;
  if (state === 'NONE' || state === 'LOST' || state === 'CANCELLED') return true;
  if (state !== 'ARRIVED' || claim.failed) return false;
  return claim.units.every((key) => claim.findings[key] !== undefined);
}

/** A replacement is owed and not there yet. */
export function isRedelivering(claim: Claim): boolean {
  return claim.redelivery !== null && claim.redelivery.state !== 'DELIVERED' && claim.redelivery.state !== 'ENDED';
}

/** The replacement of an exchange has left: its value has moved to another piece, nothing of it can be undone. */
export function isSwapped({ kind, redelivery }: Claim): boolean {
  return kind === 'EXCHANGE' && redelivery !== null && ['SHIPPED', 'DELIVERED', 'ENDED'].includes(redelivery.state);
}

/** Money that still has to move: refunds not made and fees not paid. */
export function openMoney(claim: Claim): number {
  let open = claim.quote.fare - claim.fareDone > 0 && claim.booked ? claim.quote.fare - claim.fareDone : 0;
  for (const refund of claim.refunds) if (refund.state !== 'DONE') open += refund.amount;
  for (const fee of claim.fees) if (fee.state === 'DUE') open += fee.amount;
  return open;
}

/**
 * A refund that has been made, or of which nobody knows: the claim can no longer be undone. Nor when its units
 * were left out of a payment that has come (PAID_LESS).
 */
export function refundStarted(claim: Claim): 'no' | 'unknown' | 'started' {
  const advanced = claim.kind === 'RETURN' && claim.advance !== null;
  let started: 'no' | 'unknown' | 'started' = advanced || claim.special.includes('PAID_LESS') ? 'started' : 'no';
  for (const refund of claim.refunds) {
    if (refund.state === 'UNKNOWN') return 'unknown';
    if (refund.state === 'DONE') started = 'started';
  }
  return started;
}
