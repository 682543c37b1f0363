import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { actorWith } from './actors.ts';
import { handle, implement } from './context.ts';
import { type Database, type DatabaseConfig, openDatabase } from './db.ts';
import { createHttp } from './http.ts';
import { type Live, startLive } from './live.ts';
import { serveLive } from './live-http.ts';
import type { Actor } from './operation.ts';
import { command, contract, query } from './operation.ts';
import { createPipeline } from './pipeline.ts';
import { createRegistry } from './registry.ts';
import { newDatabase } from './testing.ts';

const Ring = z.strictObject({ id: z.string(), mall: z.string().nullable() });
const bells = contract('bells', {
  title: { ko: '종', en: 'Bells' },
  companyWide: { rung: 'a bell of no mall rings everywhere' },
  permissions: {
    'bells.read': { title: { ko: '듣기', en: 'Hear' }, roles: ['agent'] },
    'bells.ring': { title: { ko: '울리기', en: 'Ring' }, roles: ['agent', 'planner'] },
  },
  operations: {
    list: query({
      title: { ko: '', en: '' },
      may: 'bells.read',
      input: z.strictObject({}),
      output: z.strictObject({}),
      example: () => ({}),
    }),
    ring: command({
      title: { ko: '', en: '' },
      may: 'bells.ring',
      input: Ring,
      output: z.strictObject({}),
      example: () => ({ id: 'a', mall: null }),
    }),
  },
});

const PEOPLE: Record<string, Actor> = {
  all: actorWith('agent'),
  ssg: actorWith('agent', { malls: ['ssg'] }),
  planner: actorWith('planner'),
  goes: actorWith('agent'),
};

type Process = { base: string; database: Database; live: Live; stop: () => Promise<void> };
let config: DatabaseConfig;
const processes: Process[] = [];

/** A server process of its own: its own pools, relay candidate and screens. */
async function startProcess(): Promise<Process> {
  const database = openDatabase(config, { max: 4 });
  const room = implement(bells, {
    list: handle(bells.operations.list, async () => ({})),
    ring: handle(bells.operations.ring, async (ctx, { id, mall }) => {
      ctx.record('bells.rung', id, { scope: { mall }, data: { loud: true } });
      return {};
    }),
  });
  const registry = createRegistry([room]);
  const authenticator = {
    resolve: async ({ authorization }: { authorization?: string | undefined }) =>
      PEOPLE[authorization?.slice(7) ?? ''] ?? null,
  };
  const { app, close } = createHttp({
    pipeline: createPipeline({ database, registry }),
    authenticator,
    logger: pino({ level: 'silent' }),
    ratePerSecond: 10_000,
  });
  const live = await startLive(database, registry, () => undefined);
  serveLive(app, live, authenticator);
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const stop = async () => {
    await live.stop();
    await close();
    await database.close();
  };
  const process = { base, database, live, stop };
  processes.push(process);
  return process;
}

type Screen = {
  events: { id: number; event: string; subjectId?: string }[];
  until: (count: number) => Promise<void>;
  close: () => void;
};

/** A screen: hears `/api/live` of one process. */
async function open(base: string, who: string, since?: number): Promise<Screen> {
  const stop = new AbortController();
  const headers: Record<string, string> = { authorization: `Bearer ${who}` };
  if (since !== undefined) headers['last-event-id'] = String(since);
  const response = await fetch(`${base}/api/live`, { headers, signal: stop.signal });
  expect(response.status).toBe(200);
  const events: Screen['events'] = [];
  let heard = () => {};
  void (async () => {
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      rest += chunk;
      for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n')) {
        const lines = Object.fromEntries(
          rest
            .slice(0, end)
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        );
        rest = rest.slice(end + 2);
        if (lines.event)
          events.push({
            id: Number(lines.id),
            event: lines.event,
            subjectId: JSON.parse(lines.data ?? '{}').subjectId,
          });
      }
      heard();
    }
  })().catch(() => undefined);
  const until = (count: number) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`heard ${JSON.stringify(events)} instead of ${count}`)), 10_000);
      heard = () => {
        if (events.length < count) return;
        clearTimeout(timer);
        resolve();
      };
      heard();
    });
  await until(1);
  return { events, until, close: () => stop.abort() };
}

