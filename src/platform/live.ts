import type { ServerResponse } from 'node:http';
import type { Database } from './db.ts';
import { lead, pause } from './leader.ts';
import type { Actor, Role } from './operation.ts';
import { eventsAfter, type PublishedEvent, publishEvents, publishedRange } from './outbox.ts';
import { PASSING, type PassingEvent } from './passing.ts';
import type { Registry } from './registry.ts';

const RELAY_LOCK = 7_201_001;
/** A screen that missed more than this reloads what it shows instead of hearing each event. */
const MOST_MISSED = 1_000;
const HEARTBEAT_MS = 20_000;
/** A screen that does not read its events is cut off here and resumes later. */
const MOST_BUFFERED_BYTES = 1_000_000;

type Screen = { response: ServerResponse; actor: Actor; renew: () => Promise<Actor | null>; position: number };

export type Live = {
  /** Hands an open response over: it hears events after `since`, or only new ones. */
  attach: (
    response: ServerResponse,
    actor: Actor,
    renew: () => Promise<Actor | null>,
    since: number | null,
  ) => Promise<void>;
  screens: () => number;
  stop: () => Promise<void>;
};

/**
 * Live events: one process of the cluster gives committed outbox rows their position, each process reads on from its
 * last position and tells its own screens, each within its permission and scope. A screen resumes by the position of
 * the last event that it heard (`Last-Event-ID`).
 */
export async function startLive(
  database: Database,
  registry: Registry,
  onError: (error: unknown) => void,
): Promise<Live> {
  const stopRelay = await startRelay(database, onError);
  const screens = new Set<Screen>();
  const reader = createReader(database, (event) => screens.forEach((screen) => void tell(screen, event, registry)));
  await reader.start();
  const renewAll = () => Promise.all([...screens].map(renew));
  const unlisten = await Promise.all([
    database.listen('haedap_live', () => reader.wake(onError)),
    database.listen('haedap_session', () => void renewAll()),
    database.listen(PASSING, (payload) => payload && tellAll(screens, JSON.parse(payload) as PassingEvent, registry)),
  ]);
  const beat = setInterval(() => {
    for (const { response } of screens) response.write(': beat\n\n');
    void renewAll();
    reader.wake(onError);
  }, HEARTBEAT_MS);
  return {
    screens: () => screens.size,
    async attach(response, actor, whoNow, since) {
      const screen: Screen = { response, actor, renew: whoNow, position: 0 };
      await greet(database, screen, since);
      // Catch up, and join in the same turn of the event loop in which nothing is left to catch up with.
      for (;;) {
        const events = await eventsAfter(database.write, screen.position);
        for (const event of events) tell(screen, event, registry);
        if (events.length === 0 || screen.position >= reader.position()) break;
      }
      if (response.destroyed) return;
      screens.add(screen);
      response.on('close', () => screens.delete(screen));
      // The session may have ended while the screen caught up, before anybody could tell it.
      await renew(screen);
    },
    async stop() {
      clearInterval(beat);
      for (const stop of [...unlisten, stopRelay]) await stop();
      for (const { response } of screens) response.end();
      await reader.idle();
    },
  };
}

/** Says where the stream begins: after what the screen heard last, or `reset` when that is not known any more. */
async function greet(database: Database, screen: Screen, since: number | null): Promise<void> {
  const { oldest, newest } = await publishedRange(database.write);
  const lost = since !== null && (since > newest || since < oldest - 1 || newest - since > MOST_MISSED);
  screen.position = since === null || lost ? newest : since;
  screen.response.write(`retry: 1000\nid: ${screen.position}\nevent: ${lost ? 'reset' : 'hello'}\ndata: {}\n\n`);
}

async function renew(screen: Screen): Promise<void> {
  const actor = await screen.renew().catch(() => screen.actor);
  if (actor) screen.actor = actor;
  else screen.response.end('event: signed_out\ndata: {}\n\n');
}

/** Reads on from its last position at each wake; two wakes during one reading make one more reading. */
function createReader(database: Database, onEvent: (event: PublishedEvent) => void) {
  let position = 0;
  let reading: Promise<void> | null = null;
  let again = false;
  async function read(): Promise<void> {
    for (let more = true; more || again; ) {
      again = false;
      const events = await eventsAfter(database.write, position);
      for (const event of events) onEvent(event);
      position = events.at(-1)?.position ?? position;
      more = events.length > 0;
    }
  }
  return {
    async start() {
      position = (await publishedRange(database.write)).newest;
    },
    position: () => position,
    wake(onError: (error: unknown) => void) {
      again = true;
      reading ??= read()
        .catch(onError)
        .finally(() => {
          reading = null;
        });
    },
    idle: async () => void (await reading),
  };
}

async function startRelay(database: Database, onError: (error: unknown) => void): Promise<() => Promise<void>> {
  let wake = new AbortController();
  const unlisten = await database.listen('haedap_outbox', () => wake.abort());
  const stop = lead(
    database,
    RELAY_LOCK,
    async (signal) => {
      while (!signal.aborted) {
        wake = new AbortController();
        if ((await publishEvents(database.write)) > 0) continue;
        await pause(1_000, AbortSignal.any([signal, wake.signal]));
      }
    },
    onError,
  );
  return async () => {
    await unlisten();
    await stop();
  };
}

function tell(screen: Screen, event: PublishedEvent, registry: Registry): void {
  if (event.position <= screen.position) return;
  screen.position = event.position;
  const room = event.event.slice(0, event.event.indexOf('.'));
  if (!hears(screen.actor, event, rolesThatHear(screen.actor, room, registry))) return;
  const data = JSON.stringify({ event: event.event, room, subjectId: event.subjectId, data: event.data });
  screen.response.write(`id: ${event.position}\nevent: change\ndata: ${data}\n\n`);
  if (screen.response.writableLength > MOST_BUFFERED_BYTES) screen.response.destroy();
}

/** What passes by itself: it has no position, so that nobody resumes from it. */
function tellAll(screens: ReadonlySet<Screen>, event: PassingEvent, registry: Registry): void {
  const room = event.event.slice(0, event.event.indexOf('.'));
  const { subjectId, data } = event;
  const told = `event: passing\ndata: ${JSON.stringify({ event: event.event, room, subjectId, data })}\n\n`;
  for (const { actor, response } of screens)
    if (hears(actor, event, rolesThatHear(actor, room, registry))) response.write(told);
}

function rolesThatHear(actor: Actor, room: string, registry: Registry): readonly Role[] {
  const reads = registry.reads.get(room) ?? [];
  return reads.flatMap(({ may, roles }) => (actor.only && !actor.only.includes(may) ? [] : roles));
}

/** Whether an actor may hear an event: a role that reads the room, in the event's mall, centre and partner. */
export function hears(
  actor: Actor,
  event: Pick<PublishedEvent, 'mall' | 'centre' | 'partner' | 'malls' | 'person'>,
  roles: readonly string[],
): boolean {
  if (actor.kind === 'system') return true;
  if (event.person !== null && event.person !== actor.id) return false;
  const within = (values: readonly string[] | null, value: string | null) =>
    values === null || value === null || values.includes(value);
  return actor.grants.some(
    (grant) =>
      roles.includes(grant.role) &&
      within(grant.malls, event.mall) &&
      (event.malls === null || grant.malls === null || event.malls.some((mall) => grant.malls?.includes(mall))) &&
      within(grant.centres, event.centre) &&
      (grant.partners === null || (event.partner !== null && grant.partners.includes(event.partner))),
  );
}
