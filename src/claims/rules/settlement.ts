import type { Won } from '#orders/rules/order.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { reclaimDue } from './broken-condition.ts';
import { loweredShares, priceDifference, shareOf, worthOf } from './exchange-difference.ts';
import { feeAccount, openDebt } from './fees.ts';
import { isBuyers, parcelFees, sendBackFee } from './pickup-fee.ts';
import { spreadReduction } from './price-reduction.ts';
import { sealQuote } from './quote.ts';
import { byTender, type Matched, matchMoney, type Sink, type Source } from './refund-amount.ts';
import { restoredCoupons, restoredPoints } from './restoration.ts';
import { type Removal, shippingDue } from './shipping-due.ts';
import type { Claim, Money, Quote, State, Unit } from './state.ts';
import { giveBack } from './taken.ts';
import { cashFirst, inDeductOrder, tenderKinds } from './tender-mode.ts';

/** Everything that follows in money from a claim as it stands: what is shown, and what is booked. */
export type Settlement = {
  quote: Quote;
  refunds: Money[];
  matched: Matched;
  shipping: Record<string, Won>;
  reclaim: Won;
  givebacks: (Money & { account: string })[];
  cuts: { account: string; won: Won }[];
  exempt: Won;
  unpaid: boolean;
};

type Parts = {
  sources: Source[];
  sinks: Sink[];
  items: Won;
  difference: Won;
  credited: Won;
  back: Won;
  taken: Won;
  shipping: Record<string, Won>;
  reclaim: Won;
  givebacks: (Money & { account: string })[];
  cuts: { account: string; won: Won }[];
};

/** Which units a claim takes out of the order when it settles: those of cancels and returns that are not on their way out. */
export function removalOf(claim: Claim): Removal | undefined {
  if (claim.exiting || (claim.kind !== 'CANCEL' && claim.kind !== 'RETURN')) return undefined;
  return { units: claim.units, buyer: isBuyers(claim.fault) };
}

/**
 * Computes a claim's money (M4–M10, M16) from the frozen allocation, the sets of removed units and the
 * policy. The claim must be in the state and not booked. The same computation serves preview and execution.
 */
export function settlementOf(state: State, policy: Policy, claim: Claim): Settlement {
  return compute(state, policy, claim, claim.carried);
}

function compute(state: State, policy: Policy, claim: Claim, credits: readonly Money[]): Settlement {
  const units = claim.units.map((key) => state.units.find((unit) => unit.key === key)!);
  const removal = removalOf(claim);
  const fees = claim.exiting ? { returnFee: 0, exchangeFee: 0, fare: 0 } : parcelFees(state, policy, claim);
  const sendBack = claim.exiting ? sendBackFee(state, claim) : 0;
  const parts = emptyParts(claim, credits);
  if (!claim.exiting) addItems(parts, state, policy, claim, units);
  if (removal) addConditions(parts, state, policy, removal);
  const sinks: Sink[] = [
    ...parts.sinks,
    sink('RETURN', fees.returnFee, 'fees'),
    sink('EXCHANGE', fees.exchangeFee, 'fees'),
    sink('SEND_BACK', sendBack, 'fees'),
    sink('USAGE', usageOf(claim), 'usage'),
    sink('BENEFIT_RECLAIM', Math.max(0, parts.reclaim), 'reclaim'),
    sink('DIFFERENCE', positiveDifference(policy, claim, units), `difference/${claim.id}`),
  ].filter((row) => row.amount > 0);
  const matched = matchMoney(parts.sources, sinks, `payable/${claim.id}`);
  const unpaid = units.some((unit) => unit.stage === 'UNPAID');
  const refunds = unpaid ? byTender(matched.refunds) : spreadRefund(state, policy, claim, matched);
  const exempt = removal ? units.reduce((sum, unit) => sum + (unit.info.taxed ? 0 : worthOf(unit)), 0) : 0;
  const quote = quoteOf(state, policy, claim, parts, { ...fees, sendBack }, refunds, matched, unpaid);
  const { shipping, reclaim, givebacks, cuts } = parts;
  return { quote, refunds, matched, shipping, reclaim, givebacks, cuts, exempt, unpaid };
}

/** M12: only a change of mind of the buyer bears a deduction for use (I14). */
function usageOf(claim: Claim): Won {
  return removalOf(claim)?.buyer ? claim.usage : 0;
}

function sink(kind: Sink['kind'], amount: Won, account: string): Sink {
  return { kind, group: null, amount, account };
}

function emptyParts(claim: Claim, credits: readonly Money[]): Parts {
  const sources = credits.map(({ tender, won, account }) => ({
    tender,
    won,
    account: account ?? `credit/${claim.id}`,
  }));
  const credited = credits.reduce((sum, money) => sum + money.won, 0);
  return {
    sources,
    sinks: [],
    items: 0,
    difference: 0,
    credited,
    back: 0,
    taken: 0,
    shipping: {},
    reclaim: 0,
    givebacks: [],
    cuts: [],
  };
}

