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
