import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { connectors } from '../contract.ts';
import { mayAsk } from '../rules/source.ts';
import type { ConnectorSettings } from '../settings.ts';
import { TRACKER } from './ask-tracker.ts';
import { loadSource } from './source-store.ts';

/** One parcel is asked for once a minute, whoever asks. */
const EVERY_MS = 60_000;

/** Somebody wants to know now: a job for this parcel, unless it was just asked for or the tracker is in trouble. */
export const checkParcel = ({ tracker }: ConnectorSettings) =>
  handle(connectors.operations.checkParcel, async (ctx, { order, parcel }) => {
    const mine = await ctx.scoped
      .selectFrom('sales_order')
      .select('id')
      .where('sales_order.id', '=', order)
      .executeTakeFirst();
    if (!mine) return notFound();
    if (!tracker) return { result: 'off' as const, at: null };
    const row = await ctx.scoped
      .selectFrom('tracker_parcel')
      .select(['asked_at'])
      .where('tracker_parcel.order_id', '=', order)
      .where('tracker_parcel.parcel_id', '=', parcel)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return { result: 'unknown' as const, at: null };
    const again = row.asked_at ? new Date(row.asked_at.getTime() + EVERY_MS) : null;
    if (again && again > ctx.now) return { result: 'too_soon' as const, at: again };
    const source = await loadSource(ctx.db, TRACKER, ctx.now);
    await ctx.scoped
      .updateTable('tracker_parcel')
      .set({ asked_at: ctx.now, next_at: ctx.now })
      .where('tracker_parcel.order_id', '=', order)
      .where('tracker_parcel.parcel_id', '=', parcel)
      .execute();
    if (mayAsk(source, ctx.now) === 'no') return { result: 'waiting' as const, at: source.resumeAt };
    await ctx.job('connectors.trackOne', { order, parcel }, { maxAttempts: 2 });
    return { result: 'asked' as const, at: null };
  });
