/**
 * Memory of a running Haedap: the server's resident set and PostgreSQL's proportional set (shared buffers counted
 * once), each minute while the simulator runs, then before, during and after many requests.
 *
 *   HAEDAP_DATA=/path/to/data node bin/haedap.mjs start --port 3000 &
 *   HAEDAP_DATA=/path/to/data node bench/memory.ts --port 3000 [--minutes 60] [--requests 100000]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createKeyFor } from '#accounts/cli.ts';
import { openCompany } from '#app/open-company.ts';

const OPERATIONS: [string, object][] = [
  ['tickets.list', { limit: 50 }],
  ['orders.list', { limit: 50 }],
  ['customers.list', { limit: 50 }],
  ['accounts.me', {}],
];

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MB`;

/** Proportional set size of the PostgreSQL processes below one postmaster, in bytes. */
function postgresBytes(): number {
  let total = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const { HAEDAP_BENCH_POSTMASTER: only } = process.env;
      if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')) continue;
      const parent = /PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      if (only && pid !== only && parent !== only) continue;
      total += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1_024;
    } catch {
      // The process ended meanwhile.
    }
  }
  return total;
}

async function serverBytes(base: string): Promise<number> {
  const metrics = await (await fetch(`${base}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)/m.exec(metrics)?.[1] ?? Number.NaN);
}

async function report(base: string, when: string): Promise<void> {
  console.log(
    `${when.padEnd(18)} server ${megabytes(await serverBytes(base))}  PostgreSQL ${megabytes(postgresBytes())}`,
  );
}

/** `count` requests, eight at a time, below the rate limit of one session by using eight keys. */
async function ask(base: string, keys: string[], count: number): Promise<void> {
  let left = count;
  await Promise.all(
    keys.map(async (key) => {
      while (left-- > 0) {
        const [operation, input] = OPERATIONS[left % OPERATIONS.length] as [string, object];
        const response = await fetch(`${base}/api/${operation}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify(input),
        });
        await response.arrayBuffer();
        if (response.status === 429) await sleep(50);
        else if (response.status !== 200) throw new Error(`${operation}: ${response.status}`);
      }
    }),
  );
}

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3000' },
    minutes: { type: 'string', default: '60' },
    requests: { type: 'string', default: '100000' },
  },
});
const base = `http://127.0.0.1:${values.port}`;
const company = await openCompany({ purpose: 'bench/memory', tell: () => undefined });
const keys = await Promise.all(
  Array.from({ length: 8 }, (_, n) =>
    createKeyFor(company.database.write, `agent${n + 1}@haedap.example`, { name: 'bench/memory' }),
  ),
);
await company.close();
await report(base, 'start');
for (let minute = 1; minute <= Number(values.minutes); minute++) {
  await sleep(60_000);
  if (minute % 5 === 0 || minute === Number(values.minutes)) await report(base, `after ${minute} min`);
}
const tenth = Math.ceil(Number(values.requests) / 10);
for (let done = 0; done < Number(values.requests); done += tenth) {
  await ask(
    base,
    keys.map(({ key }) => key),
    tenth,
  );
  await report(base, `${done + tenth} requests`);
}
await sleep(15_000);
await report(base, 'at rest');