/** M6: items, gross on the tenders that paid them, in the order in which deductions eat them. */
function addItems(parts: Parts, state: State, policy: Policy, claim: Claim, units: readonly Unit[]): void {
  const kinds = tenderKinds(state);
  const gross: Money[] = [];
  if (claim.kind === 'EXCHANGE' && claim.wanted) {
    for (const unit of units) {
      const difference = priceDifference(policy, unit, claim.wanted);
      const lowered = loweredShares(policy, kinds, unit, difference);
      gross.push(...lowered);
      parts.difference += difference < 0 ? -lowered.reduce((sum, money) => sum + money.won, 0) : difference;
    }
  } else if (claim.kind === 'REDUCE') {
    for (const row of spreadReduction(units, claim.reduceBy)) gross.push(...row.tenders);
    parts.items = claim.reduceBy;
  } else if (removalOf(claim) && !claim.special.includes('REOPENED')) {
    for (const unit of units) gross.push(...shareOf(unit));
    parts.items = units.reduce((sum, unit) => sum + worthOf(unit), 0);
  }
  for (const money of inDeductOrder(policy, kinds, byTender(gross))) parts.sources.push({ ...money, account: 'goods' });
}

/** M4 and M8: what shipping and broken conditions cost with this claim, less what they were charged before. */
function addConditions(parts: Parts, state: State, policy: Policy, removal: Removal): void {
  for (const group of state.order.groups) {
    const before = state.charged[group.id]!;
    const change = before - shippingDue(state, policy, group, removal);
    if (change === 0) continue;
    parts.shipping[group.id] = change;
    const account = `shipping/${group.id}`;
    if (change > 0) parts.back += addBack(parts, state, account, change);
    else {
      parts.sinks.push({ kind: 'OUTBOUND_LOST', group: group.id, amount: -change, account });
      parts.taken -= change;
    }
  }
  parts.reclaim = reclaimDue(state, policy, removal) - state.reclaimed;
  if (parts.reclaim < 0) parts.credited += addBack(parts, state, 'reclaim', -parts.reclaim);
}

function addBack(parts: Parts, state: State, account: string, amount: Won): Won {
  const { money, cut } = giveBack(state.taken, account, amount, unpaidOn(state, account));
  for (const row of money) {
    parts.sources.push({ ...row, account });
    parts.givebacks.push({ ...row, account });
  }
  if (cut > 0) parts.cuts.push({ account, won: cut });
  return amount - cut;
}

/** What is charged on an account and has not come in: fees that are due, or owed as receivables. */
export function unpaidOn(state: State, account: string): Won {
  let won = 0;
  for (const claim of state.claims) {
    for (const fee of claim.fees) if (fee.state === 'DUE' && feeAccount(claim.id, fee) === account) won += fee.amount;
    won += openDebt(state, claim.id, account);
  }
  return won;
}

function positiveDifference(policy: Policy, claim: Claim, units: readonly Unit[]): Won {
  if (claim.kind !== 'EXCHANGE' || !claim.wanted || claim.exiting) return 0;
  const { wanted } = claim;
  return units.reduce((sum, unit) => sum + Math.max(0, priceDifference(policy, unit, wanted)), 0);
}

/** M7: credited payments go back where they came from; the rest as the policy's tenderMode says. */
function spreadRefund(state: State, policy: Policy, claim: Claim, matched: Matched): Money[] {
  if (policy.tenderMode === 'PROPORTIONAL') return byTender(matched.refunds);
  const own = matched.refunds.filter((row) => row.account.startsWith('credit/'));
  const rest = matched.refunds.filter((row) => !row.account.startsWith('credit/'));
  const total = rest.reduce((sum, row) => sum + row.won, 0);
  return byTender([...own, ...cashFirst(state, policy, claim.id, total, own)]);
}

function quoteOf(
  state: State,
  policy: Policy,
  claim: Claim,
  parts: Parts,
  fees: { returnFee: Won; exchangeFee: Won; sendBack: Won; fare: Won },
  refunds: readonly Money[],
  matched: Matched,
  unpaid: boolean,
): Quote {
  const removal = removalOf(claim);
  const coupons = removal ? restoredCoupons(state, policy, removal) : [];
  const provisional = claim.fault === 'UNDECIDED';
  const nothing = { items: 0, shipping: 0, credited: 0, usage: 0, reclaim: 0, difference: 0, refund: 0, collect: 0 };
  const noFees = { returnFee: 0, exchangeFee: 0, sendBack: 0, fare: 0 };
  if (unpaid) {
    // What was not captured yet does not go back: the amount to be paid is lowered instead.
    const paid = capturedAlready(state, refunds);
    const refund = paid.reduce((sum, money) => sum + money.won, 0);
    const restored = { coupons, points: restoredPoints(state, paid) };
    return sealQuote({
      ...nothing,
      ...noFees,
      items: refund,
      refund,
      perTender: inTenderOrder(state, paid),
      restored,
      provisional,
    });
  }
  return sealQuote({
    items: parts.items,
    shipping: parts.back - parts.taken,
    credited: parts.credited,
    ...fees,
    usage: usageOf(claim),
    reclaim: Math.max(0, parts.reclaim),
    difference: claim.exiting ? 0 : parts.difference,
    refund: refunds.reduce((sum, money) => sum + money.won, 0),
    collect: matched.due.reduce((sum, row) => sum + row.amount, 0),
    perTender: inTenderOrder(state, refunds),
    restored: { coupons, points: restoredPoints(state, refunds) },
    provisional,
  });
}

/** Of the money that a cancel before payment sets free: that of tenders which were captured all the same (points). */
export function capturedAlready(state: State, money: readonly Money[]): Money[] {
  return money.filter(({ tender }) => state.tenders.some((row) => row.id === tender && row.captured > 0));
}

function inTenderOrder(state: State, refunds: readonly Money[]): Record<string, Won> {
  const sums: Record<string, Won> = {};
  for (const { id } of state.tenders) {
    const row = refunds.find(({ tender }) => tender === id);
    if (row) sums[id] = row.won;
  }
  return sums;
}
