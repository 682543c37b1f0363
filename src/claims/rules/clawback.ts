import type { Won } from '#orders/rules/order.ts';
import { kstDay } from '#policies/rules/calendar.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { claimFor } from './claim-for.ts';
import { closeIfDone, release, worthOfClaim } from './closing.ts';
import { amend, claimOf, type Draft, onClaim, onUnit, record } from './draft.ts';
import type { Change } from './event.ts';
import { refuseClaim } from './find.ts';
import { sendBackFee } from './pickup-fee.ts';
import { rebalance } from './rebalance.ts';
import { receivable } from './receivables.ts';
import { newParcel } from './special-parcels.ts';
import type { Claim, Entry } from './state.ts';
import { without } from './taken.ts';

/** M14: what is clawed back: the refund paid in advance, and the way back when the goods go back. */
export function clawbackAmount(advance: Won, sendBack: Won): Won {
  return advance + sendBack;
}

/**
 * T30 선환불 환수 (also after T32a, T32b): not handed over by the deadline, or the inspection failed. What was
 * advanced becomes a receivable; the goods go back, or stay where they are.
 */
export function clawBack(draft: Draft): Refusal | string | null {
  const happened = (row: Claim) =>
    draft.state.receivables.some((debt) => debt.claim === row.id && debt.account.startsWith('advance/'));
  const claim = claimFor(draft, 'preRefund.clawback', happened);
  if (claim === null) return draft.command.claim ?? null;
  if (isRefusal(claim)) return claim;
  if (!claim.advance || claim.exiting) return refuseClaim('wrong_state', 'T30', claim);
  const handedOver = claim.collection.state === 'PICKED_UP' || claim.collection.state === 'ARRIVED';
  const last = kstDay(claim.advance.at) + draft.policy.preRefund.deadline;
  if (!claim.failed && handedOver) return refuseClaim('wrong_state', 'T30', claim);
  if (!claim.failed && draft.today <= last)
    return refuse('too_early', 'T30', {
      policy: 'preRefund',
      version: draft.policy.version,
      possible: ['pickup.scan', 'arrive'],
    });
  const goods = draft.command.goods ?? (claim.failed ? 'SEND_BACK' : 'KEEP');
  if (goods === 'SEND_BACK' && !handedOver) return refuseClaim('wrong_state', 'T30', claim, 'SEND_BACK');
  record(draft, 'preRefund.clawback', claim.id, []);
  return claim.kind === 'EXCHANGE' ? clawExchange(draft, claim, goods) : clawReturn(draft, claim, goods);
}

function clawReturn(draft: Draft, claim: Claim, goods: 'SEND_BACK' | 'KEEP'): string {
  const sendBack = goods === 'SEND_BACK' ? sendBackFee(draft.state, { ...claim, exiting: 'REJ' }) : 0;
  const account = `advance/${claim.id}`;
  const amount = clawbackAmount(claim.advance!.amount, sendBack);
  const row = receivable(draft, {
    reason: 'PRE_REFUND_CLAWBACK',
    debtor: 'CUSTOMER',
    claim: claim.id,
    amount,
    principal: claim.advance!.amount,
    account,
  });
  voidAdvance(draft, claim);
  const back = goods === 'SEND_BACK' ? newParcel(draft, claim, 'SEND_BACK', claim.units) : null;
  amend(draft, [
    { on: 'newReceivable', row },
    onClaim(claim.id, {
      hold: null,
      failed: false,
      ...(back ? { exiting: 'REJ' as const, sendBack: back.parcel.id } : { closed: 'REJ' as const }),
    }),
    ...(back?.changes ?? []),
    ...(back ? [] : release(claim)),
  ]);
  rebalance(draft, claim.id);
  return claim.id;
}

/** The sale stands again: units are kept, deductions void; what was refunded is owed on an account of its own. */
function voidAdvance(draft: Draft, claim: Claim): void {
  const booked = claim.booked!;
  const charged = { ...draft.state.charged };
  for (const group in booked.shipping) charged[group] = charged[group]! + booked.shipping[group]!;
  const rows = booked.takings.filter(({ account }) => account.startsWith('shipping/') || account === 'reclaim');
  const entries = booked.entries.map(([debit, credit, won]): Entry => [credit, debit, won]);
  entries.push([`advance/${claim.id}`, `payable/${claim.id}`, claim.advance!.amount]);
  const changes: Change[] = [
    onClaim(claim.id, { booked: null, fees: [] }),
    {
      on: 'order',
      set: {
        charged,
        reclaimed: draft.state.reclaimed - booked.reclaim,
        taken: [...without(draft.state.taken, rows), ...booked.givebacks],
      },
    },
    ...claim.units.map((key) => onUnit(key, { out: null })),
  ];
  amend(draft, changes, entries);
}

/** T32a, T32b: the old piece was not handed over, or failed: the customer owes what it is worth and may keep it. */
function clawExchange(draft: Draft, claim: Claim, goods: 'SEND_BACK' | 'KEEP'): string {
  const account = `advance/${claim.id}`;
  const worth = claim.advance!.amount || worthOfClaim(draft, claim);
  const sendBack = goods === 'SEND_BACK' ? sendBackFee(draft.state, claim) : 0;
  const amount = clawbackAmount(worth, sendBack);
  const row = receivable(draft, {
    reason: 'CROSS_NOT_HANDED',
    debtor: 'CUSTOMER',
    claim: claim.id,
    amount,
    principal: worth,
    account,
  });
  const back = goods === 'SEND_BACK' ? newParcel(draft, claim, 'SEND_BACK', claim.units) : null;
  const { collection } = claim;
  const state = collection.state === 'ARRIVED' ? 'ARRIVED' : 'CANCELLED';
  const findings = Object.fromEntries(
    claim.units.map((key) => [key, { result: 'FAIL', disposition: 'SEND_BACK' } as const]),
  );
  amend(draft, [
    { on: 'newReceivable', row },
    onClaim(claim.id, { hold: null, failed: false, findings, collection: { ...collection, state } }),
    ...(back?.changes ?? []),
  ]);
  closeIfDone(draft, claim.id);
  return claimOf(draft.state, claim.id).id;
}
