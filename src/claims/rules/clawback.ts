import type { Won } from '#orders/rules/order.ts';
import { kstDay } from '#policies/rules/calendar.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { chargeAsBooked } from './balance.ts';
import { unbookAbove } from './booking.ts';
import { claimFor } from './claim-for.ts';
import { closeIfDone, release, worthOfClaim } from './closing.ts';
import { amend, claimOf, type Draft, onClaim, onUnit, record, unitsOf } from './draft.ts';
import type { Change } from './event.ts';
import { shareOf } from './exchange-difference.ts';
import { restoreFees } from './fees.ts';
import { refuseClaim } from './find.ts';
import type { Receivable } from './order-parts.ts';
import { sendBackFee } from './pickup-fee.ts';
import { rebalance } from './rebalance.ts';
import { receivable } from './receivables.ts';
import { byTender } from './refund-amount.ts';
import { repay } from './repay.ts';
import { newParcel } from './special-parcels.ts';
import type { Booked, Claim, Entry, Fee, Money, State } from './state.ts';
import { takenFrom, without, withTaken } from './taken.ts';

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
  const here = claim.failed && foundHere(claim).length > 0;
  const goods = draft.command.goods ?? (here ? 'SEND_BACK' : 'KEEP');
  if (goods === 'SEND_BACK' && (!handedOver || (claim.failed && !here)))
    return refuseClaim('wrong_state', 'T30', claim, 'SEND_BACK');
  record(draft, 'preRefund.clawback', claim.id, []);
  return claim.kind === 'EXCHANGE' ? clawExchange(draft, claim, goods) : clawReturn(draft, claim, goods);
}

/** What of a failed claim's goods is here and can go back: not what was missing from the box. */
function foundHere(claim: Claim): string[] {
  return claim.units.filter((key) => claim.findings[key]?.result !== 'MISSING');
}

function clawReturn(draft: Draft, claim: Claim, goods: 'SEND_BACK' | 'KEEP'): string {
  const sendBack = goods === 'SEND_BACK' ? sendBackFee(draft.state, { ...claim, exiting: 'REJ' }) : 0;
  const { owed, credited } = advanced(claim);
  const principal = owed.reduce((sum, row) => sum + row.won, 0);
  const account = `advance/${claim.id}`;
  const amount = clawbackAmount(principal, sendBack);
  const given = { reason: 'PRE_REFUND_CLAWBACK', debtor: 'CUSTOMER', claim: claim.id, account } as const;
  const row = receivable(draft, { ...given, amount, principal });
  const undone = unbookAbove(draft, claim.booked!.order);
  voidAdvance(draft, claim, row, owed, credited);
  dropShared(draft, claim);
  const back = goods === 'SEND_BACK' ? newParcel(draft, claim, 'SEND_BACK', foundHere(claim)) : null;
  const missing = claim.units.filter((key) => claim.findings[key]?.result === 'MISSING');
  const end = back ? { exiting: 'REJ' as const, sendBack: back.parcel.id } : { closed: 'REJ' as const };
  amend(draft, [
    onClaim(claim.id, { hold: null, failed: false, ...end }),
    ...(back?.changes ?? []),
    ...(back ? [] : release(claim)),
    // What was not in the box has stayed with the customer, and stays theirs.
    ...missing.map((key) => onUnit(key, { place: 'CUSTOMER' })),
  ]);
  rebalance(draft, claim.id, undone);
  return claim.id;
}

/** What was advanced by tender: the customer's own payments among it went back rightly and are not owed. */
function advanced(claim: Claim): { owed: Money[]; credited: Money[] } {
  const owed: Money[] = [];
  const credited: Money[] = [];
  // What went back later, such as cash found in the box, was no part of the advance.
  const made = claim.refunds.filter(({ executedAt }) => executedAt === claim.advance!.at);
  for (const { tender, amount } of made) {
    const own = claim.carried.reduce((sum, row) => sum + (row.tender === tender && !row.account ? row.won : 0), 0);
    const back = Math.min(own, amount);
    if (back > 0) credited.push({ tender, won: back });
    if (amount > back) owed.push({ tender, won: amount - back });
  }
  return { owed, credited };
}

/**
 * The sale stands again: units are kept, deductions void. What was refunded is owed, and what will pay it is
 * the tender on which the units now lie.
 */
