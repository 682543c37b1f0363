import { expect } from 'vitest';
import { isRefusal } from '#policies/rules/refusal.ts';
import { after, alwaysIn, commandOf, lawful, matter, nonZero, type Wish } from './always.ts';
import { decide } from './decide.ts';
import type { Run } from './fuzz.ts';
import { refs } from './fuzz-parts.ts';
import { worthOfQuote } from './quote.ts';
import type { Claim, State } from './state.ts';

const always = alwaysIn(process.env);

always(
  'I8 and I9: a request withdrawn at once changes nothing, and asked again has the same quote',
  100,
  ({ command, before, answer }, run) => {
    if (!command || isRefusal(answer) || command.type !== 'return.request') return false;
    const claim = answer.state.claims.find((row) => row.id === answer.claim);
    if (answer.events[0]?.type !== 'return.request' || claim?.closed || claim?.collection.state === 'PICKED_UP')
      return false;
    const leave = commandOf({ type: 'withdraw', claim: answer.claim }, command.at);
    const left = decide(answer.state, leave, run.policy, command.at);
    if (isRefusal(left)) {
      // A policy may limit how often the same piece is asked back and withdrawn.
      expect([left.code, left.policy === null]).toEqual(['policy_forbids', false]);
      return false;
    }
    expect(matter(left.state)).toEqual(matter(before));
    const again = decide(left.state, command, run.policy, command.at);
    if (isRefusal(again)) return false;
    expect(again.state.claims.find((row) => row.id === again.claim)?.quote.hash).toBe(claim?.quote.hash);
    return true;
  },
);

always(
  'I15: a fault of the seller instead of the buyer never lowers what the customer gets',
  100,
  ({ before }, run) => {
    const unit = lawful(before)[0];
    if (!unit) return false;
    const worth = ['BUYER', 'SELLER'].map((fault) => {
      const row = {
        type: 'return.request',
        units: refs([unit]),
        reason: 'OTHER',
        fault,
        approved: true,
        evidence: ['photo'],
      };
      const answer = decide(before, commandOf(row, before.now), run.policy, before.now);
      return isRefusal(answer)
        ? null
        : worthOfQuote(answer.state.claims.find((claim) => claim.id === answer.claim)!.quote);
    });
    if (worth[0] === null || worth[1] === null) return false;
    expect(worth[1]).toBeGreaterThanOrEqual(worth[0]!);
    return true;
  },
);

always(
  'I16: a command under one key happens once; another one under that key is refused',
  100,
  ({ command, before, answer }, run) => {
    if (!command || isRefusal(answer) || answer.events.length === 0) return false;
    const keyed = { ...command, key: 'once' };
    const first = decide(before, keyed, run.policy, command.at);
    if (isRefusal(first)) throw new Error(first.text.en);
    const second = decide(first.state, keyed, run.policy, command.at);
    expect(second).toMatchObject({ events: [], state: first.state });
    expect(decide(first.state, { ...keyed, reason: 'another' }, run.policy, command.at)).toMatchObject({
      code: 'key_reused',
    });
    return true;
  },
);

always('I18: a cancel is withdrawn without asking for stock', 5, ({ command, before, answer }) => {
  const claim = before.claims.find((row) => row.id === command?.claim);
  if (command?.type !== 'withdraw' || claim?.kind !== 'CANCEL') return false;
  if (isRefusal(answer)) expect(answer.code).not.toBe('out_of_stock');
  else expect(nonZero(answer.state.stock)).toEqual(nonZero(before.stock));
  return true;
});

always('I23: no policy refuses what a customer may ask by law within the window', 100, ({ before }, run) => {
  const unit = lawful(before)[0];
  if (!unit) return false;
  const row = { type: 'return.request', units: refs([unit]), reason: 'CHANGE_OF_MIND', by: 'CUSTOMER' };
  const answer = decide(before, commandOf(row, before.now), run.policy, before.now);
  const claim = isRefusal(answer) ? null : answer.state.claims.find((one) => one.id === answer.claim);
  expect(isRefusal(answer) ? answer.text.en : claim?.basis).toBe('A17_1');
  return true;
});

const SPECIAL = [
  'return.reject',
  'reinstate',
  'reopen',
  'preRefund',
  'noCollect',
  'exchange.cross',
  'exchange.shipFirst',
];
SPECIAL.push('collect.lost', 'shipless', 'forcedDiscount', 'receivable.writeOff');

always(
  'I24: what is special happens by an approval or under a named limit of the policy, and says which',
  50,
  ({ command, answer }) => {
    if (isRefusal(answer)) return false;
    const special = answer.events.filter((event) => SPECIAL.includes(event.type));
    for (const { type, grant } of special)
      expect([type, grant]).toEqual([
        type,
        expect.stringMatching(command?.approved ? /^(APPROVAL|POLICY )/ : /^POLICY /),
      ]);
    return special.length > 0;
  },
);

