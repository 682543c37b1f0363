import type { Output } from '#platform/operation.ts';
import type { orders } from '../contract.ts';
import type { Order as OrderParts } from '../rules/order.ts';
import { type PackedShares, unpackShares } from '../rules/packed-shares.ts';

type Order = Output<typeof orders.operations.get>;
type Parts = Pick<Order, 'lines' | 'groups' | 'benefits' | 'tenders'>;

/** The frozen allocation of an order piece by piece, from the few bytes that its row keeps of it. */
export function sharesOf(packed: unknown, parts: Parts): NonNullable<Order['allocation']> {
  const pieces = parts.lines.flatMap((line) => Array.from({ length: line.qty }, (_, i) => [line.id, i + 1] as const));
  const covers = (benefit: Order['benefits'][number], line: string, unitNo: number) =>
    benefit.units
      ? benefit.units.some((part) => part.line === line && part.unitNos.includes(unitNo))
      : benefit.lines.includes(line);
  const benefits = parts.benefits.map((benefit) => ({
    ...benefit,
    units: pieces.flatMap(([line, unitNo], index) => (covers(benefit, line, unitNo) ? [index] : [])),
  }));
  const order = { ...parts, benefits } as unknown as OrderParts;
  const { units, shipping } = unpackShares(order, packed as PackedShares | null);
  return {
    units: units.map(({ net, benefits: off, tenders }, i) => {
      const [line = '', unitNo = 0] = pieces[i] ?? [];
      return { line, unitNo, net, benefits: off, tenders };
    }),
    shipping,
  };
}
