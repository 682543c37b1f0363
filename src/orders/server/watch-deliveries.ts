import { type Kysely, sql } from 'kysely';
import type { JobContext, JobHandler } from '#platform/context.ts';
import type { DB } from '#platform/db.gen.ts';
import { scopedDb } from '#platform/scope.ts';
import type { Norms } from '../rules/delivery/transit.ts';
import { countTransit } from './count-transit.ts';
import { loadNorms } from './delivery-norms.ts';
import { keepDeliveries, loadStepsOf, type ParcelFacts } from './delivery-store.ts';

/** Parcels of one step. */
const STEP = 500;

/** A parcel with a waybill of the last 90 days that has neither arrived nor is given up, of a living order. */
const open = sql`
  p.tracking_no is not null and p.carrier is not null and p.delivered_at is null
  and coalesce(p.waybill_at, p.shipped_at) > now() - interval '90 days'
  and p.state not in ('LOST', 'DAMAGED', 'DELIVERED') and o.stage not in ('CANCELLED', 'CONFIRMED', 'RETURNED')`;
/** What has changed since its row was written, whoever changed it: an import, the claim engine, a mall. */
const changed = sql`
  (d.order_id is null or (d.waybill_at, d.shipped_at, d.state, d.carrier, d.tracking_no)
    is distinct from (p.waybill_at, p.shipped_at, p.state, p.carrier, p.tracking_no))`;

/**
 * Keeps the rows of parcels on their way: drops those that have arrived, writes those that are new or changed, and all
 * of them when what is normal has changed. In small steps, each a transaction of its own.
 */
export const watchDeliveries: JobHandler = async (ctx) => {
  const anew = await countTransit(ctx);
  await dropArrived(ctx);
  const norms = await loadNorms(ctx.db);
  let from: Key | null = { order_id: '00000000-0000-0000-0000-000000000000', parcel_id: '' };
  while (from) from = await sweep(ctx, norms, anew, from);
};

type Key = { order_id: string; parcel_id: string };

async function dropArrived({ db }: JobContext): Promise<void> {
  await sql`
    delete from delivery d where not exists (
      select from parcel p join sales_order o on o.id = p.order_id
      where p.order_id = d.order_id and p.id = d.parcel_id and ${open})`.execute(db);
}

async function sweep({ db }: JobContext, norms: Norms, all: boolean, from: Key): Promise<Key | null> {
  return db.transaction().execute(async (trx) => {
    const { rows } = await sql<ParcelFacts>`
      select p.order_id, p.id as parcel_id, o.mall, p.carrier, p.tracking_no, p.state, p.waybill_at, p.shipped_at, p.units,
        o.receiver_address, o.receiver_postcode
      from parcel p join sales_order o on o.id = p.order_id
      left join delivery d on d.order_id = p.order_id and d.parcel_id = p.id
      where ${open} and (p.order_id, p.id) > (${from.order_id}::uuid, ${from.parcel_id}) and (${all} or ${changed})
      order by p.order_id, p.id limit ${STEP} for update of o`.execute(trx);
    const scoped = scopedDb(trx as unknown as Kysely<DB>, 'everything');
    const steps = Map.groupBy(
      await loadStepsOf(
        scoped,
        rows.map((row) => row.order_id),
      ),
      (step) => `${step.order_id} ${step.parcel_id}`,
    );
    const of = (parcel: ParcelFacts) => steps.get(`${parcel.order_id} ${parcel.parcel_id}`) ?? [];
    await keepDeliveries(
      scoped,
      norms,
      rows.map((parcel) => ({ parcel, steps: of(parcel) })),
    );
    return rows.length < STEP ? null : (rows.at(-1) as Key);
  });
}
