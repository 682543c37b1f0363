import { expect } from 'vitest';
import type { Group } from '#orders/rules/order.ts';
import { after, alwaysIn, lawful, matter, type Wish } from './always.ts';
import { isSwapped } from './claim-state.ts';
import { refs } from './fuzz-parts.ts';
import type { Claim, State, Unit } from './state.ts';

const always = alwaysIn(process.env);

const GOODS: Wish[] = [{ type: 'pickup.scan' }, { type: 'arrive' }, { type: 'inspect.pass' }];

function ask(units: readonly Unit[], fault: string): Wish {
  return { type: 'return.request', units: refs(units), reason: fault === 'BUYER' ? 'SIZE' : 'DEFECT', evidence: ['p'] };
}

function newest(state: State): Claim {
  return state.claims.at(-1)!;
}

/** One way back, worked out from the order: W, and Qr where the order paid to go there. */
function oneWay(group: Group): number {
  return group.returnFee + (group.remotePaid > 0 ? group.remoteReturn : 0);
}

function groupsOf(state: State, units: readonly Unit[]): Group[] {
  return state.order.groups.filter((group) => units.some(({ info }) => info.group === group.id));
}

always(
  'I10: goods sent back after a withdrawal leave all as it was but the fee for the way, the window too',
  50,
  ({ before }, { policy, steps }) => {
    const units = steps.length % 6 === 0 ? lawful(before).slice(0, 2) : [];
    if (units.length === 0) return false;
    const fault = before.version % 2 === 0 ? 'BUYER' : 'SELLER';
    // Taken away, at the dock, or inspected.
    const start = after(before, policy, [ask(units, fault)])?.[1];
    if (!start || !newest(start).accepted || newest(start).collection.state !== 'BOOKED') return false;
    const there = after(start, policy, [...GOODS.slice(0, 1 + (before.version % 3)), { type: 'withdraw' }])?.at(-1);
    if (!there || newest(there).exiting !== 'WDN') return false;
    const claim = newest(there);
    const back = after(there, policy, [{ type: 'parcel.delivered', parcel: claim.sendBack! }])?.at(-1);
    if (!back) throw new Error('what is sent back cannot be delivered');
    expect(matter(back)).toEqual(matter(before));
    const won = fault === 'BUYER' ? groupsOf(before, units).reduce((sum, group) => sum + oneWay(group), 0) : 0;
    const due = back.claims.find((row) => row.id === claim.id)!.fees;
    expect(due.map(({ kind, state, amount }) => [kind, state, amount])).toEqual(
      won > 0 ? [['SEND_BACK', 'DUE', won]] : [],
    );
    return true;
  },
);

always(
  'I11: a return made an exchange and a return again is the same return, on one collection',
  50,
  ({ before }, { policy, steps }) => {
    const unit = lawful(before)[0];
    if (!unit || steps.length % 6 !== 1) return false;
    const there = after(before, policy, [ask([unit], 'BUYER'), ...GOODS.slice(0, before.version % 4)])?.at(-1);
    if (!there || newest(there).closed) return false;
    const first = newest(there);
    const round = [
      { type: 'convert', to: 'EXCHANGE', wanted: { sku: unit.info.sku, listPrice: unit.price + 1_000 } },
      { type: 'convert', to: 'RETURN' },
    ];
    const back = after(there, policy, round)?.at(-1);
    if (!back || newest(back).kind !== 'RETURN') return false;
    const last = newest(back);
    const held = ({ places, ...rest }: ReturnType<typeof matter>) => ({
      ...rest,
      // The claim has another name, and so has the account on which its refund lies.
      ledger: Object.fromEntries(Object.entries(rest.ledger).map(([name, won]) => [name.replace(/\/k\d+$/, ''), won])),
      places: places.map(({ hold, out, ...place }) => ({ ...place, held: hold !== null, buyer: out?.buyer })),
    });
    expect(held(matter(back))).toEqual(held(matter(there)));
    expect([last.quote.hash, last.collection, last.pickup]).toEqual([first.quote.hash, first.collection, first.pickup]);
    const collecting = back.claims.filter((row) => !row.closed && row.units.includes(unit.key) && !isSwapped(row));
    expect(collecting).toHaveLength(1);
    return true;
  },
);

/** What is charged and refunded after returns one after another; null when one of them cannot end. */
function settled(before: State, policy: Parameters<typeof after>[1], claims: readonly Wish[]) {
  const wishes = claims.flatMap((wish) => [wish, ...GOODS]);
  const states = after(before, policy, wishes);
  if (!states) return null;
  const { charged, reclaimed, claims: rows } = states.at(-1)!;
  const quotes = rows.slice(-claims.length).map(({ quote }) => quote);
  const sum = (of: (quote: Claim['quote']) => number) => quotes.reduce((total, quote) => total + of(quote), 0);
  return {
    charged,
    reclaimed,
    items: sum(({ items }) => items),
    shipping: sum(({ shipping }) => shipping),
    fees: sum(({ returnFee }) => returnFee),
    total: sum(({ refund, collect }) => refund - collect),
  };
}

always(
  'I12: the order of returns changes neither shipping nor what comes back',
  50,
  ({ before }, { policy, steps }) => {
    if (steps.length % 2 !== 0) return false;
    const [one, two] = lawful(before);
    if (!one || !two || before.claims.some((claim) => !claim.closed)) return false;
    const faults = ['BUYER', 'BUYER', 'SELLER'];
    const a = ask([one], faults[before.version % 3]!);
    const b = ask([two], 'BUYER');
    const ab = settled(before, policy, [a, b]);
    const ba = settled(before, policy, [b, a]);
    if (!ab || !ba) return false;
    expect(ab).toEqual(ba);
    return true;
  },
);

always(
  'I13: two pieces asked back together and one by one differ by what one parcel more costs',
  50,
  ({ before }, { policy, steps }) => {
    if (steps.length % 2 !== 1) return false;
    const [one, two] = lawful(before);
    if (!one || !two || before.claims.some((claim) => !claim.closed)) return false;
    const together = settled(before, policy, [ask([one, two], 'BUYER')]);
    const apart = settled(before, policy, [ask([one], 'BUYER'), ask([two], 'BUYER')]);
    if (!together || !apart) return false;
    const more = one.info.group === two.info.group ? oneWay(groupsOf(before, [one])[0]!) : 0;
    expect(apart).toEqual({ ...together, fees: together.fees + more, total: together.total - more });
    return true;
  },
);
