import { createHash } from 'node:crypto';
import { orders } from '#orders/contract.ts';
import type { JobContext } from '#platform/context.ts';
import type { Failure, Outcome, Tracked } from '../port.ts';
import { nextAskAt } from '../rules/interval.ts';
import { afterAnswer, afterFailure, mayAsk, type Source } from '../rules/source.ts';
import type { TrackerSetUp } from '../settings.ts';
import { changeSource, loadSource } from './source-store.ts';

export const TRACKER = 'tracker';
export const carrierSource = (carrier: string) => `${TRACKER}.${carrier}`;

/** A parcel that is due. */
export type Due = {
  order_id: string;
  parcel_id: string;
  carrier: string;
  tracking_no: string;
  waybill_at: Date;
  answer_hash: string | null;
  failures: number;
};
/** `confirmed`: nothing new. `stop`: the source is in trouble; the parcel stays due and is asked for first. */
export type Asked = 'recorded' | 'confirmed' | 'later' | 'stop';

/** The time at which something happens: a job runs long, and its own time stands still. */
const clock = () => new Date();

/**
 * Asks about one parcel and records what is new. What the tracker cannot say changes nothing of the parcel: its last
 * known state stays, and how the source stands says since when and why.
 */
export async function askTracker(ctx: JobContext, { tracker, fetch }: TrackerSetUp, due: Due): Promise<Asked> {
  const carrier = await loadSource(ctx.db, carrierSource(due.carrier), ctx.now);
  if (mayAsk(carrier, clock()) === 'no') return postpone(ctx, due, carrier.resumeAt as Date);
  const began = performance.now();
  const signal = AbortSignal.timeout(ANSWER_MS);
  const parcel = { courier: due.carrier, trackingNo: due.tracking_no };
  const outcome = await tracker.track({ signal, now: clock, fetch }, parcel);
  const ms = performance.now() - began;
  const verdict = await judge(ctx, due, outcome, ms);
  if (verdict === 'tracker') return 'stop';
  if (verdict) return postpone(ctx, due, verdict.resumeAt as Date);
  return keep(ctx, due, outcome);
}

const ANSWER_MS = 35_000;

/** Whose trouble an outcome is: the tracker's, the carrier's behind it, or nobody's. */
async function judge(
  ctx: JobContext,
  due: Due,
  outcome: Outcome<Tracked>,
  ms: number,
): Promise<Source | 'tracker' | null> {
  const now = clock();
  const well = (strange: string[] = []) =>
    changeSource(ctx.db, TRACKER, now, (source) => afterAnswer(source, now, ms, strange));
  const failed = (id: string, failure: Failure) =>
    changeSource(ctx.db, id, now, (source) => afterFailure(source, failure, now, Math.random()));
  if (outcome.ok) {
    await well(outcome.value.strange);
    await carrierWell(ctx, due.carrier, now, ms);
    return null;
  }
  if (outcome.kind === 'permanent') {
    await well();
    return null;
  }
  if (outcome.code !== 'carrier_down') {
    await failed(TRACKER, outcome);
    return 'tracker';
  }
  await well();
  return failed(carrierSource(due.carrier), outcome);
}

/** A carrier has a row of its own only once it was in trouble. */
async function carrierWell(ctx: JobContext, carrier: string, now: Date, ms: number): Promise<void> {
  const source = await loadSource(ctx.db, carrierSource(carrier), now);
  if (source.failures > 0) await changeSource(ctx.db, carrierSource(carrier), now, (it) => afterAnswer(it, now, ms));
}

async function keep(ctx: JobContext, due: Due, outcome: Outcome<Tracked>): Promise<Asked> {
  const now = clock();
  const known = outcome.ok ? outcome.value.events : [];
  const unknown = !outcome.ok;
  const hash = createHash('sha256')
    .update(JSON.stringify(outcome.ok ? known : outcome.code))
    .digest('hex');
  const last =
    known.at(-1)?.status === 'OUT_FOR_DELIVERY' ? 'out_for_delivery' : known.length > 0 ? 'in_transit' : null;
  const next = nextAskAt({ lastKind: last, waybillAt: due.waybill_at, now, unknown });
  if (hash !== due.answer_hash) {
    await ctx.run(orders.operations.recordTracking, {
      order: due.order_id,
      parcel: due.parcel_id,
      events: known,
      asOf: outcome.ok ? outcome.value.asOf : now.toISOString(),
      ...(unknown ? { problem: 'not_found' as const } : {}),
    });
  }
  await update(ctx, due, { next_at: next, checked_at: now, answer_hash: hash, failures: 0 });
  return hash === due.answer_hash ? 'confirmed' : 'recorded';
}

async function postpone(ctx: JobContext, due: Due, until: Date): Promise<Asked> {
  await update(ctx, due, { next_at: until, failures: due.failures + 1 });
  return 'later';
}

type Change = { next_at: Date; checked_at?: Date; answer_hash?: string; failures: number };

async function update({ scoped }: JobContext, due: Due, change: Change): Promise<void> {
  await scoped
    .updateTable('tracker_parcel')
    .set(change)
    .where('tracker_parcel.order_id', '=', due.order_id)
    .where('tracker_parcel.parcel_id', '=', due.parcel_id)
    .execute();
}
