import { expect, test } from 'vitest';
import { isRefusal } from '#policies/rules/refusal.ts';
import { back, backAndPaid, delivered, line, o1, orderOf, play, u } from './fixtures.ts';
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

test('T24, T38, I6: a claim that is undone takes back its own money only, whatever was booked upon it since', () => {
  expect(brokenBy(7_040)).toEqual([]);
  expect(brokenBy(1_004_207)).toEqual([]);
  expect(brokenBy(4_001_717)).toEqual([]);
});

test('T45, I6: shipping that was written off is no longer counted as owed when it is not due any more', () => {
  expect(brokenBy(16_078)).toEqual([]);
});

test('T29: nothing is advanced where deductions leave nothing to refund', () => {
  expect(brokenBy(53_385)).toEqual([]);
  expect(brokenBy(11_138)).toEqual([]);
  expect(brokenBy(69_653)).toEqual([]);
});

test('T30, I6: an advance that is clawed back puts back the fees of others that it had cut', () => {
  expect(brokenBy(2_000_755)).toEqual([]);
});

test('T30, M14: what a clawback leaves too much makes its debt smaller before money goes back', () => {
  expect(brokenBy(34_180)).toEqual([]);
});

test('M7, I3: what goes back when a claim leaves follows CASH_FIRST like any other refund', () => {
  expect(brokenBy(23_377)).toEqual([]);
});

test('T39, T22: what is split off an exchange whose replacement is packed is packed in a box of its own', () => {
  expect(brokenBy(82_157)).toEqual([]);
});

test('T5, T41, M8: reclaimed benefits of an order not yet paid are taken, and stay what they were after a change of tender', () => {
  expect(brokenBy(28_597)).toEqual([]);
  expect(brokenBy(7_025_297)).toEqual([]);
});

test('T39, T3, I14: parts of a cancel of which one left too late carry nothing that a started refund gave', () => {
  expect(brokenBy(35_809)).toEqual([]);
  expect(brokenBy(44_011)).toEqual([]);
});

test('T21, T22, I18: a replacement that is packed at its first mention is packed, and cannot expire any more', () => {
  expect(brokenBy(7_024_665)).toEqual([]);
});

test('T39, M16, E31: a price reduction that is split falls on each part as it fell on its pieces', () => {
  expect(brokenBy(7_066_460)).toEqual([]);
  const both = [u('A', 1), u('B', 1)];
  const reduce = { type: 'price.reduce', units: both, amount: 8_000, reason: 'DEFECT', approved: true };
  const part = { type: 'withdraw', claim: 'k1', units: [u('B', 1)] };
  const played = play(o1(), [delivered, reduce, part, { type: 'refund.execute', claim: 'k1' }]);
  // E31: of 8,000 A bears 5,327 and B1 2,673; only A's is refunded.
  expect(played.books.allocation.units[0].reduced).toBe(5_327);
  expect(played.books.allocation.units[1].reduced).toBe(0);
});

test('T25, I14: cash that went back while goods were sent back does not count as a refund of the return', () => {
  expect(brokenBy(4_000_072)).toEqual([]);
});

test('I21: a claim whose last open money the booking of another one takes is done by that, and waits for nothing', () => {
  expect(brokenBy(8_028_667)).toEqual([]);
  expect(brokenBy(8_258_058)).toEqual([]);
  expect(brokenBy(8_023_474)).toEqual([]);
});

test('I3, M4: shipping that was given back twice and paid again is refunded to who paid it, never beyond a capture', () => {
  const lines = [line('A', 30_000), line('B', 30_000)];
  const order = orderOf(lines, { tenders: [{ id: 'card', kind: 'CARD', amount: 60_000 }] });
  const cancel = (of: string, reason: string) => ({ type: 'cancel.request', units: [u(of, 1)], reason });
  const fee = { type: 'fee.paid', claim: 'k1', tender: { id: 'f', kind: 'TRANSFER', amount: 3_000 } };
  const played = play(order, [
    cancel('A', 'SIZE'), // kept 30,000: 27,000 and 3,000 of shipping
    cancel('B', 'DEFECT'), // nothing kept: 30,000 and the 3,000 back
    { type: 'refund.execute', claim: 'k2' },
    { type: 'withdraw', claim: 'k1' }, // A is kept, shipping is free: the 3,000 went back for nothing
    fee,
    delivered,
    back([u('A', 1)], 'SELLER'),
    ...backAndPaid('k3'),
  ]);
  expect(played.steps.map(({ ok }) => ok)).not.toContain(false);
  expect(played.books).toMatchObject({ captured: 60_000, collected: 3_000, refunded: { card: 60_000, f: 3_000 } });
});

test('T26a, I6: a fee that was waived on a return leaves with it when it becomes an exchange', () => {
  expect(brokenBy(8_213_623)).toEqual([]);
});

test('T21, I6: a difference that was paid pays the fee once another replacement costs no difference', () => {
  expect(brokenBy(8_081_070)).toEqual([]);
});

test('I14: of a fault that changes after another claim was settled, only what that one gave back is corrected', () => {
  expect(brokenBy(8_046_283)).toEqual([]);
});

test('T27, I4: shipping that falls away and is more than the goods cost pays for the benefit that is due again', () => {
  expect(brokenBy(8_001_933)).toEqual([]);
});

test('T25, I6: a fee that was waived leaves with a return whose goods go back', () => {
  expect(brokenBy(9_007_358)).toEqual([]);
});

test('I14: shipping of a claim at fault of another is only what a refund at the buyer’s wish left uncharged', () => {
  for (const seed of [8_141_462, 8_219_989, 8_263_181, 9_258_678, 9_286_102]) expect(brokenBy(seed)).toEqual([]);
});

test('T3, I26: a cancel at a mall that came too late moves no money of the mall’s order', () => {
  expect(brokenBy(9_152_435)).toEqual([]);
});

test('T30, I3: shipping that another refund has given back since is not paid back again when an advance is clawed back', () => {
  expect(brokenBy(9_130_710)).toEqual([]);
});

test('I14, I26: the shadow quote of a mall’s order may charge what the mall has not', () => {
  expect(brokenBy(8_096_123)).toEqual([]);
});
