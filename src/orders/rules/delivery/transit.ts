/** How long parcels took, from first scan to delivery: whole hours, rounded up, and how many took that long. */
export type Times = ReadonlyMap<number, number>;
/** What is normal for a kind of parcel: half of `n` arrived within `p50Hours`, 95 of 100 within `p95Hours`. */
export type Norm = { n: number; p50Hours: number; p95Hours: number };
export type Lane = { carrier: string; region: string; weekday: number };
/**
 * What a parcel is measured by. `weekday`: carrier, region and the weekday of its dispatch; fewer than 20 parcels there
 * widen it to `region` (carrier and region), then `carrier`. `thin`: parcels of the narrower lane that were too few.
 */
export type Basis = Norm & { level: 'weekday' | 'region' | 'carrier'; thin: number | null };

/** A norm out of fewer parcels says nothing. */
export const FEWEST = 20;
export const LATE_SHARE = 0.95;
/** Weeks of deliveries that norms are made of. */
export const WEEKS = 8;
const HOUR = 3_600_000;
const KST = 9 * HOUR;
/** What takes longer than this is not a time on the way any more. */
const MOST_HOURS = 30 * 24;

/** Hours on the way, at least 1; null when the parcel has not arrived, or its times contradict each other. */
export function transitHours(shippedAt: Date, deliveredAt: Date | null): number | null {
  if (!deliveredAt || deliveredAt < shippedAt) return null;
  return Math.min(MOST_HOURS, Math.max(1, Math.ceil((deliveredAt.getTime() - shippedAt.getTime()) / HOUR)));
}

/** Weekday in Korea, 0 = Sunday. */
export const kstWeekday = (at: Date): number => new Date(at.getTime() + KST).getUTCDay();

/** The least number of hours within which `share` of all parcels arrived (nearest rank). */
export function percentile(times: Times, share: number): number {
  const total = [...times.values()].reduce((sum, n) => sum + n, 0);
  let rank = Math.ceil(total * share);
  for (const [hours, n] of [...times].toSorted(([a], [b]) => a - b)) {
    rank -= n;
    if (rank <= 0) return hours;
  }
  return 0;
}

const laneKey = (carrier: string, region: string | null, weekday: number | null) =>
  `${carrier} ${region ?? '*'} ${weekday ?? '*'}`;

export type Counted = Lane & { hours: number; parcels: number };
export type LaneNorm = Norm & { carrier: string; region: string | null; weekday: number | null };

/** The norms of all lanes, and of the wider ones that stand in for thin lanes. */
export function normsOf(counted: readonly Counted[]): LaneNorm[] {
  const lanes = new Map<
    string,
    { lane: Pick<LaneNorm, 'carrier' | 'region' | 'weekday'>; times: Map<number, number> }
  >();
  for (const { carrier, region, weekday, hours, parcels } of counted) {
    const wider = [
      { carrier, region, weekday },
      { carrier, region, weekday: null },
      { carrier, region: null, weekday: null },
    ];
    for (const lane of wider) {
      const key = laneKey(lane.carrier, lane.region, lane.weekday);
      const { times } = lanes.get(key) ?? lanes.set(key, { lane, times: new Map() }).get(key)!;
      times.set(hours, (times.get(hours) ?? 0) + parcels);
    }
  }
  return [...lanes.values()].map(({ lane, times }) => ({
    ...lane,
    n: [...times.values()].reduce((sum, n) => sum + n, 0),
    p50Hours: percentile(times, 0.5),
    p95Hours: percentile(times, LATE_SHARE),
  }));
}

export type Norms = (lane: Lane) => Basis | null;

/** Looks norms up for a lane, widening it while it is thin; null when even the carrier has too few. */
export function normsBy(norms: readonly LaneNorm[]): Norms {
  const known = new Map(norms.map((norm) => [laneKey(norm.carrier, norm.region, norm.weekday), norm]));
  return ({ carrier, region, weekday }) => {
    const levels = [
      ['weekday', known.get(laneKey(carrier, region, weekday))],
      ['region', known.get(laneKey(carrier, region, null))],
      ['carrier', known.get(laneKey(carrier, null, null))],
    ] as const;
    const at = levels.findIndex(([, norm]) => (norm?.n ?? 0) >= FEWEST);
    const found = levels[at];
    if (!found?.[1]) return null;
    const { n, p50Hours, p95Hours } = found[1];
    return { level: found[0], n, p50Hours, p95Hours, thin: at === 0 ? null : (levels[at - 1]?.[1]?.n ?? 0) };
  };
}
