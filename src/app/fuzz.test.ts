import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKeyFor } from '#accounts/cli.ts';
import { createPeople } from '#accounts/server/people.ts';
import { type Database, openDatabase } from '#platform/db.ts';
import type { Known, Operation } from '#platform/operation.ts';
import { cloneDatabase, dropDatabase } from '#platform/testing.ts';
import { knownIds } from '../../sample/known.ts';
import { type TestServer, testServer } from './testing.ts';
import { sampleDatabase } from './testing-sample.ts';

const RUNS = 30;
/** Each operation is asked by one of these who may; nobody's example names them, so that they stay. */
const ASKERS = (['admin', 'agent', 'head', 'manager', 'partner'] as const).map((role) => ({
  role,
  // What only a partner may: its scope holds nothing, that is enough to be reached.
  ...(role === 'partner' ? { partners: [] } : {}),
  name: `묻는 ${role}`,
  email: `asks-as-${role}@example.com`,
}));

let at: TestServer;
let database: Database;
let known: Known;
let drop: () => Promise<void>;

beforeAll(async () => {
  const sample = await sampleDatabase();
  const config = await cloneDatabase(sample.config);
  database = openDatabase(config);
  known = await knownIds(database.write);
  await createPeople(database.write, ASKERS, 'a long pass phrase 7');
  at = await testServer({ database, checkOutput: false });
  drop = async () => {
    await at.stop();
    await database.close();
    await dropDatabase(config);
    await sample.drop();
  };
});
afterAll(() => drop?.());

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0,
    1e308,
    2 ** 53,
    1.5,
    '',
    ' ',
    '\u0000',
    '\ud800',
    '김서연',
    "'; drop table ticket; --",
    '%_\\',
    '0193a5a0-7c00-7000-8000-000000000001',
    '2026-02-30',
    '9999-12-31T23:59:59Z',
    [],
    {},
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ minLength: 1_000, maxLength: 3_000 }),
  fc.jsonValue({ maxDepth: 4 }),
);

/** The example with one of its parts changed, one taken away or one put in. */
function mutated(example: Record<string, unknown>): fc.Arbitrary<unknown> {
  const keys = Object.keys(example);
  const field = keys.length > 0 ? fc.constantFrom(...keys) : fc.constant('limit');
  return fc.oneof(
    fc.tuple(field, strange).map(([key, value]) => ({ ...example, [key]: value })),
    field.map((gone) => Object.fromEntries(Object.entries(example).filter(([key]) => key !== gone))),
    fc
      .tuple(fc.constantFrom('limit', 'cursor', 'q', 'id', 'mall', 'status', 'extra'), strange)
      .map(([key, value]) => ({ ...example, [key]: value })),
    strange,
  );
}

async function keys(): Promise<string[]> {
  return Promise.all(
    ASKERS.map(async ({ email }) => (await createKeyFor(database.write, email, { name: 'fuzz' })).key),
  );
}

async function fuzz(operation: Operation): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  const example = operation.example(known) as Record<string, unknown>;
  let asker = 0;
  let [using] = await keys();
  const body = fc.oneof(
    { weight: 1, arbitrary: fc.constant<unknown>(example) },
    { weight: 2, arbitrary: mutated(example) },
  );
  await fc.assert(
    fc.asyncProperty(body, async (input) => {
      let { status, body: answer } = await at.post(operation.name, JSON.stringify(input) ?? '', { key: using ?? '' });
      // Not allowed, or the last call ended this very session: ask as somebody else.
      for (let tries = 0; (status === 403 || status === 401) && tries < ASKERS.length; tries++) {
        using = (await keys())[++asker % ASKERS.length];
        ({ status, body: answer } = await at.post(operation.name, JSON.stringify(input) ?? '', { key: using ?? '' }));
      }
      counts[status] = (counts[status] ?? 0) + 1;
      if (status >= 500)
        throw new Error(`${operation.name} ${JSON.stringify(input)} → ${status} ${JSON.stringify(answer)}`);
    }),
    { numRuns: RUNS, seed: 20_261_125 },
  );
  return counts;
}

test('whatever a session that may sends, no operation answers 5xx', { timeout: 240_000 }, async () => {
  const table: Record<string, Record<number, number>> = {};
  const failures: string[] = [];
  for (const { operation } of at.server.pipeline.registry.entries.values()) {
    try {
      table[operation.name] = await fuzz(operation);
    } catch (error) {
      failures.push(String(error).slice(0, 600));
    }
  }
  process.stdout.write(
    `${Object.entries(table)
      .map(([name, counts]) => `${name.padEnd(32)} ${JSON.stringify(counts)}`)
      .join('\n')}\n`,
  );
  expect(failures).toEqual([]);
  const reached = Object.values(table).filter(
    (counts) => (counts[200] ?? 0) + (counts[404] ?? 0) + (counts[409] ?? 0) > 0,
  );
  // What only Haedap's own connectors may do is refused to everybody.
  const entries = [...at.server.pipeline.registry.entries.values()];
  const mayBeReached = entries.filter(({ roles }) => roles.length > 0);
  expect(reached.length).toBe(mayBeReached.length);
});
