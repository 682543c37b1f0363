import type { Step, StepKind } from './steps.ts';
import { standsAt } from './steps.ts';

/** The places on the line from waybill to door that every parcel passes. */
export const DOTS = ['waybill', 'pickup', 'transit', 'out', 'delivered'] as const;
export type DotKind = (typeof DOTS)[number];
/** `done`: passed. `now`: here it stands. `wrong`: here it stands, and something is wrong. `ahead`: still to come. */
export type Dot = { kind: DotKind; at: Date | null; place: string | null; state: 'done' | 'now' | 'wrong' | 'ahead' };

const DOT_OF: Record<StepKind, DotKind> = {
  registered: 'waybill',
  unknown: 'waybill',
  pickup: 'pickup',
  hub_in: 'transit',
  hub_out: 'transit',
  in_transit: 'transit',
  delayed: 'transit',
  exception: 'transit',
  returned: 'transit',
  out_for_delivery: 'out',
  attempt_failed: 'out',
  at_pickup_point: 'out',
  delivered: 'delivered',
};

type Parcel = {
  waybillAt: Date | null;
  shippedAt: Date | null;
  deliveredAt: Date | null;
  steps: readonly Step[];
  /** Whether it is stuck now. */
  stuck: boolean;
};

/** A parcel's way on one line: each dot with when and where it was last there, and where it stands now. */
export function lineOf({ waybillAt, shippedAt, deliveredAt, steps, stuck }: Parcel): Dot[] {
  const last = standsAt(steps);
  const known: Record<DotKind, Date | null> = {
    waybill: waybillAt,
    pickup: shippedAt,
    transit: null,
    out: null,
    delivered: deliveredAt,
  };
  const places: Partial<Record<DotKind, string>> = {};
  for (const step of steps.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const dot = DOT_OF[step.kind];
    if (dot !== 'delivered' || !deliveredAt) known[dot] = dot === 'pickup' && shippedAt ? shippedAt : step.at;
    if (step.place) places[dot] = step.place;
  }
  const here = deliveredAt ? 4 : Math.max(last ? DOTS.indexOf(DOT_OF[last.kind]) : 0, shippedAt ? 1 : 0);
  return DOTS.map((kind, i) => ({
    kind,
    at: i <= here ? known[kind] : null,
    place: i <= here ? (places[kind] ?? null) : null,
    state: i > here ? 'ahead' : i < here || deliveredAt ? 'done' : stuck ? 'wrong' : 'now',
  }));
}
