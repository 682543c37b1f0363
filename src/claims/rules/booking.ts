import { chargeAsBooked, isBalanced } from './balance.ts';
import { refundStarted } from './claim-state.ts';
import { amend, claimOf, type Draft, onClaim, onUnit } from './draft.ts';
import type { Change, OrderFacts } from './event.ts';
import { cutFees, feeAccount, feesOf, restoreFees } from './fees.ts';
import { isBuyers } from './pickup-fee.ts';
import { capturedAlready, removalOf, type Settlement } from './settlement.ts';
import type { Booked, Claim, Entry, Money, Refund, State } from './state.ts';
import { takenFrom, without, withTaken } from './taken.ts';

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
  const order = state.counters.booking + 1;
  const takings = unpaid ? [...matched.takings, ...takenLater(state, matched)] : matched.takings;
  const booked: Booked = { order, entries, shipping, reclaim, takings, givebacks, exempt, moves, cuts: cut };
  const changes: Change[] = [
    onClaim(id, {
      booked,
      refunds: refunds.map(({ tender, won }) => refundOf(tender, won, ready)),
      fees: feesOf(settlement, claim.fees, draft.now),
    }),
    { on: 'order', set: { ...orderFacts(state, booked, 1), counters: { ...state.counters, booking: order } } },
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
  const takings = booked.takings.filter(({ account }) => isTaken(account));
  const rows = takings.map(({ tender, won, account }) => ({ tender, won, account }));
  const [add, remove] = sign === 1 ? [rows, booked.givebacks] : [booked.givebacks, rows];
  return {
    charged,
    reclaimed: state.reclaimed + sign * booked.reclaim,
    taken: withTaken(without(state.taken, remove), add),
  };
}

/** An unpaid order: the amounts still to be captured are lowered, or raised by what no tender covers. */
function captureMoves(state: State, { refunds, matched }: Settlement, real: readonly Money[]): Money[] {
  const more = matched.due.reduce((sum, row) => sum + row.amount, 0);
  const last = lastTender(state);
  const moves = refunds.filter((row) => !real.includes(row)).map(({ tender, won }) => ({ tender, won: -won }));
  return more > 0 && last ? [...moves, { tender: last.id, won: more }] : moves;
}

/** What the last tender is to pay more for, on accounts of which the payer is known. */
function takenLater(state: State, { due }: Settlement['matched']): Booked['takings'] {
  const last = lastTender(state);
  if (!last) return [];
  const rows = due.filter(({ account }) => isTaken(account));
  return rows.map(({ account, amount }) => ({ tender: last.id, won: amount, account }));
}

function lastTender(state: State) {
  return state.tenders.findLast((tender) => tender.role === 'ORDER' && !tender.replacedBy);
}

function moveCapture(state: State, moves: readonly Money[], sign: 1 | -1): Change[] {
  return moves.map(({ tender, won }) => {
    const { amount } = state.tenders.find((row) => row.id === tender)!;
    return { on: 'tender', id: tender, set: { amount: amount + sign * won } };
  });
}

/**
 * Takes a claim's booking back: entries reversed, units kept again, what it charged no longer charged; fees paid
 * become a credit. Bookings that were made upon it, and can still move, are taken back before it, last first, so
 * that each restores exactly what it found. Answers these claims in the order of their bookings: to be settled again.
 *
 * `again`: the claim is booked afresh with the same pieces. What was booked upon it stays when it moved nothing that
 * others count with: whatever a started refund gave or took, the sets were balanced with these pieces out.
 */
export function unbook(draft: Draft, id: string, again = false): string[] {
  const { booked } = claimOf(draft.state, id);
  if (!booked) {
    creditPaid(draft, id);
    return [];
  }
  const above = removable(draft.state, booked.order);
  const undone: string[] = [];
  const undo = () => {
    for (const { id: later } of above.splice(0)) {
      undoBooking(draft, later);
      undone.unshift(later);
    }
  };
  if (isShared(booked)) undo();
  undoBooking(draft, id);
  if (above.length > 0 && !again && !isBalanced(draft)) undo();
  return undone;
}

/** Takes back what was booked after a given place and can still move, last first; answers it in that order of booking. */
export function unbookAbove(draft: Draft, order: number): string[] {
  const above = removable(draft.state, order).map(({ id }) => id);
  for (const id of above) undoBooking(draft, id);
  return above.reverse();
}

/** Cancels and returns that were booked after another booking and whose refunds have not started, last first. */
function removable(state: State, order: number): Claim[] {
  return state.claims
    .filter((claim) => claim.booked && claim.booked.order > order && isQuotable(claim))
    .sort((a, b) => b.booked!.order - a.booked!.order);
}

