import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkClock, jumpMeter, watchClock } from './clock.ts';
import { openDataFolder } from './data-folder.ts';

const scratch = mkdtempSync(join(tmpdir(), 'haedap-clock-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const folder = openDataFolder(join(scratch, 'data'), '0.1.0');
const MINUTE = 60_000;

test('a clock before the last run, or before any Haedap existed, is refused with what to do', () => {
  const lastRun = Date.parse('2026-11-25T09:00:00Z');
  writeFileSync(folder.file('clock'), String(lastRun));
  expect(() => checkClock(folder, new Date(lastRun - 5 * MINUTE))).not.toThrow();
  expect(() => checkClock(folder, new Date(lastRun + 365 * 24 * 60 * MINUTE))).not.toThrow();
  expect(() => checkClock(folder, new Date(lastRun - 11 * MINUTE))).toThrow(/before the last run .*NTP/);
  rmSync(folder.file('clock'));
  expect(() => checkClock(folder, new Date(0))).toThrow(/before the last run/);
});

test('a jump of the wall clock against the steady one is measured, passing time is not', () => {
  let wall = 1_000_000;
  let steady = 0;
  const jump = jumpMeter({ wall: () => wall, steady: () => steady });
  const pass = (ms: number, jumpMs = 0) => {
    steady += ms;
    wall += ms + jumpMs;
    return jump();
  };
  expect(pass(10_000)).toBe(0);
  expect(pass(10_000, -3_600_000)).toBe(-3_600_000);
  expect(pass(10_000)).toBe(0);
  expect(pass(10_000, 90_000)).toBe(90_000);
});

test('the latest time is kept, also when the clock was set back meanwhile', () => {
  const at = { wall: Date.parse('2026-11-25T09:00:00Z') };
  const clocks = { wall: () => at.wall, steady: () => 0 };
  watchClock(folder, () => undefined, clocks).stop();
  at.wall -= 8 * MINUTE;
  watchClock(folder, () => undefined, clocks).stop();
  expect(Number(readFileSync(folder.file('clock'), 'utf8'))).toBe(Date.parse('2026-11-25T09:00:00Z'));
});
