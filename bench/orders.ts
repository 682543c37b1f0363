/**
 * How fast orders are found, on a company of any size, best of 2 million orders: open loop (requests leave by the clock,
 * whether or not answers came; waiting counts), 60 requests a second in all from 8 clients; beside it what the server
 * answers at most, asked without a pause by the same 8 clients.
 *
 *   HAEDAP_DATA=/path/to/a/sample node bench/orders.ts [--runs 3] [--seconds 20] [--rate 60] [--clients 8]
 *
 * Goals (issue 5): order by any key p99 below 20 ms, customer with 500 orders below 40 ms, filters below 80 ms.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { createKeyFor } from '#accounts/cli.ts';
import { openCompany } from '#app/open-company.ts';
import { createServer } from '#app/server.ts';
import { type DatabaseConfig, openDatabase } from '#platform/db.ts';

type Ask = { kind: string; operation: string; input: object };
type Kinds = Map<string, Ask[]>;
const GOALS: [RegExp, number][] = [
  [/^order by/, 20],
  [/^customer/, 40],
  [/^filter/, 80],
];

async function serve({ config, secret }: { config: DatabaseConfig; secret: string }): Promise<string> {
  const database = openDatabase(config);
  const logger = pino({}, createWriteStream('/dev/null'));
  const server = await createServer({
    database,
    secret,
    logger,
    baseUrl: 'http://127.0.0.1',
    ratePerSecond: 1_000_000,
  });
  return server.listen(0, '127.0.0.1');
}

/** Reads the database's files once, so that the system's memory holds them as on a server that has run for a day. */
async function warm(): Promise<void> {
  const base = join(process.env.HAEDAP_DATA ?? '', 'postgres', 'base');
  if (!existsSync(base)) return;
  for (const file of readdirSync(base, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    for await (const _ of createReadStream(join(file.parentPath, file.name), { highWaterMark: 1 << 20 }));
  }
}

type Company = Awaited<ReturnType<typeof openCompany>>;

/** A customer with 500 orders: whoever has most gets others' latest until there are as many. */
async function busyCustomer({ database }: Company): Promise<string> {
  const { rows } = await database.pool.query(
    `select customer_id as id, count(*)::int as n from sales_order where customer_id is not null
      group by 1 order by 2 desc limit 1`,
  );
  const { id, n } = rows[0] as { id: string; n: number };
  if (n < 500) {
    await database.pool.query(
      `update sales_order set customer_id = $1 where id in (
         select id from sales_order where customer_id is distinct from $1 and stage = 'CONFIRMED' limit $2)`,
      [id, 500 - n],
    );
    await database.pool.query('analyze sales_order');
  }
  return id;
}

/** What people type, taken from orders all over the company. */
async function asksOf(company: Company): Promise<Kinds> {
  const { rows } = await company.database.pool.query<{
    id: string;
    mall: string;
    no: string;
    phone: string;
    name: string;
    tracking: string | null;
    product: string;
    day: Date;
  }>(
    `select o.id, o.mall, o.mall_order_no as no, o.receiver_phone as phone, o.receiver_name as name, o.ordered_at as day,
            (select tracking_no from parcel p where p.order_id = o.id limit 1) as tracking,
            (select name from order_line l where l.order_id = o.id limit 1) as product
       from sales_order o tablesample system (0.2) repeatable (1) where o.receiver_phone is not null limit 2000`,
  );
  const busy = await busyCustomer(company);
  const kinds: Kinds = new Map();
  const add = (kind: string, operation: string, input: object) => {
    const asks = kinds.get(kind) ?? [];
    asks.push({ kind, operation, input });
    kinds.set(kind, asks);
  };
  for (const row of rows) {
    const date = row.day.toISOString().slice(0, 10);
    add('order by id', 'orders.get', { id: row.id });
    add('order by number', 'orders.search', { q: row.no });
    add('order by end of number', 'orders.search', { q: row.no.slice(-4) });
    add('order by phone', 'orders.search', { q: row.phone });
    add('order by end of phone', 'orders.search', { q: row.phone.slice(-4) });
    add('order by name', 'orders.search', { q: row.name });
    add('order by product', 'orders.search', { q: row.product.slice(0, 12) });
    if (row.tracking) add('order by tracking number', 'orders.search', { trackingNo: row.tracking });
    add('filter: mall', 'orders.list', { mall: row.mall, limit: 50 });
    add('filter: mall, state', 'orders.list', { mall: row.mall, stage: 'UNPAID', limit: 50 });
    add('filter: state, period', 'orders.list', { stage: 'SHIPPED', from: date, to: date, limit: 50 });
    add('filter: mall, state, period', 'orders.list', {
      mall: row.mall,
      stage: 'CONFIRMED',
      from: date,
      to: date,
      limit: 50,
    });
    add('customer with 500 orders', 'orders.search', { customer: busy, limit: 50 });
    add('customer with 500 orders: timeline', 'customers.timeline', { id: busy });
  }
  return kinds;
}

function client(url: string, key: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(url);
  return {
    ask: ({ operation, input }: Ask): Promise<void> =>
      new Promise((resolve, reject) => {
        const body = JSON.stringify(input);
        const headers = {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        };
        const call = request(
          { agent, hostname, port, method: 'POST', path: `/api/${operation}`, headers },
          (response) => {
            response.resume();
            response.on('end', () =>
              response.statusCode === 200
                ? resolve()
                : reject(new Error(`${operation} ${body}: ${response.statusCode}`)),
            );
          },
        );
        call.on('error', reject);
        call.end(body);
      }),
    close: () => agent.destroy(),
  };
}
type Client = ReturnType<typeof client>;

/** Which is asked n-th: kinds in turns, each with another order every time. */
const pick = (kinds: Kinds, n: number): Ask => {
  const all = [...kinds.values()];
  const asks = all[n % all.length] as Ask[];
  return asks[Math.floor(n / all.length) % asks.length] as Ask;
};

/** Each request's time in ms from when it was due, by kind. */
async function openLoop(clients: Client[], kinds: Kinds, rate: number, seconds: number, offset: number) {
  const times = new Map<string, number[]>();
  const start = performance.now();
  const waiting: Promise<void>[] = [];
  for (let n = 0; n < rate * seconds; n++) {
    const due = start + (n * 1000) / rate;
    const early = due - performance.now();
    if (early > 1) await pause(early);
    const ask = pick(kinds, offset + n);
    waiting.push(
      (clients[n % clients.length] as Client).ask(ask).then(() => {
        const list = times.get(ask.kind) ?? [];
        list.push(performance.now() - due);
        times.set(ask.kind, list);
      }),
    );
  }
  await Promise.all(waiting);
  return times;
}

/** Each kind asked one after another by one client, with nothing beside it: what the work itself takes, ms. */
async function alone(one: Client, kinds: Kinds, times: number): Promise<Map<string, number[]>> {
  const taken = new Map<string, number[]>();
  for (const [kind, asks] of kinds) {
    const list: number[] = [];
    for (let n = 0; n < times; n++) {
      const start = performance.now();
      await one.ask(asks[(n * 7 + 3) % asks.length] as Ask);
      list.push(performance.now() - start);
    }
    taken.set(
      kind,
      list.sort((a, b) => a - b),
    );
  }
  return taken;
}

async function saturated(clients: Client[], kinds: Kinds, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let n = 0;
  await Promise.all(
    clients.map(async (one) => {
      while (performance.now() < until) await one.ask(pick(kinds, n++));
    }),
  );
  return n / seconds;
}

const at = (sorted: number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
const median = (values: number[]): number =>
  at(
    [...values].sort((a, b) => a - b),
    0.5,
  );

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      role: { type: 'string' },
      runs: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '20' },
      rate: { type: 'string', default: '60' },
      clients: { type: 'string', default: '8' },
    },
  });
  if (values.role) {
    const [work] = (await once(process, 'message')) as [{ config: DatabaseConfig; secret: string }];
    process.send?.(await serve(work));
    return;
  }
  const [runs, seconds, rate] = [Number(values.runs), Number(values.seconds), Number(values.rate)];
  await warm();
  const company = await openCompany({ purpose: 'bench/orders', tell: () => undefined });
  const { key } = await createKeyFor(company.database.write, 'agent1@haedap.example', { name: 'bench/orders' });
  const count = await company.database.pool.query(
    'select (select count(*) from sales_order)::int as orders, (select count(*) from order_line)::int as lines',
  );
  const kinds = await asksOf(company);
  const server = spawn(process.execPath, [fileURLToPath(import.meta.url), '--role=server'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  server.send({ config: company.database.config, secret: company.secret });
  const [url] = (await once(server, 'message')) as [string];
  const clients = Array.from({ length: Number(values.clients) }, () => client(url, key));
  for (let n = 0; n < kinds.size * 20; n++) await (clients[n % clients.length] as Client).ask(pick(kinds, 50_000 + n));
  const quiet = await alone(clients[0] as Client, kinds, 60);
  const all: Map<string, number[]>[] = [];
  for (let run = 0; run < runs; run++) all.push(await openLoop(clients, kinds, rate, seconds, run * rate * seconds));
  const most = await saturated(clients, kinds, Math.min(10, seconds));
  const { orders, lines } = count.rows[0] as { orders: number; lines: number };
  console.log(
    `${orders.toLocaleString('en')} orders, ${lines.toLocaleString('en')} lines; ${rate} requests/s in all from ${clients.length} clients, median of ${runs} × ${seconds} s; at most ${most.toFixed(0)} requests/s`,
  );
  for (const kind of kinds.keys()) {
    const sorted = all.map((times) => (times.get(kind) ?? []).sort((a, b) => a - b));
    const of = (part: number) => median(sorted.map((times) => at(times, part)));
    const goal = GOALS.find(([words]) => words.test(kind))?.[1] ?? 0;
    const p99 = of(0.99);
    const still = at(quiet.get(kind) ?? [], 0.5).toFixed(1);
    console.log(
      `${p99 < goal ? 'ok  ' : 'OVER'} ${kind.padEnd(36)} p50 ${of(0.5).toFixed(1).padStart(6)}  p95 ${of(0.95).toFixed(1).padStart(6)}  p99 ${p99.toFixed(1).padStart(6)} ms  (goal ${goal}, n ${sorted[0]?.length}; alone p50 ${still})`,
    );
  }
  for (const one of clients) one.close();
  server.kill();
  await company.close();
}

await main();
