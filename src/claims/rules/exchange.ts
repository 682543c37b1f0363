import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { claimFor } from './claim-for.ts';
import { type Draft, inStock, onClaim, onStock, record, unitsOf } from './draft.ts';
import { chargeExchange } from './exchange-fees.ts';
import { checkUndoable, needYes, refuseClaim, refusePolicy } from './find.ts';
import { checkProduct } from './other-product.ts';
import { quoteAgain, settle } from './settling.ts';
import type { Claim } from './state.ts';
import { swap } from './swap.ts';

/** T21 옵션변경: another replacement, as long as the old one is not packed; the quote is that of the new wish. */
export function changeExchange(draft: Draft): Refusal | string | null {
  const claim = claimFor(draft, 'exchange.change');
  if (claim === null || isRefusal(claim)) return claim;
  if (claim.exiting) return refuseClaim('wrong_state', 'T21', claim);
  const { redelivery } = claim;
  if (redelivery?.state === 'PACKED') return refuseClaim('already_packed', 'T21', claim);
  if (redelivery?.state === 'SHIPPED' || redelivery?.state === 'DELIVERED')
    return refuseClaim('already_shipped', 'T21', claim);
  const wanted = draft.command.wanted!;
  // A refund that was made stands: another piece of the same price leaves it right.
  const started = checkUndoable(claim, 'T21');
  if (started && claim.wanted?.listPrice !== wanted.listPrice) return started;
  const same = claim.wanted?.sku === wanted.sku && claim.wanted.listPrice === wanted.listPrice;
  if (same && redelivery?.state === 'RESERVED') return claim.id;
  const other = checkProduct(draft, unitsOf(draft.state, claim), wanted);
  if (other) return other;
  const moves: Record<string, number> = { ...redelivery?.reserved };
  moves[wanted.sku] = (moves[wanted.sku] ?? 0) - claim.units.length;
  if (!inStock(draft.state, { [wanted.sku]: -moves[wanted.sku]! }))
    return refuse('out_of_stock', 'T21', { what: wanted.sku });
  const reserved = { [wanted.sku]: claim.units.length };
  record(draft, 'exchange.change', claim.id, [
    onClaim(claim.id, { wanted, redelivery: { state: 'RESERVED', parcel: null, reservedAt: draft.now, reserved } }),
    onStock(draft.state, moves),
  ]);
  if (started) return claim.id;
  quoteAgain(draft, claim.id, true);
  if (claim.booked) settle(draft, claim.id);
  else if (claim.accepted) chargeExchange(draft, claim.id);
  return claim.id;
}

/** T21 예약만료: after exchangeReserveHours the reservation is released, with a task to offer another. */
export function expireExchange(draft: Draft): Refusal | string | null {
  const claim = claimFor(draft, 'exchange.expire', (row) => row.redelivery?.state === 'RELEASED');
  if (claim === null) return draft.command.claim ?? null;
  if (isRefusal(claim)) return claim;
  const { redelivery } = claim;
  if (redelivery?.state !== 'RESERVED') return refuseClaim('already_packed', 'T21', claim);
  if (draft.now < redelivery.reservedAt + draft.policy.exchangeReserveHours * 3_600_000)
    return refusePolicy(draft, 'too_early', 'T21', 'exchangeReserveHours');
  record(draft, 'exchange.expire', claim.id, [
    onStock(draft.state, redelivery.reserved),
    onClaim(claim.id, { redelivery: { ...redelivery, state: 'RELEASED', reserved: {} } }),
    { on: 'order', set: { tasks: [...draft.state.tasks, { what: 'OFFER_ANOTHER', owner: 'A', at: draft.now }] } },
  ]);
  return claim.id;
}

/** Guards that every shipment of a replacement shares: consent, fees, stock. */
function checkShipment(claim: Claim, rule: string): Refusal | null {
  if (claim.exiting) return refuseClaim('wrong_state', rule, claim);
  if (claim.quoteState !== 'CURRENT')
    return refuse('consent_missing', 'I32', { possible: ['quote.accept', 'convert.toReturn'] });
  if (claim.fees.some((fee) => fee.state === 'DUE'))
    return refuse('fee_unpaid', rule, { possible: ['fee.paid', 'fee.waive', 'convert.toReturn'] });
  if (claim.redelivery?.state === 'RELEASED')
    return refuse('out_of_stock', rule, { possible: ['exchange.change', 'convert.toReturn'] });
  return null;
}

/** T22 교환출고: after the inspection, with fees paid and the replacement reserved. */
export function shipExchange(draft: Draft): Refusal | string | null {
  const shipped = (row: Claim) => row.redelivery?.state === 'SHIPPED' || row.redelivery?.state === 'DELIVERED';
  const claim = claimFor(draft, 'exchange.ship', (row) => row.kind === 'EXCHANGE' && shipped(row));
  if (claim === null) return draft.command.claim ?? null;
  if (isRefusal(claim)) return claim;
  const refusal = checkShipment(claim, 'T22');
  if (refusal) return refusal;
  record(draft, 'exchange.ship', claim.id, []);
  return swap(draft, claim.id);
}

/** T32a 맞교환: the driver hands over and takes at the door; the old piece stands as a contingent debt. */
export function crossExchange(draft: Draft): Refusal | string | null {
  return shipBefore(draft, 'exchange.cross', 'T32a');
}

/** T32b 선발송: the replacement leaves before the old piece is back. */
export function shipFirst(draft: Draft): Refusal | string | null {
  return shipBefore(draft, 'exchange.shipFirst', 'T32b');
}

function shipBefore(draft: Draft, event: string, rule: string): Refusal | string | null {
  const claim = claimFor(draft, event, (row) => row.special.includes('SHIP_FIRST'));
  if (claim === null) return draft.command.claim ?? null;
  if (isRefusal(claim)) return claim;
  const { crossExchange: mode } = draft.policy;
  if (mode === 'OFF') return refusePolicy(draft, 'policy_forbids', rule, 'crossExchange', ['exchange.ship']);
  if (claim.failed) return refuseClaim('wrong_state', rule, claim, 'INSPECTION');
  if (claim.fault === 'UNDECIDED') return refuseClaim('fault_undecided', rule, claim);
  const refusal =
    checkShipment(claim, rule) ?? needYes(draft, rule, mode === 'ALLOWED' ? 'crossExchange' : null, ['manager'], 120);
  if (refusal) return refusal;
  const cross = event === 'exchange.cross';
  record(draft, event, claim.id, [
    onClaim(claim.id, {
      special: [...claim.special, 'SHIP_FIRST', ...(cross ? ['CROSS'] : [])],
      ...(cross ? { collection: { ...claim.collection, method: 'CROSS' as const, since: draft.now } } : {}),
      advance: { at: draft.now, amount: 0 },
    }),
  ]);
  settle(draft, claim.id);
  return swap(draft, claim.id);
}
