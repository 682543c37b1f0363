import type { Won } from '#orders/rules/order.ts';
import { amend, claimOf, type Draft, onClaim, onUnit, unitOf } from './draft.ts';
import { shareOf, worthOf } from './exchange-difference.ts';
import { sealQuote } from './quote.ts';
import { byTender } from './refund-amount.ts';
import { restoredPoints } from './restoration.ts';
import type { Booked, Claim, Entry, Fee, Money, Quote, Refund, Unit } from './state.ts';

/** What goes with pieces that are split off: what was advanced for them, and what deductions took of their worth. */
type Share = { won: Won; paid: Won; takings: Booked['takings']; money: Money[]; points: number; exempt: Won };

/**
 * T15 after T29: moves pieces of an advanced return to a claim of its own, with what was advanced for them: their whole
 * worth as far as it was refunded, so that fees and shipping stay with the rest; what of their worth deductions took
 * goes along with those deductions.
 */
export function splitAdvance(draft: Draft, id: string, keys: readonly string[]): string {
  const claim = claimOf(draft.state, id);
  const number = draft.state.counters.claim + 1;
  const child = `k${number}`;
  const units = keys.map((key) => unitOf(draft.state, key));
  const share = shareFor(draft, claim, units);
  const own = quoteWith(claim.quote, share, NO_QUOTE, 1);
  const row: Claim = {
    ...claim,
    ...{ id: child, units: [...keys], findings: {}, quote: own, consented: own },
    ...{ carried: [], paid: [], repaid: [], usage: 0, interest: 0, fareDone: 0 },
    fees: feesIn(share.takings, draft.now),
    refunds: share.money.map((part) => madeAt(claim.refunds[0]!, part)),
    booked: bookedWith(nothing(claim.booked!), child, share, 1),
    advance: { ...claim.advance!, amount: share.paid },
  };
  const rest = quoteWith(claim.quote, share, claim.quote, -1);
  amend(draft, [
    { on: 'newClaim', row },
    { on: 'order', set: { counters: { ...draft.state.counters, claim: number } } },
    onClaim(id, {
      units: claim.units.filter((key) => !keys.includes(key)),
      quote: rest,
      consented: rest,
      fees: lessFees(claim.fees, share.takings),
      refunds: lessRefunds(claim.refunds, share.money),
      booked: bookedWith(claim.booked!, id, share, -1),
      advance: { ...claim.advance!, amount: claim.advance!.amount - share.paid },
    }),
    ...units.map((unit) => onUnit(unit.key, { hold: child, out: { ...unit.out!, claim: child } })),
  ]);
  return child;
}

function shareFor(draft: Draft, claim: Claim, units: readonly Unit[]): Share {
  const won = units.reduce((sum, unit) => sum + worthOf(unit), 0);
  const refunded = claim.booked!.entries.filter(([from, to]) => from === 'goods' && to === `payable/${claim.id}`);
  const paid = Math.min(
    won,
    refunded.reduce((sum, [, , part]) => sum + part, 0),
  );
  let left = won - paid;
  const takings = claim.booked!.takings.flatMap((row) => {
    const part = row.from === 'goods' ? Math.min(left, row.won) : 0;
    left -= part;
    return part > 0 ? [{ ...row, won: part }] : [];
  });
  const money = partOf(claim.refunds, units, paid);
  const points = restoredPoints(draft.state, money);
  const exempt = units.reduce((sum, unit) => sum + (unit.info.taxed ? 0 : worthOf(unit)), 0);
  return { won, paid, takings, money, points, exempt };
}

/** The figures of a quote that deductions lower, by the account that they are booked on. */
const FIGURES = { fees: 'returnFee', usage: 'usage', reclaim: 'reclaim' } as const;
const KINDS = { fees: 'RETURN', usage: 'USAGE', reclaim: 'BENEFIT_RECLAIM' } as const;

function isFee(account: string): account is keyof typeof KINDS {
  return account in KINDS;
}

const NO_QUOTE = {
  ...{ items: 0, shipping: 0, credited: 0, returnFee: 0, exchangeFee: 0, fare: 0, sendBack: 0, usage: 0, reclaim: 0 },
  ...{ difference: 0, refund: 0, collect: 0, perTender: {}, restored: { coupons: [], points: 0 } },
};