const MOVES = ['units', 'tenders', 'ledger', 'stock', 'claims'] as const;

always(
  "I26: only the mall's word moves claims, money and stock of its order, and a word said twice says nothing",
  50,
  ({ command, before, answer }, run) => {
    if (before.order.authority !== 'MALL' || !command || isRefusal(answer)) return false;
    if (command.type === 'mall.event') {
      const again = decide(answer.state, command, run.policy, command.at);
      expect(isRefusal(again) ? again.code : again.events).toEqual([]);
    } else if (!/^(order|parcel|unit)\./.test(command.type))
      for (const part of MOVES) expect(answer.state[part]).toEqual(before[part]);
    return true;
  },
);

always(
  'I28: VAT is an eleventh of what was paid for taxed things; what a refund takes off is reversed, in full at last',
  100,
  ({ before, answer }, { first }) => {
    if (isRefusal(answer) || before.order.authority === 'MALL' || before.paidAt === null) return false;
    const { state } = answer;
    const sum = (of: 'captured' | 'refunded', { tenders }: State) => tenders.reduce((won, row) => won + row[of], 0);
    if (sum('captured', state) === sum('captured', before))
      expect(state.vatReversed - before.vatReversed).toBe(before.vat - state.vat);
    if (sum('refunded', state) === sum('refunded', before)) return false;
    if (state.claims.some((claim) => !claim.closed)) return true;
    let paid = sum('captured', state) - sum('refunded', state);
    for (const { id, debtor, paid: won } of state.receivables)
      if (debtor === 'CUSTOMER' && !state.tenders.some((row) => row.id === id)) paid += won;
    let exempt = 0;
    for (const { info, holder, out, net, reduced } of state.units)
      if (!info.taxed && holder && !out) exempt += net - Object.values(reduced).reduce((a, b) => a + b, 0);
    expect(state.vat).toBe(Math.floor(Math.max(0, paid - exempt) / 11));
    const captured = sum('captured', state) === sum('captured', first);
    if (paid === 0 && captured && state.receivables.length === 0) expect(state.vatReversed).toBe(first.vat);
    return true;
  },
);

always(
  'I28: cash receipts are for what was paid in cash and not given back, at every event',
  100,
  ({ before, answer }) => {
    if (isRefusal(answer)) return false;
    const { state } = answer;
    const cash = state.tenders.filter(({ kind }) => ['VBANK', 'TRANSFER', 'CASH', 'DEPOSIT'].includes(kind));
    const sum = (rows: readonly { won: number }[]) => rows.reduce((total, { won }) => total + won, 0);
    // From the journal, and not from the tenders that the figure is made of.
    const inJournal = sum(
      cash.map(({ id }) => ({
        won: -['captured', 'collected', 'refunded'].reduce(
          (won, kind) => won + (state.ledger[`${kind}/${id}`] ?? 0),
          0,
        ),
      })),
    );
    expect(state.cashReceipt).toBe(inJournal);
    return state.cashReceipt !== before.cashReceipt;
  },
);

always('I30: a closed claim is settled: nothing is left to pay, to credit or to make even', 100, ({ answer }) => {
  if (isRefusal(answer)) return false;
  const done = answer.state.claims.filter((claim) => claim.closed && !claim.mall);
  for (const { id } of done)
    for (const account of ['payable', 'credit', 'difference'])
      expect([account, id, answer.state.ledger[`${account}/${id}`] ?? 0]).toEqual([account, id, 0]);
  return done.length > 0;
});

/** Whose money an account is: the customer's by payments, the seller's by what was sold and spent; null: it only waits. */
function partyOf(account: string, others: ReadonlySet<string>): 'customer' | 'seller' | 'carrier' | 'waits' {
  const [kind, id] = account.split('/') as [string, string?];
  if (kind === 'owed' || (kind === 'collected' && others.has(id!))) return 'carrier';
  if (['captured', 'collected', 'refunded', 'interestPaid', 'faresPaid'].includes(kind)) return 'customer';
  if (['goods', 'shipping', 'fees', 'usage', 'reclaim', 'interest', 'fares', 'advance'].includes(kind)) return 'seller';
  if (['order', 'payable', 'credit', 'difference'].includes(kind)) return 'waits';
  throw new Error(`an account of nobody: ${account}`);
}

