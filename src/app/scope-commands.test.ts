import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { createKeyFor } from '#accounts/cli.ts';
import { createPeople, type NewPerson } from '#accounts/server/people.ts';
import { createAuthenticator } from '#platform/auth.ts';
import type { DB } from '#platform/db.gen.ts';
import { type Database, openDatabase } from '#platform/db.ts';
import type { Actor, Known } from '#platform/operation.ts';
import { createPipeline } from '#platform/pipeline.ts';
import { createRegistry, may } from '#platform/registry.ts';
import { SCOPED } from '#platform/scope.ts';
import { cloneDatabase, dropDatabase } from '#platform/testing.ts';
import { newId } from '#platform/values.ts';
import { foreignIds, knownIds } from '../../sample/known.ts';
import { createRooms } from './modules.ts';
import { sampleDatabase } from './testing-sample.ts';

/**
 * Every command of the registry, by API keys as scripts and the command line use them: each place of its input that
 * takes an id, however deep, is filled with each id of others. Whatever the answer is, afterwards no row of a scoped
 * table that was written may hold such an id: neither a changed row of others nor an own row that points to one.
 */
const registry = createRegistry(createRooms());
const commands = [...registry.entries.values()].filter(({ operation }) => operation.kind === 'command');

const OUTSOURCED = { malls: ['11st', 'ssg'], centres: ['outsourced'] };
const PEOPLE: Record<
  string,
  { eyes: 'partner' | 'outsourced'; person: (known: Known) => Omit<NewPerson, 'name' | 'email'> }
> = {
  'a partner': { eyes: 'partner', person: ({ partnerId }) => ({ role: 'partner', partners: [partnerId] }) },
  'an outsourced agent': { eyes: 'outsourced', person: () => ({ role: 'agent', ...OUTSOURCED }) },
  'an outsourced manager': { eyes: 'outsourced', person: () => ({ role: 'manager', ...OUTSOURCED }) },
};
const NAMES = [
  ...(['customerId', 'orderId', 'ticketId', 'callId', 'vocRecordId', 'requestId', 'closingRequestId'] as const),
  ...(['changeableOrderId', 'changeId', 'closingChangeId', 'productId', 'partnerId', 'importId'] as const),
];

let sample: Awaited<ReturnType<typeof sampleDatabase>>;
beforeAll(async () => {
  sample = await sampleDatabase();
});
afterAll(() => sample?.drop());

type Path = readonly (string | number)[];
type Schema = {
  def: {
    type: string;
    format?: string;
    innerType?: Schema;
    in?: Schema;
    element?: Schema;
    options?: Schema[];
    shape?: Record<string, Schema>;
    values?: string[];
  };
};

/** Each input that the schema allows with an id in one place: the example with that place set, and a minimal object. */
function* placesOf(schema: Schema, at: Path = []): Generator<Path> {
  const { def } = schema;
  const inner = def.innerType ?? def.in;
  if (inner) yield* placesOf(inner, at);
  else if (def.type === 'array' && def.element) yield* placesOf(def.element, [...at, 0]);
  else if (def.type === 'union') for (const option of def.options ?? []) yield* placesOf(option, at);
  else if (def.type === 'object')
    for (const [name, field] of Object.entries(def.shape ?? {})) yield* placesOf(field, [...at, name]);
  else if (def.format === 'uuid') yield at;
}

/** The value with another at a place; what lies on the way is made where it is missing, or replaced where `alone`. */
function withAt(value: unknown, [step, ...rest]: Path, put: unknown, alone: boolean): unknown {
  if (step === undefined) return put;
  if (typeof step === 'number') return [withAt(Array.isArray(value) ? value[0] : undefined, rest, put, alone)];
  const known = typeof value === 'object' && value !== null && !(alone && rest.length === 0) ? value : {};
  return { ...known, [step]: withAt((known as Record<string, unknown>)[step], rest, put, alone) };
}

function* inputsOf(schema: z.ZodObject, example: object, ids: readonly string[]): Generator<object> {
  for (const at of placesOf(schema as unknown as Schema)) {
    for (const id of ids) {
      for (const alone of at.length > 1 ? [true, false] : [false]) {
        const input = withAt(example, at, id, alone) as object;
        if (schema.safeParse(input).success) yield input;
      }
    }
  }
}