function isQuotable(claim: Claim): boolean {
  const settles = claim.kind === 'CANCEL' || claim.kind === 'RETURN';
  return settles && !claim.closed && !claim.exiting && refundStarted(claim) === 'no';
}

/** Whether a booking moved what other claims count with too: shipping, reclaimed benefits, fees of others. */
function isShared({ shipping, reclaim, givebacks, cuts }: Booked): boolean {
  return reclaim !== 0 || givebacks.length > 0 || cuts.length > 0 || Object.values(shipping).some((won) => won !== 0);
}

function undoBooking(draft: Draft, id: string): void {
  creditOwed(draft, id);
  creditPaid(draft, id);
  const claim = claimOf(draft.state, id);
  const booked = claim.booked!;
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
  chargeAsBooked(draft);
}

/** A claim that was reopened leaves its units out as its predecessor left them; any other gives them back. */
function outBefore({ state }: Draft, claim: Claim): { claim: string; buyer: boolean } | null {
  if (!claim.special.includes('REOPENED')) return null;
  const before = state.claims.find((row) => row.id === claim.predecessor)!;
  return { claim: before.id, buyer: isBuyers(before.fault) };
}

/**
 * Fees that the customer paid for this claim become a credit that its next settlement takes over, but for
 * shipping that a refund already made has given back.
 */
export function creditPaid(draft: Draft, id: string): void {
  const claim = claimOf(draft.state, id);
  if (claim.paid.length === 0) return;
  const entries: Entry[] = [];
  const gone: Money[] = [];
  let { taken } = draft.state;
  for (const fee of claim.fees) {
    if (fee.state !== 'PAID') continue;
    const account = feeAccount(id, fee);
    let won = fee.amount;
    if (fee.tender && isTaken(account)) {
      won = Math.min(won, takenFrom(taken, account, fee.tender));
      if (won > 0) taken = without(taken, [{ account, tender: fee.tender, won }]);
      if (won < fee.amount) gone.push({ tender: fee.tender, won: fee.amount - won });
    }
    if (won > 0) entries.push([account, `credit/${id}`, won]);
  }
  const changes: Change[] = [
    onClaim(id, {
      carried: [...claim.carried, ...less(claim.paid, gone)],
      paid: [],
      fees: claim.fees.filter((fee) => fee.state !== 'PAID'),
    }),
    { on: 'order', set: { taken } },
  ];
  amend(draft, changes, entries);
}

/** Fees that became receivables (T45) and are void now: what is open is no longer owed, what was paid is a credit. */
function creditOwed(draft: Draft, id: string): void {
  const claim = claimOf(draft.state, id);
  const accounts = new Set(claim.fees.filter((fee) => fee.state === 'OWED').map((fee) => feeAccount(id, fee)));
  for (const debt of draft.state.receivables) {
    if (debt.claim !== id || !accounts.has(debt.account)) continue;
    const won = isTaken(debt.account) ? takenFrom(draft.state.taken, debt.account, debt.id) : debt.paid;
    const row = { account: debt.account, tender: debt.id, won };
    const set = { amount: debt.paid + debt.writtenOff, principal: debt.paid, account: `credit/${id}` };
    const changes: Change[] = [{ on: 'receivable', id: debt.id, set }];
    if (won > 0)
      changes.push(onClaim(id, { carried: [...claimOf(draft.state, id).carried, { tender: debt.id, won }] }));
    if (won > 0 && isTaken(debt.account))
      changes.push({ on: 'order', set: { taken: without(draft.state.taken, [row]) } });
    amend(draft, changes, won > 0 ? [[debt.account, `credit/${id}`, won]] : []);
  }
}

/** Drops the fees of a claim that has no booking: none of what they were for is wanted any more. */
export function dropFees(draft: Draft, id: string): void {
  creditOwed(draft, id);
  creditPaid(draft, id);
  const { fees } = claimOf(draft.state, id);
  amend(draft, [onClaim(id, { fees: fees.filter((fee) => fee.state === 'WAIVED') })]);
  chargeAsBooked(draft);
}

/** Accounts of which it is known from which tender they were paid. */
function isTaken(account: string): boolean {
  return account.startsWith('shipping/') || account === 'reclaim';
}

function less(money: readonly Money[], gone: readonly Money[]): Money[] {
  const left = gone.map((row) => ({ ...row }));
  return money
    .map((row) => {
      let { won } = row;
      for (const other of left) {
        if (other.tender !== row.tender) continue;
        const part = Math.min(won, other.won);
        won -= part;
        other.won -= part;
      }
      return { ...row, won };
    })
    .filter(({ won }) => won > 0);
}

/** What the customer has paid for a claim and could get back. */
export function paidFor(claim: Claim): number {
  return claim.paid.reduce((sum, money) => sum + money.won, 0);
}
