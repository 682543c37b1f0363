export type Budget = { take: (key: string, now?: number) => boolean; size: () => number };

/**
 * A token bucket for each key: `perSecond` on average, `burst` at once. Kept in the process, since it protects the
 * process; full buckets are forgotten.
 */
export function createBudget(perSecond: number, burst: number): Budget {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const refilled = (bucket: { tokens: number; at: number }, now: number) =>
    Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1_000) * perSecond);
  let swept = 0;
  return {
    size: () => buckets.size,
    take(key, now = performance.now()) {
      if (now - swept > 60_000) {
        swept = now;
        for (const [old, bucket] of buckets) if (refilled(bucket, now) >= burst) buckets.delete(old);
      }
      const bucket = buckets.get(key) ?? { tokens: burst, at: now };
      const tokens = refilled(bucket, now);
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
      return tokens >= 1;
    },
  };
}
