import type { Chance } from './fuzz-order.ts';
import type { Unit } from './state.ts';

export type Json = Record<string, unknown>;
export type Wish = { type: string; [field: string]: unknown };

export const BUYERS = ['CHANGE_OF_MIND', 'SIZE'];

export function refs(units: readonly Unit[]): Json[] {
  return units.map(({ info }) => ({
    line: info.line,
    unitNos: [info.unitNo],
    ...(info.child ? { child: info.child } : {}),
  }));
}

export function some(by: Chance, units: readonly Unit[]): Unit[] {
  const chosen = units.filter(() => by.often(45));
  return chosen.length > 0 ? chosen : [by.pick(units)];
}

export function wanted(by: Chance, unit: Unit): Json {
  return {
    sku: by.pick([unit.info.sku, 'W1', 'W2']),
    listPrice: Math.max(0, unit.price + by.pick([0, 0, 0, -5_000, -1_000, 1_000, 6_000])),
  };
}
