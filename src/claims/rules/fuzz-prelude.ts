import { isShipped } from '#orders/rules/unit.ts';
import type { Chance } from './fuzz-order.ts';
import { refs, type Wish } from './fuzz-parts.ts';
import type { State } from './state.ts';

type Beat = (state: State) => Wish;

const deliver: Beat = (state) => ({ type: 'parcel.delivered', parcel: state.parcels[0]!.id });

function ask(type: string, reason: string, more: object = {}): Beat {
  return (state) => {
    const free = state.units.filter((unit) => unit.hold === null && isShipped(unit.stage)).slice(0, 2);
    const wanted = type === 'exchange.request' ? { wanted: { sku: 'S0', listPrice: free[0]?.price ?? 0 } } : {};
    return { type, units: refs(free), reason, approved: true, ...wanted, ...more };
  };
}

function then(type: string, more: object = {}): Beat {
  return () => ({ type, approved: true, ...more });
}

const due: Beat = (state) => ({
  type: 'delay.notice',
  promisedOn: new Date(state.now + 3 * 86_400_000).toISOString().slice(0, 10),
});

/** Openings that lead to rows which chance alone reaches too rarely. */
const PRELUDES: Beat[][] = [
  [
    deliver,
    ask('return.request', 'SIZE'),
    then('preRefund', { reason: 'slow collection' }),
    then('preRefund.clawback'),
  ],
  [
    deliver,
    ask('return.request', 'SIZE'),
    then('preRefund', { reason: 'slow collection' }),
    then('pickup.scan'),
    then('arrive'),
    then('inspect.fail'),
    then('preRefund.clawback'),
  ],
  [deliver, ask('exchange.request', 'DEFECT'), then('exchange.cross')],
  [deliver, ask('exchange.request', 'DEFECT'), then('pickup.scan'), then('exchange.shipFirst')],
  [due, then('delay.answer', { answer: 'WAIT' })],
  [due, then('delay.answer', { answer: 'CANCEL' })],
  [deliver, ask('return.request', 'SIZE'), then('pickup.scan'), then('withdraw'), then('fee.overdue')],
  [
    (state) => ({ type: 'parcel.shipped', parcel: state.parcels[0]!.id }),
    (state) => ({ type: 'parcel.lost', parcel: state.parcels[0]!.id }),
    (state) => ({ type: 'receivable.file', receivable: 'v1', day: new Date(state.now).toISOString().slice(0, 10) }),
    then('receivable.writeOff', { receivable: 'v1', reason: 'refused' }),
  ],
  [deliver, ask('return.request', 'DEFECT'), then('noCollect')],
  [
    deliver,
    ask('exchange.request', 'SIZE'),
    then('exchange.expire'),
    then('exchange.change', { wanted: { sku: 'W1', listPrice: 5_000 } }),
  ],
];

const again: Beat = (state) => {
  const exiting = state.claims.find((claim) => claim.exiting === 'WDN');
  const units = state.units.filter((unit) => unit.hold !== null && unit.hold === exiting?.id);
  return { type: 'return.request', units: refs(units.length > 0 ? units : state.units.slice(0, 1)), reason: 'SIZE' };
};

PRELUDES.push([deliver, ask('return.request', 'SIZE'), then('pickup.scan'), then('arrive'), then('withdraw'), again]);

export function randomPrelude(by: Chance): Beat[] {
  return by.often(45) ? by.pick(PRELUDES) : [];
}
