import { amend, claimOf, type Draft, onClaim, onUnit, unitOf } from './draft.ts';
import { shareOf, worthOf } from './exchange-difference.ts';
import { sealQuote } from './quote.ts';
import { byTender } from './refund-amount.ts';
import { restoredPoints } from './restoration.ts';
import type { Booked, Claim, Entry, Money, Quote, Refund, Unit } from './state.ts';

/**
 * T15 after T29: whether pieces of an advanced return can go on apart: their whole worth must be among what was
 * refunded, so that fees and shipping stay with the rest.
 */
export function canSplitAdvance(draft: Draft, claim: Claim, keys: readonly string[]): boolean {
  const paid = claim.refunds.reduce((sum, refund) => sum + refund.amount, 0);
  return claim.kind === 'RETURN' && worthOfUnits(draft, keys) <= Math.min(paid, payable(claim));
}

function worthOfUnits(draft: Draft, keys: readonly string[]): number {
  return keys.reduce((sum, key) => sum + worthOf(unitOf(draft.state, key)), 0);
}

/** What of the goods was refunded, and not eaten by deductions. */
function payable({ booked, id }: Claim): number {
  const own = booked!.entries.filter(([debit, credit]) => debit === 'goods' && credit === `payable/${id}`);
  return own.reduce((sum, [, , won]) => sum + won, 0);
}

/** Moves pieces of an advanced return to a claim of its own, with the part of the advance that was paid for them. */
export function splitAdvance(draft: Draft, id: string, keys: readonly string[]): string {
  const claim = claimOf(draft.state, id);
  const number = draft.state.counters.claim + 1;
  const child = `k${number}`;
  const units = keys.map((key) => unitOf(draft.state, key));
  const won = worthOfUnits(draft, keys);
  const money = partOf(claim.refunds, units, won);
  const points = restoredPoints(draft.state, money);
  const own = ownQuote(claim.quote, won, money, points);
  const exempt = units.reduce((sum, unit) => sum + (unit.info.taxed ? 0 : worthOf(unit)), 0);
  const row: Claim = {
    ...claim,
    ...{ id: child, units: [...keys], findings: {}, quote: own, consented: own },
    ...{ fees: [], carried: [], paid: [], repaid: [], usage: 0, interest: 0, fareDone: 0 },
    refunds: money.map((part) => madeAt(claim.refunds[0]!, part)),
    booked: { ...nothing(claim.booked!), entries: [['goods', `payable/${child}`, won]], exempt },
    advance: { ...claim.advance!, amount: won },
  };
  const rest = lessQuote(claim.quote, won, money, points);
  amend(draft, [
    { on: 'newClaim', row },
    { on: 'order', set: { counters: { ...draft.state.counters, claim: number } } },
    onClaim(id, {
      units: claim.units.filter((key) => !keys.includes(key)),
      quote: rest,
      consented: rest,
      refunds: lessRefunds(claim.refunds, money),
      booked: {
        ...claim.booked!,
        entries: lessEntries(claim.booked!.entries, id, won),
        exempt: claim.booked!.exempt - exempt,
      },
      advance: { ...claim.advance!, amount: claim.advance!.amount - won },
    }),
    ...units.map((unit) => onUnit(unit.key, { hold: child, out: { ...unit.out!, claim: child } })),
  ]);
  return child;
}

/** The quote of pieces without any deduction: those stay with the rest. */
function ownQuote(of: Quote, won: number, money: readonly Money[], points: number): Quote {
  const { hash: _, ...quote } = of;
  const none = { shipping: 0, credited: 0, returnFee: 0, exchangeFee: 0, sendBack: 0, usage: 0, reclaim: 0 };
  const perTender = Object.fromEntries(money.map((row) => [row.tender, row.won]));
  const restored = { coupons: [], points };
  const rest = { difference: 0, fare: 0, items: won, refund: won, collect: 0, perTender, restored };
  return sealQuote({ ...quote, ...none, ...rest });
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

function lessQuote(quote: Quote, won: number, money: readonly Money[], points: number): Quote {
  const { hash: _, ...rest } = quote;
  const perTender = { ...quote.perTender };
  for (const row of money) {
    perTender[row.tender] = perTender[row.tender]! - row.won;
    if (perTender[row.tender] === 0) delete perTender[row.tender];
  }
  const restored = { ...quote.restored, points: quote.restored.points - points };
  return sealQuote({ ...rest, items: quote.items - won, refund: quote.refund - won, perTender, restored });
}

function lessEntries(entries: readonly Entry[], id: string, won: number): Entry[] {
  let left = won;
  return entries.map(([debit, credit, amount]): Entry => {
    const part = debit === 'goods' && credit === `payable/${id}` ? Math.min(left, amount) : 0;
    left -= part;
    return [debit, credit, amount - part];
  });
}
