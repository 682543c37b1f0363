/** The way of one piece, in this order; see section 2.1 of the claim specification. */
export const STAGES = ['UNPAID', 'PAID', 'PREPARING', 'SHIPPED', 'DELIVERED', 'CONFIRMED'] as const;
export const TERMINAL_STAGES = ['CANCELLED', 'RETURNED', 'SWAPPED', 'LOST_CLOSED', 'KEPT_REFUNDED'] as const;
export type Stage = (typeof STAGES)[number] | (typeof TERMINAL_STAGES)[number];

/** Where the piece is. */
export const PLACES = [
  'WAREHOUSE',
  'OUTBOUND',
  'CUSTOMER',
  'INBOUND',
  'DOCK',
  'STOCK',
  'BAD',
  'PARTNER',
  'LOST',
  'NONE',
] as const;
export type Place = (typeof PLACES)[number];

/** One piece of an order line; `child` counts the pieces that took its place in exchanges, absent for the first. */
export type UnitRef = { line: string; unitNo: number; child?: number };

const ORDER: Record<string, number> = Object.fromEntries(STAGES.map((stage, index) => [stage, index]));

/** Whether a unit has not left the warehouse yet. */
export function isBeforeShipping(stage: Stage): boolean {
  return (ORDER[stage] ?? 99) < ORDER.SHIPPED!;
}

/** Whether a unit has been handed to the carrier or the customer and is not out of the order. */
export function isShipped(stage: Stage): boolean {
  const index = ORDER[stage];
  return index !== undefined && index >= ORDER.SHIPPED!;
}

/** Whether `stage` comes before `other` on the way out; terminal stages come before none. */
export function isBefore(stage: Stage, other: Stage): boolean {
  return (ORDER[stage] ?? 99) < (ORDER[other] ?? -1);
}

/** Whether a unit is out of the order for good. */
export function isTerminalStage(stage: Stage): boolean {
  return ORDER[stage] === undefined;
}

/** "A.1" of the first piece of A, "A.1.1" of the piece that replaced it. */
export function unitKey(ref: UnitRef): string {
  return ref.child ? `${ref.line}.${ref.unitNo}.${ref.child}` : `${ref.line}.${ref.unitNo}`;
}

export type UnitAxes = { stage: Stage; place: Place; hold: string | null };

/** view(line): how many units stand at each (stage, place, hold); a line never has one status. */
export function view(units: readonly UnitAxes[]): { stage: Stage; place: Place; hold: string | null; count: number }[] {
  const counts = new Map<string, { stage: Stage; place: Place; hold: string | null; count: number }>();
  for (const { stage, place, hold } of units) {
    const key = `${stage} ${place} ${hold}`;
    const row = counts.get(key);
    if (row) row.count++;
    else counts.set(key, { stage, place, hold, count: 1 });
  }
  return [...counts.values()];
}
