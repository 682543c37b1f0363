import { sql } from 'kysely';
import { type OnItsWay, parcelsOnTheirWay } from '#orders/server/read.ts';
import type { JobContext } from '#platform/context.ts';

const PAGE = 1_000;
const FIRST = { order_id: '00000000-0000-0000-0000-000000000000', parcel_id: '' };
type Key = typeof FIRST;

/** Brings the list of parcels to ask about up to date: new ones are due at once, those that arrived leave it. */
export async function syncParcels(ctx: JobContext, carriers: readonly string[]): Promise<void> {
  let from: Key | null = FIRST;
  while (from) {
    const rows: OnItsWay[] = await parcelsOnTheirWay(ctx.db, from, PAGE);
    const last: Key | null = rows.length < PAGE ? null : (rows.at(-1) as Key);
    const known = rows.filter(({ carrier }) => carriers.includes(carrier));
    await removeOthers(ctx, from, last, known);
    await add(ctx, known);
    from = last;
  }
}

async function removeOthers({ db }: JobContext, from: Key, to: Key | null, known: readonly OnItsWay[]): Promise<void> {
  const until = to ? sql`and (order_id, parcel_id) <= (${to.order_id}::uuid, ${to.parcel_id})` : sql``;
  await sql`
    delete from tracker_parcel where (order_id, parcel_id) > (${from.order_id}::uuid, ${from.parcel_id}) ${until}
      and not exists (select from ${listed(known)} where k.order_id = tracker_parcel.order_id
        and k.parcel_id = tracker_parcel.parcel_id and k.carrier = tracker_parcel.carrier
        and k.tracking_no = tracker_parcel.tracking_no)`.execute(db);
}

async function add({ db, now }: JobContext, known: readonly OnItsWay[]): Promise<void> {
  await sql`
    insert into tracker_parcel (order_id, parcel_id, mall, carrier, tracking_no, waybill_at, next_at)
    select k.order_id, k.parcel_id, k.mall, k.carrier, k.tracking_no, k.waybill_at, ${now} from ${listed(known)}
    on conflict do nothing`.execute(db);
}

const listed = (known: readonly OnItsWay[]) => sql`unnest(
  ${known.map((row) => row.order_id)}::uuid[], ${known.map((row) => row.parcel_id)}::text[],
  ${known.map((row) => row.mall)}::text[], ${known.map((row) => row.carrier)}::text[],
  ${known.map((row) => row.tracking_no)}::text[], ${known.map((row) => row.waybill_at.toISOString())}::timestamptz[]
) as k (order_id, parcel_id, mall, carrier, tracking_no, waybill_at)`;
