import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

type Hear = (payload: string) => void;
export type Listener = {
  /**
   * Hears a NOTIFY channel until the answered function is called. Notices may be lost while the connection is away:
   * after each reconnect `onReconnect` is called, or `hear('')` where none is given.
   */
  listen: (channel: string, hear: Hear, onReconnect?: () => void) => Promise<() => Promise<void>>;
  close: () => Promise<void>;
};

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

type Ear = { hear: Hear; onReconnect: (() => void) | undefined };

/** One connection for all channels of a process, opened at the first `listen` and again whenever it breaks. */
export function openListener(config: pg.ClientConfig): Listener {
  const ears = new Map<string, Set<Ear>>();
  let client: Promise<pg.Client> | null = null;
  let opened = 0;
  let closed = false;

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client(config);
    let usable = false;
    const breaks = () => {
      if (!usable) return;
      usable = false;
      client = null;
      if (!closed) void reconnect();
    };
    fresh.on('error', breaks);
    fresh.on('end', breaks);
    fresh.on('notification', ({ channel, payload }) => {
      for (const ear of [...(ears.get(channel) ?? [])]) ear.hear(payload ?? '');
    });
    await fresh.connect();
    for (const channel of ears.keys()) await fresh.query(`listen ${fresh.escapeIdentifier(channel)}`);
    usable = true;
    opened += 1;
    if (opened > 1) tellReconnected();
    return fresh;
  }

  function tellReconnected(): void {
    for (const ear of [...ears.values()].flatMap((set) => [...set])) {
      if (ear.onReconnect) ear.onReconnect();
      else ear.hear('');
    }
  }

  let turn: Promise<unknown> = Promise.resolve();
  async function reconnect(): Promise<void> {
    for (let wait = FIRST_WAIT_MS; !closed && !client; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      await sleep(wait, undefined, { ref: false });
      if (!closed) await connected().catch(() => undefined);
    }
  }

  async function connected(): Promise<pg.Client> {
    client ??= connect();
    const attempt = client;
    try {
      return await attempt;
    } catch (error) {
      if (client === attempt) client = null;
      throw error;
    }
  }

  return {
    async listen(channel, hear, onReconnect) {
      const ear: Ear = { hear, onReconnect };
      const set = ears.get(channel) ?? new Set<Ear>();
      ears.set(channel, set.add(ear));
      try {
        const on = await connected();
        // One after another: a connection runs one statement at a time.
        const said = turn.then(() => on.query(`listen ${on.escapeIdentifier(channel)}`));
        turn = said.catch(() => undefined);
        await said;
      } catch (error) {
        set.delete(ear);
        throw error;
      }
      return async () => {
        set.delete(ear);
      };
    },
    async close() {
      closed = true;
      const last = client;
      client = null;
      await last?.then((open) => open.end()).catch(() => undefined);
    },
  };
}
