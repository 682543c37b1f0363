import { type Kysely, sql } from 'kysely';
import type { JobContext } from '#platform/context.ts';
import type { Open } from '#platform/scope.ts';
import { regionOf } from '../rules/delivery/region.ts';
import { type Counted, kstWeekday, normsOf, transitHours, WEEKS } from '../rules/delivery/transit.ts';
import { saveNorms } from './delivery-norms.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const KST = 9 * HOUR;
/** Norms are made anew this often. */
const EVERY_MS = HOUR;
/** Days that are counted again each time: deliveries become known late. */
const AGAIN_DAYS = 3;
/** One process counts at a time. */
const LOCK = 7_244_100_411;

const kstDay = (at: number): number => Math.floor((at + KST) / DAY);
const dayText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/**
 * Counts how long parcels took, a KST day a step, and makes the norms of the last eight weeks out of it. Answers whether
 * there are new norms: they are an hour old at most.
 */
export async function countTransit(ctx: JobContext): Promise<boolean> {
  const { db, now } = ctx;
  const state = await db.selectFrom('delivery_state').selectAll().executeTakeFirst();
  if (state && now.getTime() - state.up_to.getTime() < EVERY_MS) return false;
  const today = kstDay(now.getTime());
  const oldest = today - WEEKS * 7;
  const counted = state ? Math.floor(Date.parse(state.counted_on) / DAY) : oldest;
  for (let day = Math.max(oldest, counted - AGAIN_DAYS); day <= today; day++) await countDay(ctx, day);
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('delivery_transit').where('delivered_on', '<', dayText(oldest)).execute();
    const rows = await trx
      .selectFrom('delivery_transit')
      .select(['carrier', 'region', 'weekday', 'hours', sql<number>`sum(parcels)::int`.as('parcels')])
      .groupBy(['carrier', 'region', 'weekday', 'hours'])
      .execute();
    await saveNorms(trx, normsOf(rows));
    const next = { counted_on: dayText(today), up_to: now };
    await trx
      .insertInto('delivery_state')
      .values({ one: true, ...next })
      .onConflict((conflict) => conflict.column('one').doUpdateSet(next))
      .execute();
  });
  return true;
}

async function countDay({ db, scoped }: JobContext, day: number): Promise<void> {
  const from = new Date(day * DAY - KST);
  const rows = await scoped
    .selectFrom('parcel')
    .innerJoin('sales_order', 'sales_order.id', 'parcel.order_id')
    .select(['carrier', 'shipped_at', 'delivered_at', 'receiver_address', 'receiver_postcode'])
    .where('parcel.delivered_at', '>=', from)
    .where('parcel.delivered_at', '<', new Date(from.getTime() + DAY))
    .where('parcel.carrier', 'is not', null)
    .where('parcel.shipped_at', 'is not', null)
    .execute();
  const cells = new Map<string, Counted>();
  for (const row of rows) {
    const hours = transitHours(row.shipped_at as Date, row.delivered_at);
    if (hours === null) continue;
    const region = regionOf(row.receiver_address, row.receiver_postcode);
    const lane = { carrier: row.carrier as string, region, weekday: kstWeekday(row.shipped_at as Date) };
    const key = JSON.stringify([lane, hours]);
    cells.set(key, { ...lane, hours, parcels: (cells.get(key)?.parcels ?? 0) + 1 });
  }
  await db.transaction().execute((trx) => saveDay(trx, dayText(day), [...cells.values()]));
}

async function saveDay(trx: Kysely<Open>, day: string, cells: readonly Counted[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(LOCK)})`.execute(trx);
  await trx.deleteFrom('delivery_transit').where('delivered_on', '=', day).execute();
  for (let from = 0; from < cells.length; from += 1_000) {
    await trx
      .insertInto('delivery_transit')
      .values(cells.slice(from, from + 1_000).map((cell) => ({ delivered_on: day, ...cell })))
      .execute();
  }
}
