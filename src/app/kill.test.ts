import { expect, test } from 'vitest';
import { killRounds, VICTIMS } from '../../bench/kill.ts';

test('after kill -9 of the server, of PostgreSQL and of both under load every acknowledged command is there once', {
  timeout: 300_000,
}, async () => {
  const report = await killRounds(VICTIMS, () => undefined);
  expect(report.rounds.map((round) => round.victim)).toEqual(['server', 'postgres', 'both']);
  expect(report.acknowledged).toBeGreaterThan(10);
  expect(report).toMatchObject({ lost: [], doubled: [], unknown: [], orphans: [], auditOk: true });
});