/** A quote with a share more (`sign` 1) or less (−1) than `base` has. */
function quoteWith(of: Quote, share: Share, base: Omit<Quote, 'hash' | 'provisional'>, sign: 1 | -1): Quote {
  const { hash: _, ...same } = of;
  const quote = { ...same, ...base, perTender: { ...base.perTender } };
  quote.items += sign * share.won;
  quote.refund += sign * share.paid;
  quote.restored = { ...base.restored, points: base.restored.points + sign * share.points };
  for (const { account, won } of share.takings)
    if (isFee(account)) quote[FIGURES[account]] += sign * won;
    else quote.shipping -= sign * won;
  for (const { tender, won } of share.money) {
    quote.perTender[tender] = (quote.perTender[tender] ?? 0) + sign * won;
    if (quote.perTender[tender] === 0) delete quote.perTender[tender];
  }
  return sealQuote(quote);
}

function bookedWith(booked: Booked, id: string, { paid, takings, exempt }: Share, sign: 1 | -1): Booked {
  const entries: Entry[] = [['goods', `payable/${id}`, paid]];
  for (const { account, won } of takings) entries.push(['goods', account, won]);
  const more = sign === 1;
  return {
    ...booked,
    entries: more ? entries : entries.reduce(lessEntries, booked.entries),
    takings: more ? takings : lessTakings(booked.takings, takings),
    exempt: booked.exempt + sign * exempt,
  };
}

function feesIn(takings: Booked['takings'], now: number): Fee[] {
  const fee = { group: null, state: 'DEDUCTED' as const, tender: null, dueSince: now };
  return takings.flatMap(({ account, won }) => (isFee(account) ? [{ ...fee, kind: KINDS[account], amount: won }] : []));
}

function lessFees(fees: readonly Fee[], takings: Booked['takings']): Fee[] {
  const left = feesIn(takings, 0);
  return fees
    .map((fee) => {
      let { amount } = fee;
      for (const row of left) {
        if (fee.state !== 'DEDUCTED' || row.kind !== fee.kind) continue;
        const part = Math.min(amount, row.amount);
        amount -= part;
        row.amount -= part;
      }
      return { ...fee, amount };
    })
    .filter(({ amount }) => amount > 0);
}

function nothing({ order }: Booked): Booked {
  const none = { takings: [], givebacks: [], moves: [], cuts: [] };
  return { order, entries: [], shipping: {}, reclaim: 0, exempt: 0, ...none };
}

function madeAt(refund: Refund, { tender, won }: Money): Refund {
  return { ...refund, tender, amount: won };
}

/** By tender as the pieces were paid, as far as it was refunded there; the rest from what else was refunded. */
function partOf(refunds: readonly Refund[], units: readonly Unit[], won: number): Money[] {
  const left = new Map(refunds.map(({ tender, amount }) => [tender, amount]));
  const money: Money[] = [];
  let open = won;
  for (const { tender, won: most } of [...units.flatMap(shareOf), ...refunds.map((row) => ({ ...row, won: won }))]) {
    const part = Math.min(open, most, left.get(tender) ?? 0);
    if (part <= 0) continue;
    left.set(tender, left.get(tender)! - part);
    open -= part;
    money.push({ tender, won: part });
  }
  return byTender(money);
}

function lessRefunds(refunds: readonly Refund[], money: readonly Money[]): Refund[] {
  return refunds
    .map((row) => ({ ...row, amount: row.amount - (money.find(({ tender }) => tender === row.tender)?.won ?? 0) }))
    .filter(({ amount }) => amount > 0);
}

function lessTakings(takings: Booked['takings'], gone: Booked['takings']): Booked['takings'] {
  const left = gone.map((row) => ({ ...row }));
  return takings
    .map((row) => {
      let { won } = row;
      for (const other of left) {
        if (other.tender !== row.tender || other.account !== row.account || row.from !== 'goods') continue;
        const part = Math.min(won, other.won);
        won -= part;
        other.won -= part;
      }
      return { ...row, won };
    })
    .filter(({ won }) => won > 0);
}

function lessEntries(entries: Entry[], [from, to, won]: Entry): Entry[] {
  let left = won;
  return entries.map(([debit, credit, amount]): Entry => {
    const part = debit === from && credit === to ? Math.min(left, amount) : 0;
    left -= part;
    return [debit, credit, amount - part];
  });
}