always(
  'I30: when no claim is open, what customers, carriers and partners paid is what the seller has, and nothing waits',
  100,
  ({ answer }) => {
    if (isRefusal(answer)) return false;
    const { claims, ledger, order, paidAt, receivables, tenders } = answer.state;
    if (order.authority === 'MALL' || paidAt === null || claims.some((claim) => !claim.closed)) return false;
    const others = new Set(receivables.filter(({ debtor }) => debtor !== 'CUSTOMER').map(({ id }) => id));
    const sums = { customer: 0, seller: 0, carrier: 0, waits: 0 };
    for (const [account, won] of Object.entries(ledger)) sums[partyOf(account, others)] += won;
    expect([sums.waits, sums.customer + sums.seller + sums.carrier]).toEqual([0, 0]);
    // The customer's side again, from the tenders and debts and not from the journal.
    let paid = tenders.reduce((sum, { captured, refunded }) => sum + captured - refunded, 0);
    for (const { id, debtor, paid: won } of receivables)
      if (debtor === 'CUSTOMER' && !tenders.some((row) => row.id === id)) paid += won;
    // Interest and fares are paid beside what was sold.
    const beside = (ledger.interest ?? 0) + (ledger.fares ?? 0);
    expect(sums.seller - beside).toBe(paid);
    expect(beside + (ledger.interestPaid ?? 0) + (ledger.faresPaid ?? 0)).toBe(0);
    return claims.length > 0;
  },
);

/** Answers of the provider: all others leave a refund of which nobody knows as it is. */
const ANSWERS = ['refund.execute', 'refund.fail'];

/** Successes of the provider so far, by claim and tender. */
const paid = new WeakMap<Run, Map<string, number>>();

always(
  'I17: each refund succeeds once, a made one never changes, and an unknown one waits for the answer of the provider',
  100,
  ({ command, before, answer }, run) => {
    const successes = paid.get(run) ?? new Map<string, number>();
    paid.set(run, successes);
    if (!command || isRefusal(answer) || before.order.authority === 'MALL') return false;
    for (const { entries } of answer.events)
      for (const [from, to] of entries)
        if (from.startsWith('payable/') && to.startsWith('refunded/'))
          successes.set(`${from} ${to}`, (successes.get(`${from} ${to}`) ?? 0) + 1);
    const broken = [...successes].filter(([, count]) => count > 1).map(([what]) => what);
    let touched = 0;
    for (const claim of before.claims) {
      // A claim that is split shares what was made with its parts.
      const parts = answer.state.claims.filter(
        ({ id }) => id === claim.id || !before.claims.some((row) => row.id === id),
      );
      const [made, now] = [madeOf([claim]), madeOf(parts)];
      touched += made.size;
      for (const [what, won] of made) if (now.get(what) !== won) broken.push(`${claim.id} ${what}`);
      for (const refund of claim.refunds) {
        if (refund.state !== 'UNKNOWN' || ANSWERS.includes(command.type)) continue;
        touched++;
        if (!parts[0]!.refunds.includes(refund)) broken.push(`${claim.id} ${refund.tender} UNKNOWN`);
      }
    }
    if (broken.length > 0) expect([command.type, ...broken]).toEqual([command.type]);
    return touched > 0;
  },
);

/** Refunds that were made, by tender and moment. */
function madeOf(claims: readonly Claim[]): Map<string, number> {
  const made = new Map<string, number>();
  for (const { refunds } of claims)
    for (const { tender, executedAt, state, amount } of refunds)
      if (state === 'DONE') made.set(`${tender} ${executedAt}`, (made.get(`${tender} ${executedAt}`) ?? 0) + amount);
  return made;
}

const TRIES: Wish[] = [
  { type: 'refund.payout', to: 'DEPOSIT' },
  { type: 'withdraw' },
  { type: 'convert', to: 'EXCHANGE' },
  { type: 'fault.change', fault: 'SELLER' },
  { type: 'fault.change', fault: 'BUYER' },
  { type: 'cancel.tooLate' },
  { type: 'preRefund', reason: 'slow' },
  { type: 'claim.reject', reason: 'duplicate' },
];

always('I17: nobody gets past a refund of which nobody knows', 10, ({ answer }, { policy }) => {
  if (isRefusal(answer) || answer.state.order.authority === 'MALL') return false;
  let tried = false;
  for (const { id, closed, refunds } of answer.state.claims) {
    const unknown = refunds.find(({ state }) => state === 'UNKNOWN');
    if (closed || !unknown) continue;
    tried = true;
    for (const wish of TRIES) {
      const tender = wish.type === 'refund.payout' ? { tender: unknown.tender } : {};
      const end = after(answer.state, policy, [{ ...wish, ...tender, claim: id }])?.at(-1) ?? answer.state;
      const now = end.claims.find((claim) => claim.id === id)!;
      expect([wish.type, now.closed, now.refunds]).toEqual([wish.type, null, refunds]);
    }
  }
  return tried;
});
