import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#platform/actors.ts';
import { type Database, openDatabase } from '#platform/db.ts';
import { pause } from '#platform/leader.ts';
import type { Known } from '#platform/operation.ts';
import { createPipeline } from '#platform/pipeline.ts';
import { createRegistry } from '#platform/registry.ts';
import { cloneDatabase, dropDatabase } from '#platform/testing.ts';
import { newId } from '#platform/values.ts';
import { foreignIds, knownIds } from '../../sample/known.ts';
import { createRooms } from './modules.ts';
import { type TestServer, testServer } from './testing.ts';
import { sampleDatabase } from './testing-sample.ts';

/**
 * Every command's example is played, once on records of others and once on those of the listener, while a partner's and
 * an outsourced agent's screens listen over real streams. Of others nothing may arrive but what is companyWide.
 */
const registry = createRegistry(createRooms());
const commands = [...registry.entries.values()].filter(({ operation }) => operation.kind === 'command');

let sample: Awaited<ReturnType<typeof sampleDatabase>>;
beforeAll(async () => {
  sample = await sampleDatabase();
});
afterAll(() => sample?.drop());

type Heard = { event: string; subjectId: string; data: Record<string, unknown> };

/** A screen on the live stream of a server. */
async function listen(at: TestServer, key: string) {
  const stop = new AbortController();
  const response = await fetch(`${at.base}/api/live`, {
    headers: { authorization: `Bearer ${key}` },
    signal: stop.signal,
  });
  let text = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) text += decoder.decode(chunk);
  })().catch(() => undefined);
  return {
    heard: () =>
      [...text.matchAll(/event: change\ndata: (.*)\n\n/g)].map(([, data]) => JSON.parse(data as string) as Heard),
    async stop() {
      stop.abort();
      await reading;
    },
  };
}

async function published(database: Database): Promise<void> {
  const waiting = () =>
    database.write.selectFrom('outbox').select('id').where('position', 'is', null).limit(1).executeTakeFirst();
  while (await waiting()) await pause(50, new AbortController().signal);
  await pause(300, new AbortController().signal);
}

/** Ids of the tickets that lie in the scope. */
async function ticketsOf(database: Database, eyes: 'partner' | 'outsourced', partnerId: string): Promise<Set<string>> {
  const all = database.write.selectFrom('ticket').select('id');
  const rows =
    eyes === 'partner'
      ? all.where('partner_id', '=', partnerId)
      : all.where('mall', 'in', ['11st', 'ssg']).where('centre', '=', 'outsourced');
  return new Set((await rows.execute()).map(({ id }) => id));
}

/** Plays the examples on some records, as Haedap itself, which may everything. Answers the events that came of it. */
async function play(database: Database, known: Known): Promise<string[]> {
  const since = new Date();
  const pipeline = createPipeline({ database, registry });
  for (const { operation } of commands) {
    const input = operation.example(known);
    const call = { operation: operation.name, input, actor: SYSTEM, language: 'ko' as const, requestId: newId() };
    await pipeline.execute(call);
  }
  await published(database);
  const rows = await database.write.selectFrom('outbox').select('event').where('at', '>=', since).execute();
  return rows.map(({ event }) => event);
}

describe.each(['partner', 'outsourced'] as const)('the screen of one in the scope %s', (eyes) => {
  test('hears nothing of others on the live stream', { timeout: 120_000 }, async () => {
    const config = await cloneDatabase(sample.config);
    const database = openDatabase(config, { max: 6 });
    const at = await testServer({ database });
    try {
      const own = await knownIds(database.write, eyes);
      const foreign = await foreignIds(database.write, eyes);
      const where =
        eyes === 'partner'
          ? ({ role: 'partner', partners: [own.partnerId] } as const)
          : ({ role: 'agent', malls: ['11st', 'ssg'], centres: ['outsourced'] } as const);
      const screen = await listen(at, await at.keyOf({ email: 'ears@example.com', ...where }));
      const told = await play(database, foreign);
      // Some commands take up whatever waits anywhere (assignment by load), or a second ticket: of one's own one may hear.
      const mine = await ticketsOf(database, eyes, own.partnerId);
      const strange = screen.heard().filter(({ event, subjectId, data }) => {
        const about = [subjectId, data.ticket].some((id) => typeof id === 'string' && mine.has(id));
        return !registry.companyWide.has(event) && !about;
      });
      expect(strange).toEqual([]);
      expect(new Set(told).size).toBeGreaterThan(20);
      const before = screen.heard().length;
      await play(database, own);
      expect(screen.heard().length).toBeGreaterThan(before);
      await screen.stop();
    } finally {
      await at.stop();
      await database.close();
      await dropDatabase(config);
    }
  });
});

/** Names of events that the code of the rooms records. */
function eventsInCode(): string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
  const code = files.filter((file) => /server\/.*\.ts$/.test(file) && !file.includes('.test.'));
  return code.flatMap((file) => {
    const source = readFileSync(`src/${file}`, 'utf8');
    return [...source.matchAll(/'(\w+\.\w+)'/g)]
      .map(([, name]) => name as string)
      .filter((name) => source.includes(`record('${name}'`) || source.includes(`record(event`));
  });
}

test('what may be told company-wide is recorded somewhere, and only by its own room', () => {
  const recorded = new Set(eventsInCode());
  expect([...registry.companyWide].filter((event) => !recorded.has(event))).toEqual([]);
  for (const { companyWide } of registry.contracts)
    for (const reason of Object.values(companyWide)) expect(reason.length).toBeGreaterThan(20);
});
