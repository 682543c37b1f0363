import type { Output } from '#platform/operation.ts';
import type { orders } from '../contract.ts';

type Order = Output<typeof orders.operations.get>;
type Unit = Omit<Order['units'][number], 'net'>;
type Line = Pick<Order['lines'][number], 'id' | 'qty'>;
type Parcel = Pick<
  Order['parcels'][number],
  'id' | 'purpose' | 'units' | 'preparedAt' | 'waybillAt' | 'shippedAt' | 'deliveredAt'
>;
type Times = {
  stage: string;
  paidAt: Date | null;
  confirmedAt: Date | null;
  /** `A.1` → stage of pieces whose stage does not follow from their parcel. */
  apart: Partial<Record<string, Unit['stage']>>;
};

/**
 * Each piece of an order with its stage, from the facts of its parcel (api.md, 'Stage at import'): a waybill without
 * a scan leaves it PREPARING, a parcel without any time is only a plan.
 */
export function unitsOf(order: Times, lines: readonly Line[], parcels: readonly Parcel[]): Unit[] {
  const parcelOf = new Map<string, Parcel>();
  for (const parcel of parcels.filter((candidate) => candidate.purpose === 'ORDER')) {
    for (const { line, unitNos } of parcel.units) for (const no of unitNos) parcelOf.set(`${line} ${no}`, parcel);
  }
  return lines.flatMap((line) =>
    Array.from({ length: line.qty }, (_, i): Unit => {
      const parcel = parcelOf.get(`${line.id} ${i + 1}`);
      const stage = order.apart[`${line.id}.${i + 1}`] ?? stageOf(order, parcel);
      return { line: line.id, unitNo: i + 1, stage, parcel: parcel?.id ?? null };
    }),
  );
}

function stageOf(order: Times, parcel: Parcel | undefined): Unit['stage'] {
  if (order.stage === 'CANCELLED') return 'CANCELLED';
  if (!order.paidAt) return 'UNPAID';
  if (parcel?.deliveredAt) return order.confirmedAt ? 'CONFIRMED' : 'DELIVERED';
  if (parcel?.shippedAt) return 'SHIPPED';
  if (parcel?.preparedAt || parcel?.waybillAt) return 'PREPARING';
  return 'PAID';
}
