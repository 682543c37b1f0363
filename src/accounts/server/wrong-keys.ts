import { areKeys, chordOf, isBare, isReserved } from '#platform/chords.ts';
import { refuse } from '#platform/operation.ts';

/** Why these moves of keys cannot be kept: a key that is none, one of the browser's, or one that would do two things. */
export function wrongKeys(rebound: readonly { layer: string; keys: string; to: string }[]) {
  const places = new Set<string>();
  for (const { layer, keys, to } of rebound) {
    const strange = [keys, to].find((one) => !areKeys(one));
    if (strange !== undefined) return refuse('keys_malformed', { keys: strange });
    const chord = chordOf(to);
    if (isReserved(chord) || isBare(chord)) return refuse('keys_reserved', { keys: to });
    for (const [what, one] of [
      ['moved', keys],
      ['pressed', to],
    ] as const) {
      const place = `${layer} ${what} ${one}`;
      if (places.has(place)) return refuse('keys_twice', { keys: one });
      places.add(place);
    }
  }
  return null;
}
