import { expect, test } from 'vitest';
import { SYSTEM } from '#platform/actors.ts';
import type { Database } from '#platform/db.ts';
import { createPipeline } from '#platform/pipeline.ts';
import { createRegistry } from '#platform/registry.ts';
import { testDatabase } from '#platform/testing.ts';
import { createRooms } from '../src/app/modules.ts';
import { loadSample } from './load.ts';
import { rngOf } from './random.ts';
import { gap, startSimulator } from './simulator.ts';

const NOON = new Date('2026-11-25T03:00:00Z');

/** Runs commands as Haedap and counts what was answered. */
function runner(database: Database) {
  const registry = createRegistry(createRooms());
  const pipeline = createPipeline({ database, registry, checkOutput: true });
  const answers: string[] = [];
  const run = async (operation: string, input: object, key: string) => {
    const reply = await pipeline.execute({ operation, input, actor: SYSTEM, language: 'ko', requestId: key, key });
    answers.push(`${operation} ${reply.status}`);
    return reply;
  };
  return { run, answers };
}

/** Waits until something is so; the test's own time limit ends it otherwise. */
async function until(so: () => boolean): Promise<void> {
  while (!so()) await new Promise((next) => setTimeout(next, 20));
}

test('contacts arrive and are worked on through the pipeline, by one process of two', async () => {
  const db = await testDatabase();
  await loadSample({ db, scale: 0.02, seed: 1, now: NOON, password: 'only-for-this-test' });
  const [first, second] = [runner(db), runner(db)];
  const errors: unknown[] = [];
  const fast = { db, now: () => NOON, perHour: 400_000, onError: (error: unknown) => errors.push(error) };
  const stops = [startSimulator({ ...fast, run: first.run }), startSimulator({ ...fast, run: second.run })];
  const all = () => [...first.answers, ...second.answers];
  await until(() => all().filter((answer) => answer === 'tickets.create 200').length >= 15 && all().length >= 40);
  await Promise.all(stops.map((stop) => stop()));
  expect(errors).toEqual([]);
  expect(all().filter((answer) => !answer.endsWith(' 200'))).toEqual([]);
  expect(Math.min(first.answers.length, second.answers.length)).toBe(0);
  const { made } = await db.read
    .selectFrom('ticket')
    .select((eb) => eb.fn.countAll<number>().as('made'))
    .where('number', '>', 600)
    .executeTakeFirstOrThrow();
  expect(made).toBe(all().filter((answer) => answer === 'tickets.create 200').length);
  await db.close();
});

test('a real company has no simulator', async () => {
  const db = await testDatabase();
  const { run, answers } = runner(db);
  const stop = startSimulator({ db, run, perHour: 400_000, now: () => NOON });
  await new Promise((next) => setTimeout(next, 1_500));
  await stop();
  expect(answers).toEqual([]);
  await db.close();
});

test('few contacts come at night, and never ten minutes without one', () => {
  const mean = (hour: string) => {
    const rng = rngOf(1, 'gaps');
    const gaps = Array.from({ length: 500 }, () => gap(new Date(`2026-11-25T${hour}:30:00+09:00`), 36, rng));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(600_000);
    return gaps.reduce((a, b) => a + b, 0) / gaps.length;
  };
  expect(mean('03')).toBeGreaterThan(2 * mean('10'));
});
