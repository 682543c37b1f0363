const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type Asked = {
  /** Where the parcel stood; null before any scan. */
  lastKind: string | null;
  waybillAt: Date;
  now: Date;
  /** The carrier did not know the number. */
  unknown?: boolean;
};

/**
 * When to ask for a parcel again (connectors.md §7): every half an hour while it is out for delivery, every two hours
 * on the way, less often before its first scan; hardly at all once its waybill is a month old.
 */
export function nextAskAt({ lastKind, waybillAt, now, unknown = false }: Asked): Date {
  const age = now.getTime() - waybillAt.getTime();
  const wait =
    age > 30 * DAY
      ? DAY
      : unknown
        ? 6 * HOUR
        : lastKind === 'out_for_delivery'
          ? 30 * MINUTE
          : lastKind === null || lastKind === 'registered' || lastKind === 'unknown'
            ? 3 * HOUR
            : 2 * HOUR;
  return new Date(now.getTime() + wait);
}

const PATIENCE = 3;

/**
 * When to ask again for a parcel that got no answer `failures` times in a row: at once, since its data is the oldest;
 * from the third time on later and later, so that one number that breaks the tracker does not stop all others.
 */
export function retryAskAt(now: Date, failures: number): Date {
  if (failures < PATIENCE) return now;
  return new Date(now.getTime() + Math.min(6 * HOUR, 10 * MINUTE * 2 ** Math.min(10, failures - PATIENCE)));
}
