import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from '#policies/rules/parameters.ts';
import { isRefusal } from '#policies/rules/refusal.ts';
import { commandOf, type Wish } from './always.ts';
import { decide } from './decide.ts';
import { type Chance, chance, randomOrder } from './fuzz-order.ts';
import { refs } from './fuzz-parts.ts';
import { openOrder } from './open-order.ts';
import type { State } from './state.ts';

const RUNS = Math.ceil(Number(process.env.CLAIM_SEQUENCES ?? 10_000) / 20);
const SEED = Number(process.env.CLAIM_SEED ?? 20_261_125);
const HOUR = 3_600_000;
const OPEN = ['REQ', 'ACC', 'COL', 'INS', 'SET'];

/**
 * An order of a mall on which all is delivered, and what that mall tells of claims on its two halves, in its own order.
 * A claim that was withdrawn or rejected may be followed by another one on the same pieces.
 */
function story(by: Chance): { first: State; words: Wish[][] } {
  const frozen = randomOrder(by, DEFAULT_POLICY);
  const first = openOrder({ ...frozen, order: { ...frozen.order, authority: 'MALL' } });
  const half = Math.ceil(first.units.length / 2);
  const parts = [first.units.slice(0, half), first.units.slice(half)].filter((units) => units.length > 0);
  return { first, words: parts.map((units, index) => claimsOf(by, first, `m${index}`, units)) };
}

function claimsOf(by: Chance, first: State, mallClaim: string, units: State['units']): Wish[] {
  const words = wordsOf(by, first, mallClaim, units, 0);
  const again = ['WDN', 'REJ'].includes(words.at(-1)!.state as string) && by.often(60);
  return again ? [...words, ...wordsOf(by, first, `${mallClaim}b`, units, words.length)] : words;
}

/** One claim: some open states, then perhaps its end; refunds only grow. */
function wordsOf(by: Chance, first: State, mallClaim: string, units: State['units'], since: number): Wish[] {
  const kind = by.pick(['CANCEL', 'RETURN', 'EXCHANGE']);
  const states = Array.from({ length: 1 + by.below(4) }, () => by.pick(OPEN));
  if (by.often(60)) states.push(by.pick(['DONE', 'WDN', 'REJ']));
  let refund = 0;
  return states.map((state, index) => {
    if (by.often(40)) refund += by.below(3_000);
    return {
      type: 'mall.event',
      mallClaim,
      kind,
      state,
      rawStatus: `${state}-${index}`,
      seenAt: new Date(first.now + (since + index) * HOUR).toISOString(),
      units: refs(units),
      refund: { [first.tenders.at(-1)!.id]: refund },
    };
  });
}

/** A word that does not fit yet, because another claim has the pieces, is told again, as polls do. */
function hear(first: State, words: readonly Wish[]): State {
  let state = first;
  for (let round = 0, left = words; left.length > 0; round++) {
    const refused: Wish[] = [];
    left.forEach((word, index) => {
      const at = first.now + (50 + round * 50 + index) * HOUR;
      const answer = decide(state, commandOf(word, at), DEFAULT_POLICY, at);
      if (!isRefusal(answer)) state = answer.state;
      else if (answer.code === 'unit_held' || answer.code === 'wrong_stage') refused.push(word);
      else throw new Error(`${JSON.stringify(word)} ${answer.text.en}`);
    });
    if (refused.length === left.length) throw new Error(`never heard: ${JSON.stringify(refused)}`);
    left = refused;
  }
  return state;
}

/** What is mirrored; the numbers that our claims got are not the mall's. */
function mirror({ claims, units, tenders }: State) {
  const name = (id: string | null | undefined) => claims.find((claim) => claim.id === id)?.mall?.id ?? null;
  return {
    claims: claims
      .map(({ mall, kind, state, closed, units: keys }) => ({ mall, kind, state, closed, keys }))
      .sort((a, b) => (a.mall!.id < b.mall!.id ? -1 : 1)),
    units: units.map(({ key, stage, place, hold, out }) => ({
      key,
      stage,
      place,
      hold: name(hold),
      out: name(out?.claim),
    })),
    refunded: tenders.map(({ id, refunded }) => [id, refunded]),
  };
}

test('I26: words of a mall that come late, twice or mixed up make the same mirror as in their order', () => {
  let mixed = 0;
  let again = 0;
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const by = chance(seed);
      const { first, words } = story(by);
      const inOrder = words.flat();
      // The newest word of each claim must have been heard at the end; what else comes when, and how often, is open.
      const shuffled = [...inOrder, ...inOrder.filter(() => by.often(40))]
        .map((word) => ({ word, place: by.next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ word }) => word);
      if (JSON.stringify(shuffled) !== JSON.stringify(inOrder)) mixed++;
      if (inOrder.some((word) => `${word.mallClaim}`.endsWith('b'))) again++;
      expect(mirror(hear(first, shuffled))).toEqual(mirror(hear(first, inOrder)));
    }),
    { numRuns: RUNS, seed: SEED },
  );
  expect(mixed).toBeGreaterThan(RUNS / 2);
  expect(again).toBeGreaterThan(RUNS / 10);
});
