import { expect, test } from 'vitest';
import { isRefusal } from '#policies/rules/refusal.ts';
import { back, delivered, o1, play, u } from './fixtures.ts';
import { playSeed } from './fuzz.ts';
import { brokenInvariants } from './invariants.ts';

function brokenBy(seed: number): string[] {
  const broken: string[] = [];
  playSeed(seed, 24, ({ answer, command }, { first, state, policy }) => {
    if (isRefusal(answer) || broken.length > 0) return;
    broken.push(...brokenInvariants(first, state, policy).map((invariant) => `${command?.type}: ${invariant}`));
  });
  return broken;
}

test('T3, I6: several cancels of one parcel that all come too late leave shipping as it was paid', () => {
  expect(brokenBy(1_002_736)).toEqual([]);
  expect(brokenBy(37_789_762)).toEqual([]);
  expect(brokenBy(735)).toEqual([]);
});

test('T17a, I3: a reopened return whose goods were inspected pays nothing back that a receivable never brought', () => {
  expect(brokenBy(1_005_071)).toEqual([]);
});

test('T17a: what is on its way or here is inspected or sent back, and not simply rejected', () => {
  const late = { ...back([u('A', 1)], 'BUYER'), at: '2026-09-14T10:00:00+09:00' };
  const scan = { type: 'pickup.scan', at: '2026-09-15T10:00:00+09:00' };
  const reject = { type: 'claim.reject', reason: 'x', at: '2026-09-15T11:00:00+09:00' };
  const played = play(o1(), [delivered, late, scan, reject], { policy: { goodwillDays: 10 } });
  expect(played.steps[2]).toMatchObject({ ok: true });
  expect(played.steps[3]).toMatchObject({ ok: false, refusal: { code: 'wrong_state', rule: 'T17a' } });
});
