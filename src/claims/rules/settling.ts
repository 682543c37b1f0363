import { book, creditPaid, paidFor, unbook } from './booking.ts';
import { isSwapped, refundStarted } from './claim-state.ts';
import { amend, claimOf, type Draft, onClaim, record } from './draft.ts';
import { worthOfQuote } from './quote.ts';
import { type Settlement, settlementOf } from './settlement.ts';
import type { Claim, Fee } from './state.ts';

/** Computes and shows a claim's quote without booking it; the customer agrees to it when `consented`. */
export function quoteAgain(draft: Draft, id: string, consented: boolean): void {
  const { quote } = freshSettlement(draft, id);
  const claim = claimOf(draft.state, id);
  if (quote.hash === claim.quote.hash && (!consented || claim.consented === claim.quote)) return;
  const agreed = consented || !isWorse(quote, claim);
  amend(draft, [
    onClaim(id, {
      quote,
      ...(agreed ? { consented: quote, quoteState: 'CURRENT' } : { quoteState: 'CONSENT_MISSING' }),
    }),
  ]);
}

function freshSettlement(draft: Draft, id: string): Settlement {
  let settlement = settlementOf(draft.state, draft.policy, claimOf(draft.state, id));
  const claim = claimOf(draft.state, id);
  if (paidFor(claim) > settlement.quote.collect || isOverpaid(claim, settlement)) {
    creditPaid(draft, id);
    settlement = settlementOf(draft.state, draft.policy, claimOf(draft.state, id));
  }
  return settlement;
}

/** Whether more was paid for one thing than it costs now: a difference that is none any more pays the fee. */
function isOverpaid({ fees }: Claim, { matched }: Settlement): boolean {
  const sum = (rows: readonly { kind: string; group: string | null; amount: number }[], like: Fee) =>
    rows.reduce((won, row) => won + (row.kind === like.kind && row.group === like.group ? row.amount : 0), 0);
  const paid = fees.filter(({ state }) => state === 'PAID');
  return paid.some((fee) => sum(paid, fee) > sum(matched.due, fee));
}

function isWorse(quote: Claim['quote'], claim: Claim): boolean {
  return worthOfQuote(quote) < worthOfQuote(claim.consented);
}

/**
 * A claim's money becomes ready (or is computed again): the quote is taken afresh and booked.
 * Not worse for the customer: it replaces the old one, with event `quote.changed`; worse: the refund waits
 * for T43 (I32). While the fault is undecided it waits for that.
 */
export function settle(draft: Draft, id: string): void {
  if (isFixed(claimOf(draft.state, id))) return;
  const undone = claimOf(draft.state, id).booked ? unbook(draft, id, true) : [];
  const settlement = freshSettlement(draft, id);
  const claim = claimOf(draft.state, id);
  const { quote } = settlement;
  const worse = isWorse(quote, claim);
  if (worse) amend(draft, [onClaim(id, { quote, quoteState: 'CONSENT_MISSING' })]);
  else {
    const change = onClaim(id, { quote, consented: quote, quoteState: 'CURRENT' });
    if (quote.hash === claim.quote.hash) amend(draft, [change]);
    else record(draft, 'quote.changed', id, [change]);
  }
  book(draft, id, settlement, !worse && (claim.fault !== 'UNDECIDED' || settlement.unpaid));
  for (const later of undone) settle(draft, later);
}

/** Money that has moved stays as it is: a refund has started (an advance too), or the replacement has shipped. */
function isFixed(claim: Claim): boolean {
  return refundStarted(claim) !== 'no' || isSwapped(claim);
}
