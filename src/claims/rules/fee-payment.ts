import { kstDay } from '#policies/rules/calendar.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { newTender } from './capture.ts';
import { isSwapped } from './claim-state.ts';
import { closeIfDone } from './closing.ts';
import { amend, claimOf, type Draft, onClaim, record } from './draft.ts';
import type { Change } from './event.ts';
import { feeAccount } from './fees.ts';
import { namedClaim, refuseClaim } from './find.ts';
import { raiseVat } from './repay.ts';
import { quoteAgain, settle } from './settling.ts';
import { shiftShares } from './shift-shares.ts';
import type { Claim, Entry, Fee, Money } from './state.ts';
import { withTaken } from './taken.ts';

const OVERDUE_DAYS = 14;

/** The claim whose fees a command means: the named one, else the newest open one that owes, else any that owes. */
function owing(draft: Draft): Claim | Refusal {
  if (draft.command.claim !== undefined) return namedClaim(draft);
  const owes = (claim: Claim) => claim.fees.some((fee) => fee.state === 'DUE');
  const { claims } = draft.state;
  return claims.findLast((claim) => !claim.closed && owes(claim)) ?? claims.findLast(owes) ?? namedClaim(draft);
}

function dueOf(claim: Claim): number {
  return claim.fees.reduce((sum, fee) => sum + (fee.state === 'DUE' ? fee.amount : 0), 0);
}

/** T0 비용입금: a payment of its own for fees that are due. More than is due, up to the gross fees, is credited. */
export function payFee(draft: Draft): Refusal | string | null {
  const claim = owing(draft);
  if (isRefusal(claim)) return claim;
  const payment = draft.command.payment!;
  const due = dueOf(claim);
  if (due === 0) return refuseClaim('wrong_state', 'T0', claim, 'no fee is due');
  const { returnFee, exchangeFee, sendBack, usage, reclaim, difference } = claim.quote;
  const gross = returnFee + exchangeFee + sendBack + usage + reclaim + Math.max(0, difference);
  const most = claim.closed || claim.exiting ? due : Math.max(due, gross);
  if (payment.amount < 1 || payment.amount > most) return refuse('amount_out_of_range', 'M6', { what: `1..${most}` });
  const tender = newTender(draft, payment, payment.amount, 'FEE');
  if (isRefusal(tender)) return tender;
  const paid = payDue(claim, payment.id, payment.amount);
  record(
    draft,
    'fee.paid',
    claim.id,
    [
      tender,
      onClaim(claim.id, {
        fees: paid.fees,
        paid: claim.closed ? claim.paid : [...claim.paid, { tender: payment.id, won: payment.amount }],
      }),
      { on: 'order', set: { taken: withTaken(draft.state.taken, paid.takings) } },
    ],
    paid.entries,
  );
  amend(draft, [raiseVat(draft)]);
  shiftShares(draft);
  if (payment.amount > due) {
    if (claim.booked) settle(draft, claim.id);
    else quoteAgain(draft, claim.id, true);
  }
  closeIfDone(draft, claim.id);
  return claim.id;
}

/** Fills DUE fees in their order; a fee may be paid in part. What is above them lies on the claim's credit. */
function payDue(claim: Claim, tender: string, amount: number) {
  let left = amount;
  const fees: Fee[] = [];
  const entries: Entry[] = [];
  const takings: (Money & { account: string })[] = [];
  for (const fee of claim.fees) {
    const part = fee.state === 'DUE' ? Math.min(left, fee.amount) : 0;
    if (part === 0) {
      fees.push(fee);
      continue;
    }
    left -= part;
    const account = feeAccount(claim.id, fee);
    fees.push({ ...fee, amount: part, state: 'PAID', tender });
    if (part < fee.amount) fees.push({ ...fee, amount: fee.amount - part });
    entries.push([`collected/${tender}`, account, part]);
    if (account.startsWith('shipping/') || account === 'reclaim') takings.push({ tender, won: part, account });
  }
  if (left > 0) entries.push([`collected/${tender}`, `credit/${claim.id}`, left]);
  return { fees, entries, takings };
}

/** T0 비용면제: fees that are due are waived. Shipping that is waived is no longer charged. */
export function waiveFee(draft: Draft): Refusal | string | null {
  const claim = owing(draft);
  if (isRefusal(claim)) return claim;
  const { fee: kind } = draft.command;
  const meant = (fee: Fee) => kind === undefined || fee.kind === kind;
  if (!claim.fees.some((fee) => fee.state === 'DUE' && meant(fee))) {
    if (claim.fees.some((fee) => fee.state === 'WAIVED' && meant(fee))) return claim.id;
    return refuseClaim('wrong_state', 'T0', claim, 'no fee is due');
  }
  const waived = claim.fees.filter((fee) => fee.state === 'DUE' && meant(fee));
  const fees = claim.fees.map((fee) => (waived.includes(fee) ? { ...fee, state: 'WAIVED' as const } : fee));
  record(draft, 'fee.waive', claim.id, [onClaim(claim.id, { fees })]);
  closeIfDone(draft, claim.id);
  return claim.id;
}

/** T45 미납 전환: a fee that is due for more than 14 days becomes a receivable, which may outlive the claim. */
export function overdueFee(draft: Draft): Refusal | string | null {
  const claim = owing(draft);
  if (isRefusal(claim)) return claim;
  const { fee: kind } = draft.command;
  const due = claim.fees.filter((fee) => fee.state === 'DUE' && (kind === undefined || fee.kind === kind));
  if (due.length === 0)
    return claim.fees.some((fee) => fee.state === 'OWED') ? claim.id : refuseClaim('wrong_state', 'T45', claim);
  // Before it ships, the fee of an exchange is a condition, not a debt (T22).
  if (claim.kind === 'EXCHANGE' && !claim.closed && !claim.exiting && !isSwapped(claim))
    return refuseClaim('wrong_state', 'T45', claim);
  if (due.some((fee) => draft.today <= kstDay(fee.dueSince) + OVERDUE_DAYS))
    return refuse('too_early', 'T45', { possible: ['fee.paid', 'fee.waive'] });
  const changes: Change[] = due.map((fee, index) => ({
    on: 'newReceivable',
    row: {
      id: `v${draft.state.receivables.length + 1 + index}`,
      reason: fee.kind === 'DIFFERENCE' ? 'PRICE_DIFF' : 'FEE',
      debtor: 'CUSTOMER',
      claim: claim.id,
      amount: fee.amount,
      paid: 0,
      writtenOff: 0,
      account: feeAccount(claim.id, fee),
      principal: fee.amount,
      accident: null,
      openedAt: draft.now,
    },
  }));
  const fees = claim.fees.map((fee) => (due.includes(fee) ? { ...fee, state: 'OWED' as const } : fee));
  record(draft, 'fee.overdue', claim.id, [onClaim(claim.id, { fees }), ...changes]);
  closeIfDone(draft, claim.id);
  return claimOf(draft.state, claim.id).id;
}
