import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { closeIfDone } from './closing.ts';
import { delayInterest } from './delay-interest.ts';
import { amend, claimOf, type Draft, onClaim, record } from './draft.ts';
import { checkRow, namedClaim, refuseClaim } from './find.ts';
import { refunded, reverseVat } from './repay.ts';
import { cashOf, isCovered, setOff } from './set-off.ts';
import type { Claim, Entry, Refund } from './state.ts';

/** Refunds that may run now: READY ones, and UNKNOWN ones, of which the provider's answer has come. */
function runnable(claim: Claim, tender: string | undefined): Refund[] {
  return claim.refunds.filter(
    (refund) =>
      (refund.state === 'READY' || refund.state === 'UNKNOWN') && (tender === undefined || refund.tender === tender),
  );
}

/** The claim of a refund command: the named one, else the newest open one with something to refund. */
function refunding(draft: Draft): Claim | Refusal {
  if (draft.command.claim === undefined) {
    const ready = draft.state.claims.findLast((claim) => !claim.closed && runnable(claim, undefined).length > 0);
    if (ready) return ready;
  }
  return namedClaim(draft);
}

/** T18 환불: the provider answered yes. Interest of 전자상거래법 §18② is paid apart when it is late. */
export function executeRefund(draft: Draft): Refusal | string | null {
  const claim = refunding(draft);
  if (isRefusal(claim)) return claim;
  const { tender } = draft.command;
  if (tender !== undefined && !draft.state.tenders.some((row) => row.id === tender))
    return refuse('tender_unknown', 'T18', { what: tender });
  const run = runnable(claim, tender);
  const fare = claim.booked && claim.quoteState === 'CURRENT' ? claim.quote.fare - claim.fareDone : 0;
  if (run.length === 0 && fare === 0) return nothingToRun(claim, tender);
  const refusal = checkRow(claim, 'refund.execute') ?? checkRefunds(draft, claim, run);
  if (refusal) return refusal;
  record(draft, 'refund.execute', claim.id, []);
  const before = draft.state.claims;
  makePayments(draft, claim, run, fare);
  closeIfDone(draft, claim.id);
  // A fee that was set off may have been the last thing that another claim waited for.
  for (const { id, fees } of before) if (claimOf(draft.state, id).fees !== fees) closeIfDone(draft, id);
  return claim.id;
}

/** Refunds are made, inside the current event: tenders, points, interest, fare, VAT. */
export function makePayments(draft: Draft, claim: Claim, run: readonly Refund[], fare: number): void {
  const paid = run.map((refund) => ({ ...refund, cash: cashOf(draft.state, refund.tender, refund.amount) }));
  const amount = paid.reduce((sum, { cash }) => sum + cash, 0);
  const interest = delayInterest(amount, claim.dueOn, draft.today, draft.policy.interestRounding);
  const made = (refund: Refund) =>
    run.includes(refund) ? { ...refund, state: 'DONE' as const, executedAt: draft.now } : refund;
  const money = paid.filter(({ cash }) => cash > 0);
  const entries: Entry[] = money.map(({ tender, cash }): Entry => [`payable/${claim.id}`, `refunded/${tender}`, cash]);
  if (interest > 0) entries.push(['interest', 'interestPaid', interest]);
  if (fare > 0) entries.push(['fares', 'faresPaid', fare]);
  const refunds = claim.refunds.map(made);
  amend(
    draft,
    [onClaim(claim.id, { refunds, interest: claim.interest + interest, fareDone: claim.fareDone + fare })],
    entries,
  );
  for (const { tender, cash } of money) amend(draft, refunded(draft, tender, cash, claim.fault));
  for (const { tender, cash, amount: whole } of paid) setOff(draft, claim.id, tender, whole - cash);
  amend(draft, [reverseVat(draft)]);
}

function nothingToRun(claim: Claim, tender: string | undefined): Refusal | string {
  const meant = claim.refunds.filter((refund) => tender === undefined || refund.tender === tender);
  if (meant.some((refund) => refund.state === 'FAILED'))
    return refuse('nothing_ready', 'T18', { possible: ['refund.payout'] });
  if (meant.some((refund) => refund.state === 'QUOTED')) {
    if (claim.quoteState === 'CONSENT_MISSING')
      return refuse('consent_missing', 'I32', { possible: ['quote.accept', 'withdraw'] });
    return refuse('fault_undecided', 'T18', { possible: ['fault.change'] });
  }
  if (tender !== undefined && meant.length === 0) return refuseClaim('nothing_ready', 'T18', claim, tender);
  return claim.closed || claim.booked ? claim.id : refuseClaim('nothing_ready', 'T18', claim);
}