/** Scoped tables that hold an id of others in a row written since a transaction. */
async function writtenWith(db: Kysely<DB>, since: string, ids: readonly string[]): Promise<string[]> {
  const one = (table: string) => sql`
    select ${table}::text as name from ${sql.table(table)} as row
    where row.xmin::text::bigint >= ${since}::bigint and exists (
      select 1 from unnest(${sql.val([...ids])}::text[]) as id where row::text like '%' || id || '%')`;
  const parts = sql.join(Object.keys(SCOPED).map(one), sql` union all `);
  const { rows } = await sql<{ name: string }>`${parts}`.execute(db);
  return [...new Set(rows.map(({ name }) => name))];
}

/** The person that an API key says. */
async function byKey(database: Database, person: Omit<NewPerson, 'name' | 'email'>): Promise<Actor> {
  const email = `${newId()}@example.com`;
  await createPeople(database.write, [{ name: '시험', email, ...person }], 'a long pass phrase 7');
  const { key } = await createKeyFor(database.write, email, { name: 'test' });
  const authenticator = await createAuthenticator({
    db: database,
    secret: 'a secret of thirty-two characters or more',
  });
  const actor = await authenticator.resolve({ authorization: `Bearer ${key}` });
  await authenticator.close();
  return actor as Actor;
}

describe.each(Object.entries(PEOPLE))('%s with an API key', (_, { eyes, person }) => {
  test('touches nothing of others by any command, wherever an id is given', { timeout: 400_000 }, async () => {
    const config = await cloneDatabase(sample.config);
    const database = openDatabase(config, { max: 3 });
    try {
      const own = await knownIds(database.write, eyes);
      const foreign = await foreignIds(database.write, eyes);
      // Files are a person's: those of the sample's agent1 are another's here.
      const ids = [...NAMES.map((name) => foreign[name]), own.importId, own.newImportId];
      const strange = ids.filter((id) => id !== own.productId && id !== own.partnerId);
      const actor = await byKey(database, person(own));
      expect(actor.kind).toBe('key');
      const pipeline = createPipeline({ database, registry });
      const found = new Set<string>();
      let asked = 0;
      for (const entry of commands.filter((command) => may(actor, command))) {
        const { name, input: schema, example } = entry.operation;
        for (const input of inputsOf(schema, example(own) as object, strange)) {
          const { rows } = await sql<{ now: string }>`select pg_current_xact_id()::text as now`.execute(database.write);
          const call = { operation: name, input, actor, language: 'ko' as const, requestId: newId() };
          const { status } = await pipeline.execute(call);
          asked++;
          if (status !== 200) continue;
          for (const table of await writtenWith(database.write, rows[0]!.now, strange)) found.add(`${name} → ${table}`);
        }
      }
      expect([...found]).toEqual([]);
      expect(asked).toBeGreaterThan(40);
    } finally {
      await database.close();
      await dropDatabase(config);
    }
  });

  test('fetches no file of another', async () => {
    const config = await cloneDatabase(sample.config);
    const database = openDatabase(config, { max: 3 });
    try {
      const own = await knownIds(database.write, eyes);
      const actor = await byKey(database, person(own));
      const pipeline = createPipeline({ database, registry });
      const files = [...registry.entries.values()].filter(({ operation }) =>
        ['importId', 'newImportId', 'exportJobId', 'jobId'].some((name) =>
          Object.values(operation.example(own) as object).includes(own[name as 'importId']),
        ),
      );
      const answers = await Promise.all(
        files.map(async ({ operation }) => {
          const input = operation.example(own);
          const call = { operation: operation.name, input, actor, language: 'ko' as const, requestId: newId() };
          return [operation.name, (await pipeline.execute(call)).status] as const;
        }),
      );
      expect(answers.filter(([, status]) => status === 200)).toEqual([]);
      expect(answers.map(([name]) => name)).toEqual(
        expect.arrayContaining(['audit.readExport', 'orders.readImportFailures', 'orders.getImport']),
      );
    } finally {
      await database.close();
      await dropDatabase(config);
    }
  });
});
