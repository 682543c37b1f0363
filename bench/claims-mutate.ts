import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * node bench/claims-mutate.ts [numbers of faults, such as 38,54]
 *
 * Seeds one fault at a time into a copy of the rules and runs their tests there: each fault must make a test
 * fail. Survivors are printed. The work tree is not touched.
 *
 * Not in the list because it changes nothing: that the last tender of M3 takes the rest instead of its own
 * largest remainder. The sums of an order are checked when it is read, so that the rest is what that gives.
 */
type Fault = { file: string; from: string; to: string };

const ORDERS = 'src/orders/rules/';
const POLICIES = 'src/policies/rules/';
const CLAIMS = 'src/claims/rules/';

function fault(file: string, from: string, to: string): Fault {
  return { file, from, to };
}

const FAULTS: Fault[] = [
  fault(`${ORDERS}largest-remainder.ts`, 'rests[i]! > rests[best]!', 'rests[i]! >= rests[best]!'),
  fault(`${ORDERS}largest-remainder.ts`, 'rests[i]! > rests[best]!', 'rests[i]! < rests[best]!'),
  fault(`${ORDERS}largest-remainder.ts`, 'left > 0; left--', 'left > 1; left--'),
  fault(`${ORDERS}allocation.ts`, "  'ORDER_COUPON',\n  'TENDER_INSTANT',", "  'TENDER_INSTANT',\n  'ORDER_COUPON',"),
  fault(`${ORDERS}allocation.ts`, 'unit.net -= share;', 'unit.net -= share - 1;'),
  fault(`${ORDERS}allocation.ts`, 'rank(a) - rank(b)', 'rank(b) - rank(a)'),
  fault(`${ORDERS}allocation.ts`, 'remaining[index] = remaining[index]! - part;', ''),
  fault(`${ORDERS}shipping-fee.ts`, 'basis >= group.freeThreshold', 'basis > group.freeThreshold'),
  fault(`${ORDERS}shipping-fee.ts`, 'Math.ceil(count / group.n)', 'Math.floor(count / group.n)'),
  fault(`${ORDERS}shipping-fee.ts`, 'value >= row.from', 'value > row.from'),
  fault(`${POLICIES}calendar.ts`, '((day + 4) % 7)', '((day + 3) % 7)'),
  fault(`${POLICIES}calendar.ts`, 'isBusinessDay(++at, calendar)', 'isBusinessDay(at++, calendar)'),
  fault(`${POLICIES}calendar.ts`, 'while (!isBusinessDay(at, calendar)) at++;', ''),
  fault(`${POLICIES}calendar.ts`, 'const KST_MS = 9 * 3_600_000;', 'const KST_MS = 0;'),
  fault(`${POLICIES}calendar.ts`, 'Math.min(date.getUTCDate(), last)', 'date.getUTCDate()'),
  fault(`${CLAIMS}shipping-due.ts`, 'if (!out?.buyer) sets.basis += basis;', 'if (!out) sets.basis += basis;'),
  fault(`${CLAIMS}shipping-due.ts`, 'sets.byOthers > 0) return 0;', 'sets.byOthers > 1) return 0;'),
  fault(`${CLAIMS}shipping-due.ts`, 'Math.max(0, base - waived)', 'Math.max(0, base)'),
  fault(`${CLAIMS}shipping-due.ts`, 'sets.kept + sets.shippedBack', 'sets.kept'),
  fault(`${CLAIMS}shipping-due.ts`, '!sets.everShipped ||', ''),
  fault(`${CLAIMS}shipping-due.ts`, '+ group.remotePaid;\n  }', ';\n  }'),
  fault(`${CLAIMS}broken-condition.ts`, '< benefit.minPurchase', '<= benefit.minPurchase'),
  fault(`${CLAIMS}broken-condition.ts`, '!units.every(stays)', '!units.some(stays)'),
  fault(`${CLAIMS}pickup-fee.ts`, "return fault === 'BUYER' || fault === 'UNDECIDED';", "return fault === 'BUYER';"),
  fault(`${CLAIMS}pickup-fee.ts`, 'return first?.id === claim.id;', 'return true;'),
  fault(
    `${CLAIMS}pickup-fee.ts`,
    "|| (mixed && policy.mixedFault === 'SELLER_PAYS')) return 0",
    "|| policy.mixedFault === 'SELLER_PAYS') return 0",
  ),
  fault(`${CLAIMS}pickup-fee.ts`, "if (collection.sentPay === 'PREPAID') return 0;", ''),
  fault(`${CLAIMS}pickup-fee.ts`, 'Math.max(fee, collection.fare)', 'Math.min(fee, collection.fare)'),
  fault(`${CLAIMS}pickup-fee.ts`, 'group.exchangeFee + 2 * remoteReturn(group)', 'group.exchangeFee'),
  fault(`${CLAIMS}pickup-fee.ts`, 'if (!isBuyers(claim.fault)) return 0;\n  let fee', 'let fee'),
  fault(`${CLAIMS}pickup-fee.ts`, 'Math.max(0, both - oneWay)', 'both'),
  fault(`${CLAIMS}pickup-fee.ts`, 'group.remotePaid > 0 ? group.remoteReturn : 0', 'group.remoteReturn * 0'),
  fault(`${CLAIMS}exchange-difference.ts`, 'wanted.listPrice - (', '-wanted.listPrice + ('),
  fault(`${CLAIMS}exchange-difference.ts`, '- (unit.reduced[tender] ?? 0)', ''),
  fault(`${CLAIMS}refund-amount.ts`, 'Math.min(open, left)', 'open'),
  fault(`${CLAIMS}refund-amount.ts`, 'if (open > 0) matched.due.push', 'if (open > 1_000) matched.due.push'),
  fault(`${CLAIMS}tender-mode.ts`, 'rank(a.tender) - rank(b.tender)', 'rank(b.tender) - rank(a.tender)'),
  fault(`${CLAIMS}tender-mode.ts`, 'won: captured - refunded', 'won: captured'),
  fault(
    `${CLAIMS}taken.ts`,
    'let i = taken.length - 1; i >= 0 && left > 0; i--',
    'let i = 0; i < taken.length && left > 0; i++',
  ),
  fault(`${CLAIMS}taken.ts`, 'Math.min(amount - cut, there)', 'Math.min(amount, there)'),
  fault(`${CLAIMS}delay-interest.ts`, 'const PERCENT = 15;', 'const PERCENT = 14;'),
  fault(`${CLAIMS}delay-interest.ts`, 'PERCENT * (madeOn - dueOn)', 'PERCENT * (madeOn - dueOn + 1)'),
  fault(`${CLAIMS}delay-interest.ts`, "rounding === 'ROUND' ?", "rounding === 'FLOOR' ?"),
  fault(`${CLAIMS}deadline.ts`, 'const REFUND_DAYS = 3;', 'const REFUND_DAYS = 4;'),
  fault(`${CLAIMS}deadline.ts`, "claim.basis === 'A15_2' &&", "claim.basis === 'A17_1' &&"),
  fault(`${CLAIMS}window.ts`, 'const SHORTEST = 7;', 'const SHORTEST = 8;'),
  fault(`${CLAIMS}window.ts`, 'Math.min(byDelivery, known + 30)', 'Math.max(byDelivery, known + 30)'),
  fault(
    `${CLAIMS}window.ts`,
    'Math.max(state.order.contractDocAt, unit.deliveredAt)',
    'Math.min(state.order.contractDocAt, unit.deliveredAt)',
  ),
  fault(
    `${CLAIMS}price-reduction.ts`,
    'largestRemainder(amount, units.map(worthOf))',
    'largestRemainder(amount, units.map((unit) => unit.price))',
  ),
  fault(`${CLAIMS}vat.ts`, 'Math.floor(Math.max(0, taxable) / 11)', 'Math.ceil(Math.max(0, taxable) / 11)'),
  fault(`${CLAIMS}vat.ts`, 'rest - exemptRest(state)', 'rest'),
  fault(`${CLAIMS}restoration.ts`, 'state.coupons.includes(benefit.id)', 'false'),
  fault(
    `${CLAIMS}restoration.ts`,
    'units.every((unit) => outOf(unit, removal))',
    'units.some((unit) => outOf(unit, removal))',
  ),
  fault(`${CLAIMS}clawback.ts`, 'return advance + sendBack;', 'return advance;'),
  fault(
    `${CLAIMS}booking.ts`,
    'charged[group]! - sign * booked.shipping[group]!',
    'charged[group]! + sign * booked.shipping[group]!',
  ),
  fault(`${CLAIMS}booking.ts`, '=> [credit, debit, won]', '=> [debit, credit, won]'),
  fault(
    `${CLAIMS}settling.ts`,
    'worthOfQuote(quote) < worthOfQuote(claim.consented)',
    'worthOfQuote(quote) > worthOfQuote(claim.consented)',
  ),
  fault(`${CLAIMS}settling.ts`, "!worse && (claim.fault !== 'UNDECIDED' || settlement.unpaid)", 'true'),
  fault(`${CLAIMS}set-off.ts`, 'Math.min(amount, captured - refunded)', 'amount'),
  fault(
    `${CLAIMS}refund.ts`,
    "row.partialCancel === 'FULL_ONLY' && !whole",
    "row.partialCancel === 'FULL_ONLY' && whole",
  ),
  fault(`${CLAIMS}refund.ts`, 'if (claim.hold) return', 'if (false) return'),
  fault(`${CLAIMS}swap.ts`, "stage: 'SWAPPED', holder: false", "stage: 'SWAPPED', holder: true"),
  fault(`${CLAIMS}swap.ts`, 'net -= won;', ''),
  fault(`${CLAIMS}exchange.ts`, "if (claim.fees.some((fee) => fee.state === 'DUE'))", 'if (false)'),
  fault(`${CLAIMS}closing.ts`, '|| openMoney(claim) > 0', ''),
  fault(`${CLAIMS}find.ts`, 'if (row.from.includes(claim.state)) return null;', 'return null;'),
  fault(`${CLAIMS}claim-state.ts`, "if (state === 'PICKED_UP') return 'COL';", ''),
  fault(`${CLAIMS}reduce.ts`, 'if (amount >= most)', 'if (amount > most + 1)'),
  fault(`${CLAIMS}reduce.ts`, 'amount <= draft.policy.reduceAgentLimit', 'amount < draft.policy.reduceAgentLimit'),
  fault(`${CLAIMS}decide.ts`, 'if (now < state.now)', 'if (false)'),
  fault(`${CLAIMS}quote.ts`, 'figures.collect,\n    figures.fare,', 'figures.fare,\n    figures.collect,'),
  fault(`${CLAIMS}booking.ts`, 'state.reclaimed + sign * booked.reclaim', 'state.reclaimed - sign * booked.reclaim'),
  fault(`${CLAIMS}booking.ts`, 'set: orderFacts(draft.state, booked, -1)', 'set: orderFacts(draft.state, booked, 1)'),
  fault(`${CLAIMS}booking.ts`, '...moveCapture(draft.state, booked.moves, -1),', ''),
  fault(`${CLAIMS}booking.ts`, '...restoreFees(draft.state, booked.cuts),', ''),
  fault(
    `${CLAIMS}withdraw.ts`,
    'const undone = unbook(draft, claim.id);\n  const now = claimOf(draft.state, claim.id);\n  const { state }',
    'const undone: string[] = [];\n  const now = claimOf(draft.state, claim.id);\n  const { state }',
  ),
  fault(`${CLAIMS}withdraw.ts`, '...releaseReservation(draft, now),\n    ...release(now),', '...release(now),'),
  fault(`${CLAIMS}withdraw.ts`, '...release(now),', ''),
  fault(
    `${CLAIMS}withdraw.ts`,
    'repay(draft, claim.id, now.carried);\n  rebalance(draft, claim.id, undone);',
    'rebalance(draft, claim.id, undone);',
  ),
  fault(
    `${CLAIMS}withdraw.ts`,
    'repay(draft, claim.id, now.carried);\n  rebalance(draft, claim.id, undone);',
    'repay(draft, claim.id, now.carried);',
  ),
  fault(`${CLAIMS}withdraw.ts`, 'countSkus(restocked, -1)', 'countSkus(restocked, 1)'),
  fault(`${CLAIMS}withdraw.ts`, 'withdrawals: unit.withdrawals + 1', 'withdrawals: unit.withdrawals'),
  fault(`${CLAIMS}special-parcels.ts`, "place === 'CUSTOMER' && unit.stage === 'SHIPPED'", "place === 'CUSTOMER'"),
  fault(`${CLAIMS}convert.ts`, 'releaseReservation(draft, claim),\n', '[],\n'),
  fault(`${CLAIMS}claim-state.ts`, "if (refund.state === 'UNKNOWN') return 'unknown';", ''),
  fault(`${CLAIMS}put-away.ts`, "disposition === 'RESTOCK')", "disposition !== 'SCRAP')"),
  fault(`${CLAIMS}mall.ts`, 'known.mall!.seenAt >= word.seenAt', 'known.mall!.seenAt > word.seenAt + 3_600_000'),
  fault(`${CLAIMS}mall.ts`, 'Math.min(won - done,', 'Math.min(won,'),
  fault(`${CLAIMS}swap.ts`, "'goods', added]", "'goods', added - 1]"),
  fault(`${CLAIMS}decide.ts`, 'if (draft.events.length > 0) closeIdle(draft);', ''),
  fault(`${CLAIMS}arrival.ts`, "place === 'OUTBOUND')) {", "place === 'LOST')) {"),
  fault(`${CLAIMS}set-off.ts`, 'won: principal - paid', 'won: principal'),
  fault(`${CLAIMS}put-away.ts`, "place: 'INBOUND'", "place: 'DOCK'"),
  fault(`${CLAIMS}split-advance.ts`, 'quote.shipping -= sign * won', 'quote.shipping += sign * won'),
  fault(`${CLAIMS}booking.ts`, 'above.length > 0 && !again &&', 'above.length > 0 &&'),
  fault(`${CLAIMS}clawback.ts`, 'if (!isShared(state, claim)) return [];', 'return [];'),
  fault(`${CLAIMS}mall.ts`, "(state === 'WDN' || state === 'REJ')", 'false'),
  fault(`${CLAIMS}mall.ts`, '...(late ? [] : units.map', '...(units.map'),
  fault(`${CLAIMS}cash-receipt.ts`, 'won + captured - refunded', 'won + captured'),
];

