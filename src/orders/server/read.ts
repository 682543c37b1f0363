import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import type { Open } from '#platform/scope.ts';

/** A parcel on its way, for a tracker to ask about. */
export type OnItsWay = {
  order_id: string;
  parcel_id: string;
  mall: string;
  carrier: string;
  tracking_no: string;
  waybill_at: Date;
  last_kind: string | null;
};

/** Parcels that have a waybill and have not arrived, after a key, in the order of their keys. */
export async function parcelsOnTheirWay(
  db: Kysely<Open>,
  after: { order_id: string; parcel_id: string },
  limit: number,
): Promise<OnItsWay[]> {
  const { rows } = await sql<OnItsWay>`
    select order_id, parcel_id, mall, carrier, tracking_no, coalesce(waybill_at, shipped_at) as waybill_at, last_kind
    from delivery where (order_id, parcel_id) > (${after.order_id}::uuid, ${after.parcel_id})
    order by order_id, parcel_id limit ${limit}`.execute(db as unknown as Kysely<DB>);
  return rows;
}
