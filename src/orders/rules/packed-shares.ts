import type { Allocation } from './allocation.ts';
import type { Order, Won } from './order.ts';

/**
 * A frozen allocation in few bytes. `b`: shares of each benefit over its own pieces. `t`: shares of each tender over
 * all pieces and then the shipping groups, without `rest`, the tender that takes what is left of every item (M3): that
 * is the same sum told once. Null when each piece costs its price and one tender pays everything.
 */
export type PackedShares = { b?: Record<string, Won[]>; t?: Record<string, Won[]>; rest?: string };

export function packShares(order: Order, allocation: Allocation): PackedShares | null {
  const { units, shipping } = allocation;
  const b: Record<string, Won[]> = {};
  for (const benefit of order.benefits) {
    const shares = benefit.units.map((index) => units[index]?.benefits[benefit.id] ?? 0);
    if (shares.some((share) => share !== 0)) b[benefit.id] = shares;
  }
  const items = [...units, ...shipping];
  const t: Record<string, Won[]> = {};
  const rest = order.tenders.at(-1)?.id;
  for (const { id } of order.tenders) if (id !== rest) t[id] = items.map((item) => item.tenders[id] ?? 0);
  const packed: PackedShares = {
    ...(Object.keys(b).length > 0 ? { b } : {}),
    ...(Object.keys(t).length > 0 ? { t, ...(rest ? { rest } : {}) } : {}),
  };
  return Object.keys(packed).length > 0 ? packed : null;
}

/** The allocation again, each figure as it was frozen. */
export function unpackShares(order: Order, packed: PackedShares | null): Allocation {
  const units: Allocation['units'] = order.lines.flatMap((line) =>
    Array.from({ length: line.qty }, () => ({
      price: line.listPrice,
      discounted: line.listPrice,
      net: line.listPrice,
      benefits: {},
      tenders: {},
    })),
  );
  for (const benefit of order.benefits) takeOff(units, benefit, packed?.b?.[benefit.id]);
  const shipping: Allocation['shipping'] = order.groups.map((group) => ({
    group: group.id,
    amount: group.paid + group.remotePaid,
    tenders: {},
  }));
  const items = [...units.map((unit) => ({ amount: unit.net, tenders: unit.tenders })), ...shipping];
  const rest = packed?.rest ?? order.tenders.at(-1)?.id;
  items.forEach(({ amount, tenders }, index) => {
    let left = amount;
    for (const { id } of order.tenders) {
      const part = packed?.t?.[id]?.[index] ?? 0;
      if (part > 0) tenders[id] = part;
      left -= part;
    }
    if (rest !== undefined && left > 0) tenders[rest] = left;
  });
  return { units, shipping };
}

function takeOff(
  units: Allocation['units'],
  { id, kind, units: eligible }: Order['benefits'][number],
  shares: readonly Won[] | undefined,
): void {
  if (!shares) return;
  eligible.forEach((index, position) => {
    const unit = units[index];
    const share = shares[position] ?? 0;
    if (!unit || share === 0) return;
    unit.net -= share;
    unit.benefits[id] = share;
    if (kind === 'PRODUCT') unit.discounted -= share;
  });
}
