import { isTerminalStage } from '#orders/rules/unit.ts';
import { businessDayAfter } from '#policies/rules/calendar.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { reclaimDue } from './broken-condition.ts';
import { isInspected, openMoney, project, refundStarted } from './claim-state.ts';
import { worthOf } from './exchange-difference.ts';
import { isBuyers } from './pickup-fee.ts';
import { shippingDue } from './shipping-due.ts';
import type { Claim, Quote, State } from './state.ts';
import { stockByPieces } from './stock-moves.ts';

/** Section 4 of the specification as checks on a state; each answers the rules that it breaks. Used by tests and bench. */
export function brokenInvariants(first: State, state: State, policy: Policy): string[] {
  const broken: string[] = [];
  const hold = (rule: string, holds: boolean) => {
    if (!holds) broken.push(rule);
  };
  checkUnits(first, state, hold);
  checkTenders(state, hold);
  for (const claim of state.claims) checkClaim(state, policy, claim, hold);
  checkLedger(state, policy, hold);
  if (state.order.authority === 'SELF') checkStock(state, hold);
  return broken;
}

type Hold = (rule: string, holds: boolean) => void;

function checkUnits(first: State, state: State, hold: Hold): void {
  hold('I1 qty', state.units.filter((unit) => unit.info.child === 0).length === first.units.length);
  hold('I1 once', new Set(state.units.map((unit) => unit.key)).size === state.units.length);
  const open = state.claims.filter((claim) => !claim.closed);
  // A parcel that left before anybody told so (T3) still stands as it was.
  const ways = state.parcels.filter((row) => row.state === 'SHIPPED' || (row.purpose === 'ORDER' && !row.shippedAt));
  const travelling = new Set(ways.flatMap((row) => row.units));
  for (const unit of state.units) {
    const holding = open.filter((claim) => claim.units.includes(unit.key));
    hold(`I2 ${unit.key}`, holding.length <= 1 && (holding[0]?.id ?? null) === unit.hold);
    const sum = Object.values(unit.tenders).reduce((a, b) => a + b, 0);
    hold(`I4 ${unit.key}`, sum === unit.net && Object.values(unit.tenders).every((won) => won >= 0));
    hold(`M16 ${unit.key}`, worthOf(unit) >= 0);
    if (unit.place === 'OUTBOUND' && !isTerminalStage(unit.stage))
      hold(`I1 on its way ${unit.key}`, travelling.has(unit.key));
  }
  const roots = new Map<number, number>();
  for (const unit of state.units) if (unit.holder) roots.set(unit.info.root, (roots.get(unit.info.root) ?? 0) + 1);
  hold('I19', roots.size === first.units.length && [...roots.values()].every((count) => count === 1));
}

/** I18: free stock is what the pieces say, for every sku. */
function checkStock(state: State, hold: Hold): void {
  const pieces = stockByPieces(state);
  for (const sku of Object.keys({ ...pieces, ...state.stock }))
    hold(`I18 ${sku}`, (pieces[sku] ?? 0) === (state.stock[sku] ?? 0));
}

function checkTenders(state: State, hold: Hold): void {
  for (const { id, captured, refunded, amount } of state.tenders)
    hold(`I3 ${id}`, refunded >= 0 && refunded <= captured && amount >= 0);
  hold('I27 coupons', new Set(state.coupons).size === state.coupons.length);
  const points = state.tenders.filter((row) => row.kind === 'POINT').reduce((sum, row) => sum + row.refunded, 0);
  hold('I27 points', state.points <= points);
  for (const row of state.receivables) hold(`I29 ${row.id}`, row.paid + row.writtenOff <= row.amount && row.paid >= 0);
  for (const row of state.compensations)
    hold(
      'I30',
      Object.values(row.shares).reduce((a, b) => a + b, 0) === row.amount &&
        Object.values(row.shares).every((won) => won >= 0),
    );
}

function checkClaim(state: State, policy: Policy, claim: Claim, hold: Hold): void {
  const { id, quote } = claim;
  if (!claim.mall) hold(`I20 ${id}`, claim.state === project(claim));
  hold(`I7 ${id}`, quoteAddsUp(quote));
  if (claim.anchorOn !== null)
    hold(`I22 ${id}`, claim.dueOn === businessDayAfter(claim.anchorOn, 3, policy.businessCalendar));
  const free = claim.fault !== 'BUYER' && claim.fault !== 'UNDECIDED';
  // A claim on a mall's order has a shadow quote only: what is due for its pieces is the mall's word (I26).
  const ours = state.order.authority !== 'MALL';
  if (free && ours && (claim.kind === 'RETURN' || claim.kind === 'CANCEL') && !claim.exiting && !claim.closed) {
    hold(`I14 ${id}`, quote.returnFee + quote.usage + quote.sendBack === 0);
    hold(`I14 reclaim ${id}`, quote.reclaim <= givenBack(state, id, 'reclaim'));
    // Shipping that became dearer after a change of mind was refunded: nobody else is left to charge it to.
    const made = state.claims.some((row) => row.id !== id && isBuyers(row.fault) && refundStarted(row) !== 'no');
    hold(`I14 shipping ${id}`, made || -quote.shipping <= givenBack(state, id, 'shipping/'));
  }
  const ready = claim.refunds.some((refund) => refund.state === 'READY' || refund.state === 'UNKNOWN');
  if (ready) hold(`I32 ${id}`, claim.consented.hash === quote.hash && claim.quoteState === 'CURRENT');
  if (claim.booked && !claim.mall) {
    const sum = claim.refunds.reduce((total, refund) => total + refund.amount, 0);
    hold(`I7 refunds ${id}`, sum === quote.refund);
  }
  if (claim.closed && !claim.mall)
    hold(
      `I20 paid ${id}`,
      claim.refunds.every((refund) => refund.state === 'DONE'),
    );
  hold(`I21 idle ${id}`, !isIdle(claim));
  if (claim.predecessor) hold(`I20 forest ${id}`, Number(claim.predecessor.slice(1)) < Number(id.slice(1)));
  for (const key of claim.units)
    hold(
      `I2 units ${id}`,
      state.units.some((unit) => unit.key === key),
    );
}

