const SAFE = Number.MAX_SAFE_INTEGER;

/**
 * M1, largest remainder: parts of `amount` in proportion to `weights`, exact to the won.
 *
 * Each part is rounded down; the missing won go one each to the largest remainders, ties to the lowest
 * index. All weights zero: all count as one. A weight of zero gets nothing otherwise.
 */
export function largestRemainder(amount: number, weights: readonly number[]): number[] {
  let total = 0;
  let widest = 0;
  for (const weight of weights) {
    total += weight;
    if (weight > widest) widest = weight;
  }
  if (total === 0) return weights.length === 0 ? [] : largestRemainder(amount, new Array(weights.length).fill(1));
  return amount * widest <= SAFE ? inNumbers(amount, weights, total) : inBigInts(amount, weights, total);
}

function inNumbers(amount: number, weights: readonly number[], total: number): number[] {
  const parts: number[] = [];
  const rests: number[] = [];
  let missing = amount;
  for (const weight of weights) {
    const product = amount * weight;
    const rest = product % total;
    const part = (product - rest) / total;
    parts.push(part);
    rests.push(rest);
    missing -= part;
  }
  return handOut(parts, rests, missing);
}

function inBigInts(amount: number, weights: readonly number[], total: number): number[] {
  const parts: number[] = [];
  const rests: number[] = [];
  let missing = amount;
  for (const weight of weights) {
    const product = BigInt(amount) * BigInt(weight);
    const part = Number(product / BigInt(total));
    parts.push(part);
    rests.push(Number(product % BigInt(total)));
    missing -= part;
  }
  return handOut(parts, rests, missing);
}

function handOut(parts: number[], rests: number[], missing: number): number[] {
  for (let left = missing; left > 0; left--) {
    let best = -1;
    for (let i = 0; i < rests.length; i++) if (rests[i]! > 0 && (best < 0 || rests[i]! > rests[best]!)) best = i;
    if (best < 0) break;
    parts[best] = parts[best]! + 1;
    rests[best] = 0;
  }
  return parts;
}