/** Guards of T18: not held, within what is left of each capture or can be set off, in part only where the tender allows it. */
export function checkRefunds(draft: Draft, claim: Claim, run: readonly Refund[]): Refusal | null {
  if (claim.hold) return refuse('wrong_state', 'T18', { what: claim.hold.reason, possible: ['claim.release'] });
  for (const { tender, amount, payout } of run) {
    const row = draft.state.tenders.find((found) => found.id === tender)!;
    if (!isCovered(draft.state, tender, amount)) return refuse('over_capture', 'I3', { what: tender });
    const cash = cashOf(draft.state, tender, amount);
    if (payout !== null || cash === 0) continue;
    const whole = row.refunded === 0 && cash === row.captured;
    const late = row.refundLimitAt !== null && draft.now > row.refundLimitAt;
    if (row.partialCancel === 'NO' || late || (row.partialCancel === 'FULL_ONLY' && !whole))
      return refuse('partial_cancel_impossible', 'M7', { what: tender, possible: ['refund.payout'] });
    if (row.kind === 'VBANK' && !draft.command.evidence)
      return refuse('account_unverified', 'T18', { what: tender, possible: ['refund.payout'] });
  }
  return null;
}

/** T19: the provider did not answer (UNKNOWN: only a query may follow) or said no (FAILED). */
export function missRefund(draft: Draft): Refusal | string | null {
  const { type, tender } = draft.command;
  const claim = refunding(draft);
  if (isRefusal(claim)) return claim;
  if (tender !== undefined && !draft.state.tenders.some((row) => row.id === tender))
    return refuse('tender_unknown', 'T19', { what: tender });
  const to = type === 'refund.unknown' ? 'UNKNOWN' : 'FAILED';
  const meant = claim.refunds.filter((refund) => tender === undefined || refund.tender === tender);
  const moved = meant.filter((refund) => refund.state === 'READY' || (to === 'FAILED' && refund.state === 'UNKNOWN'));
  if (moved.length === 0)
    return meant.some((refund) => refund.state === to) ? claim.id : refuseClaim('nothing_ready', 'T19', claim);
  const refusal = checkRow(claim, type);
  if (refusal) return refusal;
  const refunds = claim.refunds.map((refund) =>
    moved.includes(refund) ? { ...refund, state: to as Refund['state'] } : refund,
  );
  record(draft, type, claim.id, [onClaim(claim.id, { refunds })]);
  return claim.id;
}

/** T19 대체지급: a refund that its tender cannot take goes elsewhere; to a bank account only with a yes (four eyes). */
export function usePayout(draft: Draft): Refusal | string | null {
  const { tender, account, how, approved } = draft.command;
  if (account === undefined && how === undefined) return refuse('bad_input', 'T19', { what: 'account or to' });
  const claim = namedClaim(draft);
  if (isRefusal(claim)) return claim;
  if (!draft.state.tenders.some((row) => row.id === tender)) return refuse('tender_unknown', 'T19', { what: tender });
  const refund = claim.refunds.find(
    (row) => row.tender === tender && (row.state === 'FAILED' || row.state === 'READY'),
  );
  if (!refund) {
    if (claim.refunds.some((row) => row.tender === tender && row.state === 'UNKNOWN'))
      return refuseClaim('refund_unknown', 'I17', claim);
    return refuseClaim('nothing_ready', 'T19', claim, tender);
  }
  const refusal = checkRow(claim, 'refund.payout');
  if (refusal) return refusal;
  const payout = account === undefined ? how! : 'ACCOUNT';
  if (refund.state === 'READY' && refund.payout === payout) return claim.id;
  if (account !== undefined && !approved)
    return refuse('approval_required', 'T19', {
      approve: [{ role: 'manager', withinMinutes: 120 }],
      evidence: ['account'],
    });
  if (account !== undefined) draft.grant = 'APPROVAL';
  const refunds = claim.refunds.map((row) => (row === refund ? { ...row, state: 'READY' as const, payout } : row));
  record(draft, 'refund.payout', claim.id, [onClaim(claim.id, { refunds })]);
  return claim.id;
}
