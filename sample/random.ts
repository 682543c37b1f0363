/** Numbers that look random and are the same for the same seed: everything in the sample company comes from these. */
export type Rng = {
  /** 0 ≤ x < 1 */
  next: () => number;
  /** A whole number, both ends included. */
  int: (from: number, to: number) => number;
  pick: <T>(from: readonly T[]) => T;
  chance: (probability: number) => boolean;
};

/** 32-bit hash of a text (cyrb53, its low half). */
export function hash32(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  return a >>> 0;
}

let hashedSeed: number | null = null;
const hashed = new Map<string, number>();
/** Purposes are few and asked for millions of times. */
function purposeHash(seed: number, purpose: string): number {
  if (seed !== hashedSeed || hashed.size > 5000) hashed.clear();
  hashedSeed = seed;
  let hash = hashed.get(purpose);
  if (hash === undefined) {
    hash = hash32(`${seed} ${purpose}`);
    hashed.set(purpose, hash);
  }
  return hash;
}

/** A generator of its own for each purpose, so that more of one thing does not change another. */
export function rngOf(seed: number, purpose: string, index = 0): Rng {
  let state = (purposeHash(seed, purpose) ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T,
    chance: (probability) => next() < probability,
  };
}

/** Draws by weight; the table is prepared once. */
export function weighted<T>(table: readonly (readonly [T, number])[]): (rng: Rng) => T {
  const total = table.reduce((sum, [, weight]) => sum + weight, 0);
  let sum = 0;
  const ends = table.map(([, weight]) => {
    sum += weight / total;
    return sum;
  });
  const last = table.length - 1;
  return (rng) => {
    const x = rng.next();
    let low = 0;
    let high = last;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (x < (ends[mid] as number)) high = mid;
      else low = mid + 1;
    }
    return (table[low] as readonly [T, number])[0];
  };
}

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
const hex32 = (n: number): string => `${HEX[n >>> 24]}${HEX[(n >>> 16) & 255]}${HEX[(n >>> 8) & 255]}${HEX[n & 255]}`;

/** A UUIDv7 of a time, so that ids sort like what they name. */
export function uuidAt(ms: number, rng: Rng): string {
  const time = Math.floor(ms).toString(16).padStart(12, '0');
  const a = hex32((rng.next() * 4294967296) >>> 0);
  const b = hex32((rng.next() * 4294967296) >>> 0);
  const c = hex32((rng.next() * 4294967296) >>> 0);
  const variant = HEX[0x80 | (Number.parseInt(b.slice(0, 2), 16) & 0x3f)];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-${variant}${b.slice(2, 4)}-${a.slice(3)}${b.slice(5)}${c.slice(0, 4)}`;
}

/** Shares out `total` by weight in whole numbers that add up to it exactly (largest remainder). */
export function shareOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((weight) => (total * weight) / sum);
  const shares = exact.map(Math.floor);
  let missing = total - shares.reduce((a, b) => a + b, 0);
  const byRest = exact
    .map((value, i) => [value - Math.floor(value), i] as const)
    .sort((x, y) => y[0] - x[0] || x[1] - y[1]);
  for (const [, i] of byRest) {
    if (missing-- <= 0) break;
    shares[i] = (shares[i] ?? 0) + 1;
  }
  return shares;
}
