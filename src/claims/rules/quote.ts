import { hash } from 'node:crypto';
import type { Won } from '#orders/rules/order.ts';
import { dateText } from '#policies/rules/calendar.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { delayInterest } from './delay-interest.ts';
import type { Claim, Quote, State } from './state.ts';
import { visibleOn } from './visible-by.ts';

/** A quote without its hash. */
export type Figures = Omit<Quote, 'hash'>;

/** Completes a quote with its hash: two quotes are the same when their hashes are (`api.md`). */
export function sealQuote(figures: Figures): Quote {
  const tenders = Object.entries(figures.perTender)
    .filter(([, won]) => won !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([
    figures.items,
    figures.shipping,
    figures.credited,
    figures.returnFee,
    figures.exchangeFee,
    figures.sendBack,
    figures.usage,
    figures.reclaim,
    figures.difference,
    figures.refund,
    figures.collect,
    figures.fare,
    tenders,
    figures.restored.coupons,
    figures.restored.points,
  ]);
  return { ...figures, hash: hash('sha256', text, 'hex').slice(0, 16) };
}

const NOTHING: Figures = {
  items: 0,
  shipping: 0,
  credited: 0,
  returnFee: 0,
  exchangeFee: 0,
  sendBack: 0,
  usage: 0,
  reclaim: 0,
  difference: 0,
  refund: 0,
  collect: 0,
  fare: 0,
  perTender: {},
  restored: { coupons: [], points: 0 },
  provisional: false,
};

/** The quote of a claim that moves no money. */
export const EMPTY_QUOTE: Quote = sealQuote(NOTHING);

/** What is still to be refunded, which bears interest once it is late (M13): before it is ready, what is quoted. */
function openRefund({ booked, closed, quote, refunds }: Claim): Won {
  if (!booked) return closed ? 0 : quote.refund;
  return refunds.reduce((sum, refund) => sum + (refund.state === 'DONE' ? 0 : refund.amount), 0);
}

/** What a quote is worth to the customer: one is worse than another when this is lower (I32). */
export function worthOfQuote(quote: Quote): Won {
  return quote.refund - quote.collect + quote.fare;
}

/** A quote as the public interface shows it, with what only the moment of asking knows. */
export function showQuote(state: State, policy: Policy, claim: Claim, today: number): Record<string, unknown> {
  const { hash: seal, provisional, restored, perTender, ...figures } = claim.quote;
  return {
    ...figures,
    perTender,
    restored,
    dueOn: dateText(claim.dueOn),
    interest: claim.interest + delayInterest(openRefund(claim), claim.dueOn, today, policy.interestRounding),
    visibleBy: visibleOn(state, policy, claim),
    provisional,
    hash: seal,
  };
}