function voidAdvance(draft: Draft, claim: Claim, row: Receivable, owed: Money[], credited: Money[]): void {
  const booked = claim.booked!;
  const rows = booked.takings.filter(({ account }) => account.startsWith('shipping/') || account === 'reclaim');
  const entries = booked.entries.map(([debit, credit, won]): Entry => [credit, debit, won]);
  entries.push([`advance/${claim.id}`, `payable/${claim.id}`, row.principal]);
  for (const { won } of credited) entries.push([`credit/${claim.id}`, `payable/${claim.id}`, won]);
  const gone = givenBackSince(draft.state, claim, rows);
  for (const { account, won } of gone) entries.push([`credit/${claim.id}`, account, won]);
  const tender = {
    id: row.id,
    kind: 'TRANSFER' as const,
    role: 'FEE' as const,
    amount: row.amount,
    captured: 0,
    refunded: 0,
  };
  const back = booked.givebacks.map((taking) => ({ ...taking, tender: row.id }));
  amend(
    draft,
    [
      { on: 'newReceivable', row },
      { on: 'newTender', row: { ...tender, partialCancel: 'YES', refundLimitAt: null, replacedBy: null } },
      onClaim(claim.id, { booked: null, fees: stillDue(draft, claim), carried: [] }),
      {
        on: 'order',
        set: { taken: withTaken(without(draft.state.taken, less(rows, gone)), back) },
      },
      ...restoreFees(draft.state, booked.cuts),
      ...moveShares(draft, claim, row.id, owed),
    ],
    entries,
  );
  chargeAsBooked(draft);
  repay(draft, claim.id, leftOver(leftOver(claim.carried, credited), byTender(gone)));
}

/** Whether other parts of an advanced return (T15) came in the same box and are still returned. */
function isShared({ claims }: State, { id, pickup }: Claim): boolean {
  return claims.some(
    (row) => row.id !== id && row.pickup === pickup && row.kind === 'RETURN' && row.advance && row.booked,
  );
}

function isOfBox({ kind }: Fee): boolean {
  return kind === 'RETURN' || kind === 'USAGE';
}

/** The fees of a box in which another part stays returned are due now: no advance covers them any more. */
function stillDue({ state, now }: Draft, claim: Claim): Fee[] {
  if (!isShared(state, claim)) return [];
  return claim.fees.filter(isOfBox).map((fee) => ({ ...fee, state: 'DUE' as const, dueSince: now }));
}

/** When the last part of a box is clawed back nothing of it is returned, and its fee is void. */
function dropShared(draft: Draft, claim: Claim): void {
  if (isShared(draft.state, claim)) return;
  for (const { id, pickup, advance, fees } of draft.state.claims)
    if (pickup === claim.pickup && advance && fees.some((fee) => fee.state === 'DUE' && isOfBox(fee)))
      amend(draft, [onClaim(id, { fees: fees.filter((fee) => fee.state !== 'DUE' || !isOfBox(fee)) })]);
}

function less(rows: Booked['takings'], gone: Booked['takings']): Booked['takings'] {
  const of = (row: Booked['takings'][number]) =>
    gone.find(({ account, tender }) => account === row.account && tender === row.tender)?.won ?? 0;
  return rows.map((row) => ({ ...row, won: row.won - of(row) })).filter(({ won }) => won > 0);
}

/** Of shipping that the customer's own payments covered, what another refund has given back since: it went back once. */
function givenBackSince(state: State, claim: Claim, rows: Booked['takings']): Booked['takings'] {
  const own = new Set(claim.carried.filter(({ account }) => !account).map(({ tender }) => tender));
  return rows
    .filter(({ tender }) => own.has(tender))
    .map((row) => ({ ...row, won: row.won - Math.min(row.won, takenFrom(state.taken, row.account, row.tender)) }))
    .filter(({ won }) => won > 0);
}

/** Payments of the customer that covered deductions which are void now. */
function leftOver(carried: readonly Money[], credited: readonly Money[]): Money[] {
  return carried
    .filter((row) => !row.account)
    .map((row) => ({ ...row, won: row.won - (credited.find(({ tender }) => tender === row.tender)?.won ?? 0) }))
    .filter((row) => row.won > 0);
}

function moveShares(draft: Draft, claim: Claim, to: string, owed: readonly Money[]): Change[] {
  const left = new Map(owed.map(({ tender, won }) => [tender, won]));
  for (const { tender, won } of claim.booked!.givebacks) left.set(tender, (left.get(tender) ?? 0) - won);
  return unitsOf(draft.state, claim).map((unit) => {
    const tenders: Record<string, Won> = { ...unit.tenders };
    for (const { tender, won } of shareOf(unit)) {
      const part = Math.max(0, Math.min(won, left.get(tender) ?? 0));
      if (part === 0) continue;
      left.set(tender, left.get(tender)! - part);
      tenders[tender] = tenders[tender]! - part;
      tenders[to] = (tenders[to] ?? 0) + part;
    }
    for (const tender in tenders) if (tenders[tender] === 0) delete tenders[tender];
    return onUnit(unit.key, { out: null, tenders });
  });
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
