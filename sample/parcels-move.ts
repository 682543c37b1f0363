import type { Database } from '#platform/db.ts';
import { DAY, HOUR, MINUTE, midnight } from './calendar.ts';
import { type Rng, rngOf } from './random.ts';

/** A parcel on its way, as the deliveries list it. */
export type Moving = {
  order_id: string;
  parcel_id: string;
  tracking_no: string;
  region: string;
  waybill_at: Date | null;
  last_kind: string | null;
  last_place: string | null;
  last_at: Date | null;
};
export type Move = { status: string; at: Date; place: string; text: string };

const HUBS = ['대전 허브', '군포 허브', '이천 허브', '옥천 허브', '칠곡 허브', '장성 허브'];
/** Parcels of one look, and of those that move. */
const LOOK = 500;
const MOST = 20;

/**
 * What a carrier scans next, and when: the same for a parcel whenever it is asked. Null: nothing more comes of itself.
 * One parcel in twelve waits a day or more at its hub; islands take longer.
 */
export function nextMove({ tracking_no, region, waybill_at, last_kind, last_place, last_at }: Moving): Move | null {
  const rng = rngOf(Number(tracking_no.slice(-9)), `move ${last_kind}`);
  const from = (last_at ?? waybill_at)?.getTime();
  if (from === undefined) return null;
  if (last_kind === null || last_kind === 'registered')
    return scan('AT_PICKUP', evening(from, rng), '출고지 집화', '집화처리');
  if (last_kind === 'pickup')
    return scan('IN_TRANSIT', from + rng.int(150, 330) * MINUTE, rng.pick(HUBS), '터미널 입고');
  if (['hub_in', 'hub_out', 'in_transit', 'delayed'].includes(last_kind)) {
    const far = region === '제주' || region === '도서산간' ? rng.int(1, 2) : 0;
    const days = 1 + far + (rng.chance(1 / 12) ? rng.int(1, 3) : 0);
    return scan(
      'OUT_FOR_DELIVERY',
      midnight(from) + days * DAY + rng.int(420, 600) * MINUTE,
      '배송 대리점',
      '배송출발',
    );
  }
  if (last_kind === 'out_for_delivery')
    return scan('DELIVERED', from + rng.int(180, 420) * MINUTE, last_place ?? '배송 대리점', '배송완료');
  return null;
}

const scan = (status: string, at: number, place: string, text: string): Move => ({
  status,
  at: new Date(at),
  place,
  text,
});

/** Carriers collect in the evening; what is ready later goes the next day. */
function evening(from: number, rng: Rng): number {
  const at = midnight(from) + rng.int(1080, 1260) * MINUTE;
  return at > from + HOUR ? at : at + DAY;
}

/** Lets parcels of the sample move on as far as the time has come; their scans come in as a tracker would tell them. */
export async function moveParcels(
  db: Database,
  record: (input: object) => Promise<unknown>,
  now: Date,
): Promise<number> {
  const rows = await db.read
    .selectFrom('delivery')
    .select(['order_id', 'parcel_id', 'tracking_no', 'region', 'waybill_at', 'last_kind', 'last_place', 'last_at'])
    .orderBy('stuck_at')
    .limit(LOOK)
    .execute();
  const due = rows
    .flatMap((row) => {
      const move = nextMove(row);
      return move && move.at <= now ? [{ row, move }] : [];
    })
    .slice(0, MOST);
  for (const { row, move } of due) {
    const events = [{ ...move, at: move.at.toISOString() }];
    await record({ order: row.order_id, parcel: row.parcel_id, events, asOf: now.toISOString() });
  }
  return due.length;
}
