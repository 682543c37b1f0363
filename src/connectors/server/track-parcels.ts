import { sql } from 'kysely';
import { orders } from '#orders/contract.ts';
import type { JobContext, JobHandler } from '#platform/context.ts';
import { retryAskAt } from '../rules/interval.ts';
import { mayAsk } from '../rules/source.ts';
import type { ConnectorSettings, TrackerSetUp } from '../settings.ts';
import { askTracker, type Due, TRACKER } from './ask-tracker.ts';
import { loadSource } from './source-store.ts';
import { syncParcels } from './sync-parcels.ts';

/** A run of each minute ends before the next begins. */
const RUN_MS = 50_000;
/** Asked for at once, at most: a slow tracker must not hold up the rest. */
const AT_ONCE = 4;
/** A parcel that is being asked for is nobody else's for so long. */
const CLAIM_MS = 120_000;
const CONFIRM = 200;

/**
 * Asks about the parcels that are due, as fast as the tracker allows, until none is left or the minute is over. While
 * the tracker is in trouble it asks once, when its wait is over, and goes on by itself as soon as it is answered.
 */
export const trackParcels =
  ({ tracker }: ConnectorSettings): JobHandler =>
  async (ctx) => {
    if (!tracker) return turnOff(ctx);
    await turnOn(ctx);
    await syncParcels(ctx, tracker.tracker.describe().carriers);
    const confirmed: Due[] = [];
    const until = performance.now() + RUN_MS;
    while (performance.now() < until && (await askDue(ctx, tracker, confirmed))) {
      if (confirmed.length >= CONFIRM) await confirm(ctx, confirmed);
    }
    await confirm(ctx, confirmed);
  };

async function turnOff({ db, now }: JobContext): Promise<void> {
  await db
    .updateTable('connector_source')
    .set({ state: 'off', since: now, updated_at: now })
    .where('state', '<>', 'off')
    .execute();
}

async function turnOn({ db, now }: JobContext): Promise<void> {
  const fresh = { state: 'ok', since: now, why: null, detail: null, failures: 0, resume_at: null, updated_at: now };
  await db.updateTable('connector_source').set(fresh).where('state', '=', 'off').execute();
}

/** One round; answers whether there may be more to do now. */
async function askDue(ctx: JobContext, setUp: TrackerSetUp, confirmed: Due[]): Promise<boolean> {
  const may = mayAsk(await loadSource(ctx.db, TRACKER, ctx.now), new Date());
  if (may === 'no') return false;
  const began = performance.now();
  const due = await claim(ctx, may === 'once' ? 1 : AT_ONCE);
  const results = await Promise.all(due.map((parcel) => askTracker(ctx, setUp, parcel)));
  const stopped = due.filter((_, i) => results[i] === 'stop');
  await giveBack(ctx, stopped);
  confirmed.push(...due.filter((_, i) => results[i] === 'confirmed'));
  const pace = (1_000 * due.length) / setUp.tracker.describe().ratePerSec - (performance.now() - began);
  if (pace > 0) await new Promise((done) => setTimeout(done, pace));
  return due.length > 0 && stopped.length === 0;
}

async function claim({ db }: JobContext, most: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    update tracker_parcel t set next_at = now() + ${`${CLAIM_MS} milliseconds`}::interval
    from (select order_id, parcel_id from tracker_parcel where next_at <= now()
      order by case when failures = 0 then asked_at end desc nulls last, next_at limit ${most} for update skip locked) due
    where t.order_id = due.order_id and t.parcel_id = due.parcel_id
    returning t.order_id, t.parcel_id, t.carrier, t.tracking_no, t.waybill_at, t.answer_hash, t.failures`.execute(db);
  return rows;
}

/** Parcels that got no answer stay due; the rule puts those off that get none whatever the tracker's state. */
async function giveBack({ scoped }: JobContext, parcels: readonly Due[]): Promise<void> {
  for (const { order_id, parcel_id, failures } of parcels) {
    await scoped
      .updateTable('tracker_parcel')
      .set({ next_at: retryAskAt(new Date(), failures + 1), failures: failures + 1 })
      .where('tracker_parcel.order_id', '=', order_id)
      .where('tracker_parcel.parcel_id', '=', parcel_id)
      .execute();
  }
}

async function confirm(ctx: JobContext, confirmed: Due[]): Promise<void> {
  while (confirmed.length > 0) {
    const parcels = confirmed.splice(0, CONFIRM).map((due) => ({ order: due.order_id, parcel: due.parcel_id }));
    await ctx.run(orders.operations.confirmTracking, { asOf: new Date().toISOString(), parcels });
  }
}

/** A person asked for one parcel: it is asked for at once, unless the tracker is in trouble. */
export const trackOne =
  ({ tracker }: ConnectorSettings): JobHandler =>
  async (ctx, payload) => {
    if (!tracker) return;
    const row = await ctx.scoped
      .selectFrom('tracker_parcel')
      .selectAll()
      .where('tracker_parcel.order_id', '=', String(payload.order))
      .where('tracker_parcel.parcel_id', '=', String(payload.parcel))
      .executeTakeFirst();
    if (!row || mayAsk(await loadSource(ctx.db, TRACKER, ctx.now), new Date()) === 'no') return;
    const result = await askTracker(ctx, tracker, row);
    if (result === 'confirmed') await confirm(ctx, [row]);
    if (result === 'stop') await giveBack(ctx, [row]);
  };
