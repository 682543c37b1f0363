import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { orders } from '../contract.ts';

type Item = Output<typeof orders.operations.history>['items'][number];

/** What has happened to an order, oldest first: its events, with who told of them. */
export const orderHistory = handle(orders.operations.history, async (ctx, { id }) => {
  const order = await ctx.scoped
    .selectFrom('sales_order')
    .select('sales_order.id')
    .where('sales_order.id', '=', id)
    .executeTakeFirst();
  if (!order) return notFound();
  const rows = await ctx.scoped
    .selectFrom('order_event')
    .leftJoin('person', (join) => join.on(sql<boolean>`order_event.actor = person.id::text`))
    .select(['seq', 'type', 'payload', 'at', 'recorded_at', 'person.name as by'])
    .where('order_event.order_id', '=', id)
    .orderBy('seq')
    .execute();
  const items = rows.map(({ seq, type, at, recorded_at, by, payload }): Item => {
    const told = payload as Record<string, unknown>;
    return {
      seq,
      type,
      at,
      recordedAt: recorded_at,
      by,
      parcel: typeof told.parcel === 'string' ? told.parcel : null,
      note: noteOf(type, told),
      verb: type === 'order.manualStep' ? (told.verb as Item['verb']) : null,
      result: type === 'order.manualStep' ? (told.result as Item['result']) : null,
    };
  });
  return { items, next: null };
});

function noteOf(type: string, told: Record<string, unknown>): string | null {
  if (type === 'order.manualStep') return String(told.note);
  if (type !== 'mall.status') return typeof told.trackingNo === 'string' ? told.trackingNo : null;
  const words = [told.order, ...Object.values((told.lines ?? {}) as object)];
  return words.filter(Boolean).join(', ') || null;
}