/**
 * What other claims that are settled for good have given back of shipping or reclaimed benefits: as much of it as was
 * too much is corrected by the next claim, whatever its fault.
 */
function givenBack(state: State, id: string, account: string): number {
  let won = 0;
  for (const row of state.claims) {
    if (row.id === id) continue;
    for (const back of row.repaid) won += back.won;
    if (!row.booked || (!row.closed && refundStarted(row) === 'no')) continue;
    for (const back of row.booked.givebacks) if (back.account.startsWith(account)) won += back.won;
  }
  return won;
}

/** I21: open, although nothing of it waits for anybody: no event would ever close it. */
function isIdle(claim: Claim): boolean {
  if (claim.closed || claim.exiting || claim.mall || claim.state !== 'SET' || !claim.booked) return false;
  const decided = claim.fault !== 'UNDECIDED' && claim.quoteState === 'CURRENT';
  return decided && openMoney(claim) === 0 && isInspected(claim);
}

function quoteAddsUp(quote: Quote): boolean {
  const sum =
    quote.items +
    quote.shipping +
    quote.credited -
    quote.returnFee -
    quote.exchangeFee -
    quote.sendBack -
    quote.usage -
    quote.reclaim -
    quote.difference;
  const tenders = Object.values(quote.perTender);
  return (
    quote.refund - quote.collect === sum &&
    quote.refund >= 0 &&
    quote.collect >= 0 &&
    (quote.refund === 0 || quote.collect === 0) &&
    tenders.every((won) => won > 0) &&
    tenders.reduce((total, won) => total + won, 0) === quote.refund
  );
}

/** The journal: all accounts add up to zero, and each balance is what the units and claims say. */
function checkLedger(state: State, policy: Policy, hold: Hold): void {
  const { ledger } = state;
  hold('journal', Object.values(ledger).reduce((sum, won) => sum + won, 0) === 0);
  if (state.order.authority === 'MALL' || state.paidAt === null) return;
  hold('journal order', (ledger.order ?? 0) === 0);
  const goods = state.units.reduce((sum, unit) => sum + (unit.holder && !unit.out ? worthOf(unit) : 0), 0);
  const pending = state.claims.reduce((sum, claim) => sum + pendingGoods(claim), 0);
  hold('I6 goods', (ledger.goods ?? 0) === goods - pending);
  for (const { id, captured, refunded, role } of state.tenders) {
    const account = role === 'FEE' ? `collected/${id}` : `captured/${id}`;
    hold(`journal ${id}`, -(ledger[account] ?? 0) === captured && (ledger[`refunded/${id}`] ?? 0) === refunded);
  }
  for (const group of state.order.groups) {
    checkTaken(state, `shipping/${group.id}`, state.charged[group.id]!, hold);
  }
  checkTaken(state, 'reclaim', state.reclaimed, hold);
  if (state.claims.every((claim) => claim.closed)) checkRest(state, policy, hold);
}

/** What is charged has come in, from tenders that are known, or is still to come in. */
function checkTaken(state: State, account: string, charged: number, hold: Hold): void {
  const there = state.ledger[account] ?? 0;
  hold(`I6 ${account.replace('/', ' ')}`, there + unpaidOn(state, account) === charged);
  const taken = state.taken.reduce((sum, row) => sum + (row.account === account ? row.won : 0), 0);
  hold(`M4 taken ${account}`, taken === there);
}

/** Money of open claims that has left the goods account before the units say so: exchanges and reductions. */
function pendingGoods(claim: Claim): number {
  if (!claim.booked || claim.closed) return 0;
  const swapped = claim.redelivery !== null && ['SHIPPED', 'DELIVERED', 'ENDED'].includes(claim.redelivery.state);
  if (claim.kind === 'EXCHANGE' && swapped) return 0;
  if (claim.kind !== 'EXCHANGE' && claim.kind !== 'REDUCE') return 0;
  return claim.booked.entries.reduce((sum, [debit, , won]) => sum + (debit === 'goods' ? won : 0), 0);
}

/** Fees that were charged but never came in: due, waived, owed, or written off. */
function unpaidOn(state: State, account: string): number {
  let won = 0;
  for (const claim of state.claims)
    for (const fee of claim.fees) {
      const on =
        fee.kind === 'OUTBOUND_LOST' ? `shipping/${fee.group}` : fee.kind === 'BENEFIT_RECLAIM' ? 'reclaim' : '';
      if (on === account && !['PAID', 'DEDUCTED'].includes(fee.state)) won += fee.amount;
    }
  for (const row of state.receivables) if (row.account === account) won -= row.paid;
  return won;
}

/** I6 and I12 when no claim is open: what is charged is what is due, and nothing hangs on a claim. */
function checkRest(state: State, policy: Policy, hold: Hold): void {
  for (const group of state.order.groups)
    hold(`I12 ${group.id}`, state.charged[group.id] === shippingDue(state, policy, group));
  hold('I12 reclaim', state.reclaimed === reclaimDue(state, policy));
  for (const [account, won] of Object.entries(state.ledger)) {
    if (account.startsWith('payable/') || account.startsWith('credit/') || account.startsWith('difference/'))
      hold(`I6 ${account}`, won === 0);
  }
}