const ring = async (base: string, id: string, mall: string | null = null) => {
  const response = await fetch(`${base}/api/bells.ring`, {
    method: 'POST',
    headers: { authorization: 'Bearer planner', 'content-type': 'application/json' },
    body: JSON.stringify({ id, mall }),
  });
  expect(response.status).toBe(200);
};
const subjects = (screen: Screen) => screen.events.flatMap(({ subjectId }) => subjectId ?? []);

beforeAll(async () => {
  config = await newDatabase();
  await startProcess();
  await startProcess();
});
afterAll(async () => {
  for (const process of processes) await process.stop();
});

test('an event made on one process reaches screens on the other, once and in order', async () => {
  const [one, two] = processes as [Process, Process];
  const screens = [await open(one.base, 'all'), await open(two.base, 'all')];
  for (let n = 0; n < 20; n++) await ring(n % 2 ? one.base : two.base, `order-${n}`);
  for (const screen of screens) {
    await screen.until(21);
    expect(subjects(screen)).toEqual(Array.from({ length: 20 }, (_, n) => `order-${n}`));
    screen.close();
  }
});

test('a screen hears only what its scope and permission allow', async () => {
  const [one] = processes as [Process];
  const [ssg, planner, all] = [
    await open(one.base, 'ssg'),
    await open(one.base, 'planner'),
    await open(one.base, 'all'),
  ];
  await ring(one.base, 'of-own', 'own');
  await ring(one.base, 'of-ssg', 'ssg');
  await all.until(3);
  await ssg.until(2);
  expect(subjects(ssg)).toEqual(['of-ssg']);
  expect(subjects(planner)).toEqual([]);
  for (const screen of [ssg, planner, all]) screen.close();
});

test('a screen that was away hears all that it missed, without a gap or a double, while more happens', async () => {
  const [one, two] = processes as [Process, Process];
  const before = await open(one.base, 'all');
  await ring(one.base, 'seen');
  await before.until(2);
  const seen = before.events.at(-1)?.id ?? 0;
  before.close();
  const ringing = Promise.all(Array.from({ length: 60 }, (_, n) => ring(n % 2 ? one.base : two.base, `missed-${n}`)));
  const back = await open(two.base, 'all', seen);
  await ringing;
  await back.until(61);
  expect(subjects(back).sort()).toEqual(Array.from({ length: 60 }, (_, n) => `missed-${n}`).sort());
  const ids = back.events.slice(1).map((event) => event.id);
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  back.close();
});

test('a screen whose last event is not known any more is told to start anew', async () => {
  const [one] = processes as [Process];
  const screen = await open(one.base, 'all', 9_999_999);
  expect(screen.events[0]?.event).toBe('reset');
  screen.close();
});

test('nobody hears nothing: 401', async () => {
  const [one] = processes as [Process];
  expect((await fetch(`${one.base}/api/live`)).status).toBe(401);
});

test('somebody whose session ends stops hearing at once', async () => {
  const [one] = processes as [Process];
  const screen = await open(one.base, 'goes');
  delete PEOPLE.goes;
  await one.database.pool.query("select pg_notify('haedap_session', 'anybody')");
  await screen.until(2);
  expect(screen.events.at(-1)?.event).toBe('signed_out');
});

test('when the process that publishes goes away, another takes over', async () => {
  const [one, two] = processes as [Process, Process];
  await one.stop();
  processes.splice(0, 1);
  const screen = await open(two.base, 'all');
  await ring(two.base, 'after');
  await screen.until(2);
  expect(subjects(screen)).toEqual(['after']);
  screen.close();
});
