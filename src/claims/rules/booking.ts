import { amend, claimOf, type Draft, onClaim, onUnit } from './draft.ts';
import type { Change, OrderFacts } from './event.ts';
import { cutFees, feeAccount, feesOf, restoreFees } from './fees.ts';
import { isBuyers } from './pickup-fee.ts';
import { capturedAlready, removalOf, type Settlement } from './settlement.ts';
import type { Booked, Claim, Entry, Money, Refund, State } from './state.ts';
import { without } from './taken.ts';

/**
 * Books a settlement: the claim's units count as removed, its deductions as taken, its refunds as owed.
 * Until a refund has started it can be taken back as it was (`unbook`).
 */
export function book(draft: Draft, id: string, settlement: Settlement, ready: boolean): void {
  const { state } = draft;
  const claim = claimOf(state, id);
  const { matched, shipping, reclaim, givebacks, exempt, unpaid } = settlement;
  const refunds = unpaid ? capturedAlready(state, settlement.refunds) : settlement.refunds;
  const entries = unpaid ? refunds.map(({ won }): Entry => ['order', `payable/${id}`, won]) : matched.entries;
  const moves = unpaid ? captureMoves(state, settlement, refunds) : [];
  const { changes: fewer, cut } = cutFees(state, settlement.cuts);
  const booked: Booked = { entries, shipping, reclaim, takings: matched.takings, givebacks, exempt, moves, cuts: cut };
  const changes: Change[] = [
    onClaim(id, {
      booked,
      refunds: refunds.map(({ tender, won }) => refundOf(tender, won, ready)),
      fees: feesOf(settlement, claim.fees, draft.now),
    }),
    { on: 'order', set: orderFacts(state, booked, 1) },
    ...fewer,
    ...moveCapture(state, moves, 1),
  ];
  const removal = removalOf(claim);
  if (removal) for (const key of claim.units) changes.push(onUnit(key, { out: { claim: id, buyer: removal.buyer } }));
  amend(draft, changes, entries);
}

function refundOf(tender: string, amount: number, ready: boolean): Refund {
  return { tender, amount, state: ready ? 'READY' : 'QUOTED', payout: null, executedAt: null };
}

function orderFacts(state: State, booked: Booked, sign: 1 | -1): OrderFacts {
  const charged = { ...state.charged };
  for (const group in booked.shipping) charged[group] = charged[group]! - sign * booked.shipping[group]!;
  const takings = booked.takings.filter(({ account }) => account.startsWith('shipping/') || account === 'reclaim');
  const rows = takings.map(({ tender, won, account }) => ({ tender, won, account }));
  const [add, remove] = sign === 1 ? [rows, booked.givebacks] : [booked.givebacks, rows];
  return {
    charged,
    reclaimed: state.reclaimed + sign * booked.reclaim,
    taken: [...without(state.taken, remove), ...add],
  };
}

/** An unpaid order: the amounts still to be captured are lowered, or raised by what no tender covers. */
function captureMoves(state: State, { refunds, matched }: Settlement, real: readonly Money[]): Money[] {
  const more = matched.due.reduce((sum, row) => sum + row.amount, 0);
  const last = state.tenders.findLast((tender) => tender.role === 'ORDER' && !tender.replacedBy);
  const moves = refunds.filter((row) => !real.includes(row)).map(({ tender, won }) => ({ tender, won: -won }));
  return more > 0 && last ? [...moves, { tender: last.id, won: more }] : moves;
}

function moveCapture(state: State, moves: readonly Money[], sign: 1 | -1): Change[] {
  return moves.map(({ tender, won }) => {
    const { amount } = state.tenders.find((row) => row.id === tender)!;
    return { on: 'tender', id: tender, set: { amount: amount + sign * won } };
  });
}

/** Takes a booking back: entries reversed, units kept again, shipping charged as before; fees paid become a credit. */
export function unbook(draft: Draft, id: string): void {
  creditPaid(draft, id);
  const claim = claimOf(draft.state, id);
  const { booked } = claim;
  if (!booked) return;
  const changes: Change[] = [
    onClaim(id, { booked: null, refunds: [], fees: claim.fees.filter((fee) => fee.state === 'WAIVED') }),
    { on: 'order', set: orderFacts(draft.state, booked, -1) },
    ...moveCapture(draft.state, booked.moves, -1),
    ...restoreFees(draft.state, booked.cuts),
  ];
  for (const key of claim.units)
    if (draft.state.units.find((unit) => unit.key === key)?.out?.claim === id)
      changes.push(onUnit(key, { out: outBefore(draft, claim) }));
  amend(
    draft,
    changes,
    booked.entries.map(([debit, credit, won]): Entry => [credit, debit, won]),
  );
}

/** A claim that was reopened leaves its units out as its predecessor left them; any other gives them back. */
function outBefore({ state }: Draft, claim: Claim): { claim: string; buyer: boolean } | null {
  if (!claim.special.includes('REOPENED')) return null;
  const before = state.claims.find((row) => row.id === claim.predecessor)!;
  return { claim: before.id, buyer: isBuyers(before.fault) };
}

/** Fees that the customer paid for this claim become a credit that its next settlement takes over. */
export function creditPaid(draft: Draft, id: string): void {
  const claim = claimOf(draft.state, id);
  if (claim.paid.length === 0) return;
  const entries: Entry[] = [];
  const rows: State['taken'] = [];
  for (const fee of claim.fees) {
    if (fee.state !== 'PAID') continue;
    const account = feeAccount(id, fee);
    entries.push([account, `credit/${id}`, fee.amount]);
    if (fee.tender) rows.push({ account, tender: fee.tender, won: fee.amount });
  }
  const changes: Change[] = [
    onClaim(id, {
      carried: [...claim.carried, ...claim.paid],
      paid: [],
      fees: claim.fees.filter((fee) => fee.state !== 'PAID'),
    }),
    { on: 'order', set: { taken: without(draft.state.taken, rows) } },
  ];
  amend(draft, changes, entries);
}

/** What the customer has paid for a claim and could get back. */
export function paidFor(claim: Claim): number {
  return claim.paid.reduce((sum, money) => sum + money.won, 0);
}
