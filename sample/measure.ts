import { hash32 } from './random.ts';

/** How much the first messages of tickets repeat, measured over every window of tickets in a row. */
export type Repeats = { window: number; most: number; mostWithoutDetails: number };

/** Spaces and names out, as the requirement has it. */
const bare = (text: string, names: readonly string[]): string => {
  let left = text;
  for (const name of names) if (name) left = left.replaceAll(name, '');
  return left.replace(/\s+/g, '');
};

/** Keeps the last `window` texts and how many of them share theirs with another one; the worst moment is the result. */
function slidingCount(window: number) {
  const ring = new Array<string>(window);
  const counts = new Map<string, number>();
  let at = 0;
  let sharing = 0;
  let most = 0;
  const change = (key: string, by: number) => {
    const before = counts.get(key) ?? 0;
    const after = before + by;
    sharing += (after > 1 ? after : 0) - (before > 1 ? before : 0);
    if (after === 0) counts.delete(key);
    else counts.set(key, after);
  };
  return {
    add(key: string) {
      const out = ring[at % window];
      if (out !== undefined) change(out, -1);
      ring[at % window] = key;
      at++;
      change(key, 1);
      if (sharing > most) most = sharing;
    },
    most: () => most,
  };
}

const keyOf = (text: string): string => `${hash32(text)} ${hash32(`${text}.`)}`;

/** The last `window` first messages, so that whoever is about to say the same finds other words. */
export function latelySaid(window = 1000) {
  const ring = new Array<string>(window);
  const said = new Map<string, number>();
  let at = 0;
  return {
    has: (text: string, names: readonly string[]): boolean => said.has(keyOf(bare(text, names))),
    add(text: string, names: readonly string[]): void {
      const out = ring[at % window];
      if (out !== undefined) {
        const left = (said.get(out) ?? 1) - 1;
        if (left === 0) said.delete(out);
        else said.set(out, left);
      }
      const key = keyOf(bare(text, names));
      ring[at++ % window] = key;
      said.set(key, (said.get(key) ?? 0) + 1);
    },
  };
}

export function repeatsMeter(window = 1000) {
  const usual = slidingCount(window);
  const strict = slidingCount(window);
  return {
    /** `details`: product names and the like; the stricter count takes them and all digits out too. */
    add(text: string, names: readonly string[], details: readonly string[]) {
      const plain = bare(text, names);
      usual.add(keyOf(plain));
      strict.add(
        keyOf(
          bare(
            plain,
            details.map((detail) => detail.replace(/\s+/g, '')),
          ).replace(/\d+/g, ''),
        ),
      );
    },
    result: (): Repeats => ({ window, most: usual.most(), mostWithoutDetails: strict.most() }),
  };
}