const TESTS = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--project',
  'units',
  '--bail',
  '1',
  // One worker for all files: loading the rules once takes a sixth of the time of loading them for each file.
  '--no-isolate',
  '--maxWorkers=1',
  'src/claims',
  'src/policies',
  'src/orders/rules',
];

/** Whether the tests of the rules pass in the copy; throws when they do not end in time, which tells nothing. */
function passes(tree: string): boolean {
  const env = { CLAIM_SEQUENCES: '1000', ...process.env };
  const { status } = spawnSync('node', TESTS, { cwd: tree, env, timeout: 300_000 });
  if (status === null) throw new Error('the tests took more than five minutes');
  return status === 0;
}

function caught(tree: string, { file, from, to }: Fault): 'caught' | 'survived' | 'stale' {
  const path = join(tree, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) return 'stale';
  writeFileSync(path, text.replace(from, to));
  const survived = passes(tree);
  writeFileSync(path, text);
  return survived ? 'survived' : 'caught';
}

const chosen = process.argv[2]?.split(',').map(Number);
const tree = mkdtempSync(join(tmpdir(), 'claims-mutate-'));
for (const name of ['src', 'docs', 'package.json', 'vitest.config.ts', 'tsconfig.json'])
  cpSync(name, join(tree, name), { recursive: true });
symlinkSync(resolve('node_modules'), join(tree, 'node_modules'));
if (!passes(tree)) throw new Error('the tests fail before any fault is seeded');
const left: string[] = [];
let killed = 0;
for (const [index, one] of FAULTS.entries()) {
  if (chosen && !chosen.includes(index + 1)) continue;
  const end = caught(tree, one);
  if (end === 'caught') killed++;
  else left.push(`${end}: ${one.file}: ${one.from.trim()} → ${one.to.trim()}`);
  console.log(`${index + 1}/${FAULTS.length} ${end} ${one.file}`);
}
rmSync(tree, { recursive: true });
console.log(`${killed} caught, ${left.length} not`);
for (const line of left) console.log(line);
process.exitCode = left.length === 0 ? 0 : 1;
