import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorWith } from '#platform/actors.ts';
import { type Database, openDatabase } from '#platform/db.ts';
import { type Actor, type Grant, type Known, ROLES, type Role } from '#platform/operation.ts';
import { createPipeline, type Reply } from '#platform/pipeline.ts';
import { createRegistry, type Entry, may } from '#platform/registry.ts';
import { cloneDatabase, dropDatabase } from '#platform/testing.ts';
import { newId } from '#platform/values.ts';
import { foreignIds, knownIds } from '../../sample/known.ts';
import { createRooms } from './modules.ts';
import { sampleDatabase } from './testing-sample.ts';

/** Every operation × every role, from the contracts alone: nobody writes these cases, and none can be forgotten. */
const registry = createRegistry(createRooms());
const entries = [...registry.entries.values()];

let sample: Awaited<ReturnType<typeof sampleDatabase>>;
beforeAll(async () => {
  sample = await sampleDatabase();
});
afterAll(() => sample?.drop());

/** Runs with a copy of the sample company of its own. */
async function withCopy<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const config = await cloneDatabase(sample.config);
  const database = openDatabase(config, { max: 3 });
  try {
    return await work(database);
  } finally {
    await database.close();
    await dropDatabase(config);
  }
}

function run(database: Database, entry: Entry, actor: Actor | null, input: object): Promise<Reply> {
  const pipeline = createPipeline({ database, registry, checkOutput: true });
  return pipeline.execute({ operation: entry.operation.name, input, actor, language: 'ko', requestId: newId() });
}

/** Where a role works when it works everywhere; a partner is always one partner. */
const everywhere = (role: Role, known: Known): Partial<Omit<Grant, 'role'>> =>
  role === 'partner' ? { partners: [known.partnerId] } : {};

/** A narrow scope, in which the records of `foreignIds` do not lie. */
const narrow = (role: Role, known: Known): Partial<Omit<Grant, 'role'>> =>
  role === 'partner' ? { partners: [known.partnerId] } : { malls: ['11st', 'ssg'], centres: ['outsourced'] };

const codeOf = (reply: Reply) => (reply.body as { code?: string }).code;

test('nobody without a session may do anything', async () => {
  await withCopy(async (database) => {
    const known = await knownIds(database.write);
    for (const entry of entries) {
      const reply = await run(database, entry, null, entry.operation.example(known));
      expect([entry.operation.name, reply.status]).toEqual([entry.operation.name, 401]);
    }
  });
});

describe.each(ROLES)('a %s', (role) => {
  test('is refused what it has no permission for, and does the example of all else', async () => {
    await withCopy(async (database) => {
      const known = await knownIds(database.write, role === 'partner' ? 'partner' : 'all');
      const actor = actorWith(role, everywhere(role, known), known.userId);
      const wrong: unknown[] = [];
      for (const entry of entries) {
        const reply = await run(database, entry, actor, entry.operation.example(known));
        const wanted = may(actor, entry) ? 200 : 403;
        if (reply.status !== wanted) wrong.push([entry.operation.name, wanted, reply.status, reply.body]);
      }
      expect(wrong).toEqual([]);
    });
  });

  test("is refused another scope's record, which stays as it was", async () => {
    await withCopy(async (database) => {
      const known = await knownIds(database.write, role === 'partner' ? 'partner' : 'outsourced');
      const foreign = await foreignIds(database.write, role === 'partner' ? 'partner' : 'outsourced');
      const actor = actorWith(role, narrow(role, known));
      const wrong: unknown[] = [];
      for (const entry of entries.filter((entry) => may(actor, entry))) {
        const reply = await run(database, entry, actor, entry.operation.example(foreign));
        if (entry.operation.scoped) {
          if (reply.status !== 404) wrong.push([entry.operation.name, reply.status, codeOf(reply)]);
        } else if (entry.operation.kind === 'query' && entry.operation.room !== 'accounts') {
          const shown = JSON.stringify(reply.body);
          for (const [name, id] of Object.entries(foreign)) {
            if (SCOPED_IDS.has(name) && shown.includes(id)) wrong.push([entry.operation.name, `shows ${name}`]);
          }
        }
      }
      expect(wrong).toEqual([]);
      const touched = await database.write
        .selectFrom('audit_record')
        .select('operation')
        .where('actor_id', '=', actor.id)
        .where('subject_id', 'in', Object.values(foreign))
        .execute();
      expect(touched).toEqual([]);
    });
  });
});

const SCOPED_IDS = new Set(['ticketId', 'orderId', 'customerId', 'callId', 'vocRecordId']);

test('a key that is limited to no permission may do nothing but what every session may', async () => {
  await withCopy(async (database) => {
    const known = await knownIds(database.write);
    const actor = { ...actorWith('admin'), only: [] };
    for (const entry of entries.filter(({ operation }) => operation.may !== 'signed_in')) {
      const reply = await run(database, entry, actor, entry.operation.example(known));
      expect([entry.operation.name, reply.status]).toEqual([entry.operation.name, 403]);
    }
  });
});
