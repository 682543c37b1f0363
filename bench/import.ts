/**
 * Import of order files: rows a second, core time and memory of a server that checks and imports a large file, beside a
 * bare COPY of the very rows that it wrote into tables with the same indexes, in the same run. Goals (issue 5): 100,000
 * rows at most 6 times that COPY; a million rows below 300 MB above the idle server.
 *
 *   node bench/import.ts [--rows 100000] [--format csv|xlsx] [--dry-run] [--again]
 *
 * `--again` imports the same file a second time: nothing may change.
 *
 * A PostgreSQL of its own in a temporary folder (fsync off), one server process with its jobs. Memory is the server's
 * resident set above what it held at rest. Core time is that of the server process and of PostgreSQL.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline as flow } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { from as copyFrom } from 'pg-copy-streams';
import { createRooms } from '#app/modules.ts';
import { orders } from '#orders/contract.ts';
import { writeXlsx } from '#orders/server/import/write-xlsx.ts';
import { SYSTEM } from '#platform/actors.ts';
import { type Database, type DatabaseConfig, openDatabase } from '#platform/db.ts';
import { startJobs } from '#platform/jobs.ts';
import { migrate } from '#platform/migrate.ts';
import { createPipeline } from '#platform/pipeline.ts';
import { createRegistry } from '#platform/registry.ts';
import { temporaryServer } from '#platform/testing-server.ts';
import { newId } from '#platform/values.ts';
import { bareCopy, coreOf, postgresCore } from './bare-copy.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    format: { type: 'string', default: 'csv' },
    'dry-run': { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
    serve: { type: 'string' },
  },
});
const HEADS = [
  ...['주문번호', '묶음배송번호', '옵션ID', '등록상품명', '등록옵션명', '노출상품ID', '업체상품코드', '구매수(수량)'],
  ...['옵션판매가(판매단가)', '결제액', '배송비', '주문일', '구매자', '구매자전화번호', '수취인이름', '수취인전화번호'],
  ...['우편번호', '수취인 주소', '배송메세지', '택배사', '운송장번호'],
];

/** Two rows an order, as 쿠팡 writes them; nearly every text of it different. */
function rowOf(n: number): string[] {
  const order = Math.floor(n / 2);
  const phone = `0504-${String(1_000 + (order % 9_000))}-${String(order % 10_000).padStart(4, '0')}`;
  const day = String(1 + (order % 28)).padStart(2, '0');
  const sku = `SKU-${n % 500}`;
  return [
    ...[
      `3${String(order).padStart(13, '0')}`,
      `6${String(order).padStart(17, '0')}`,
      `8${String(n).padStart(10, '0')}`,
    ],
    ...[`상품 ${n % 500}`, '블랙 M', `70${n % 500}`, sku, '1', '19900', '18900', '3000', `2026-10-${day} 10:00:00`],
    ...[
      `구매자${order}`,
      phone,
      `수취인${order}`,
      phone,
      '04790',
      `가온특별시 라온구 은하로 ${order} 110동 1호`,
      '문 앞',
      '',
      '',
    ],
  ];
}

async function* rowsOf(count: number): AsyncGenerator<string[]> {
  yield HEADS;
  for (let n = 0; n < count; n++) yield rowOf(n);
}
async function* linesOf(count: number): AsyncGenerator<string> {
  for await (const row of rowsOf(count)) yield `${row.join(',')}\n`;
}

/** The server: all rooms, their jobs, nothing else to do. */
async function serve(config: DatabaseConfig): Promise<void> {
  const database = openDatabase(config);
  const registry = createRegistry(createRooms());
  const pipeline = createPipeline({ database, registry });
  await startJobs({ database, pipeline, onProblem: (message, error) => console.error(message, error) });
  process.once('disconnect', () => process.exit(0)); // not killed: --cpu-prof writes at the end
  process.send?.('ready');
}

const residentOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
type Asked = (name: string, input: object) => Promise<Record<string, unknown>>;

type Host = { ask: Asked; server: ChildProcess; postgres: () => number; peak: { mb: number } };

async function wait({ ask, server, postgres, peak }: Host, id: string) {
  const pid = server.pid ?? 0;
  const started = performance.now();
  const before = { own: coreOf(pid), postgres: postgres() };
  for (let round = 0; ; round++) {
    peak.mb = Math.max(peak.mb, residentOf(pid));
    if (round % 10 === 0) {
      const it = await ask('orders.getImport', { import: id });
      if (it.state !== 'checking' && it.state !== 'importing') {
        const core = coreOf(pid) - before.own;
        return { it, seconds: (performance.now() - started) / 1_000, core, postgres: postgres() - before.postgres };
      }
    }
    await sleep(50);
  }
}

/** The texts of the file into a table of texts without any index: what reading it alone costs. */
async function copyOfTexts(database: Database, path: string): Promise<number> {
  const columns = HEADS.map((_, at) => `c${at} text`).join(', ');
  await sql.raw(`create table bare (${columns})`).execute(database.write);
  const client = await database.pool.connect();
  const started = performance.now();
  await flow(createReadStream(path), client.query(copyFrom('copy bare from stdin with (format csv, header)')));
  client.release();
  return (performance.now() - started) / 1_000;
}

async function main(): Promise<void> {
  const count = Number(values.rows);
  const folder = mkdtempSync(join(tmpdir(), 'haedap-bench-'));
  const postgres = await temporaryServer('bench/import');
  await migrate(postgres.config);
  const database = openDatabase(postgres.config);
  await sql`insert into mall (id, name_ko, name_en, short_ko, link, default_centre, sort_no)
    values ('coupang', '쿠팡', 'Coupang', '쿠팡', 'orders', 'own', 1)`.execute(database.write);
  const text = join(folder, 'orders.csv');
  if (values.format === 'csv' || !values['dry-run']) await flow(Readable.from(linesOf(count)), createWriteStream(text));
  const file = values.format === 'csv' ? text : join(folder, 'orders.xlsx');
  if (file !== text) await flow(Readable.from(writeXlsx('Delivery', rowsOf(count))), createWriteStream(file));
  const server = spawn(
    process.execPath,
    ['--max-semi-space-size=16', import.meta.filename, '--serve', JSON.stringify(postgres.config)],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  try {
    await once(server, 'message');
    await sleep(3_000);
    await measure(database, server, file, text, count);
  } finally {
    const gone = once(server, 'exit');
    server.disconnect();
    await gone;
    await database.close();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  database: Database,
  server: ChildProcess,
  file: string,
  text: string,
  count: number,
): Promise<void> {
  const registry = createRegistry(createRooms());
  const pipeline = createPipeline({ database, registry });
  const ask: Asked = async (operation, input) => {
    const { status, body } = await pipeline.execute({
      operation,
      input,
      actor: SYSTEM,
      language: 'ko',
      requestId: newId(),
    });
    if (status !== 200) throw new Error(`${operation}: ${JSON.stringify(body)}`);
    return body as Record<string, unknown>;
  };
  const idle = residentOf(server.pid ?? 0);
  const host: Host = { ask, server, postgres: await postgresCore(database), peak: { mb: idle } };
  console.log(`${values.format} ${(statSync(file).size / 1e6).toFixed(1)} MB, ${count} rows`);
  const runs = await whole(host, file, count);
  if (!values['dry-run']) {
    const copied = await bareCopy(database);
    const seconds = runs.reduce((sum, run) => sum + run.seconds, 0);
    const core = runs.reduce((sum, run) => sum + run.core + run.postgres, 0);
    console.log(
      `bare COPY  ${copied.seconds.toFixed(2)} s, ${copied.core.toFixed(2)} s of cores: the rows it wrote, same indexes`,
    );
    console.log(
      `           dry run and import ${(seconds / copied.seconds).toFixed(2)} times that, by core time ${(core / copied.core).toFixed(2)}; import alone ${((runs[1]?.seconds ?? 0) / copied.seconds).toFixed(2)} (goal 6)`,
    );
    console.log(
      `text COPY  ${(await copyOfTexts(database, text)).toFixed(2)} s: the file's texts, no index, nothing read of them`,
    );
    if (values.again) await whole(host, file, count);
  }
  const { mb } = host.peak;
  console.log(
    `memory     ${Math.round(idle)} MB at rest, at most ${Math.round(mb)} MB: ${Math.round(mb - idle)} MB above (goal 300)`,
  );
}

type Run = Awaited<ReturnType<typeof wait>>;

/** Sends a file, checks it and, unless only the dry run is wanted, imports it. */
async function whole(host: Host, file: string, count: number): Promise<Run[]> {
  const { ask } = host;
  const { id, partBytes } = (await ask(orders.operations.beginImport.name, {
    name: 'bench',
    bytes: statSync(file).size,
  })) as { id: string; partBytes: number };
  let part = 0;
  for await (const bytes of createReadStream(file, { highWaterMark: partBytes }))
    await ask('orders.addImportPart', { import: id, part: part++, content: (bytes as Buffer).toString('base64') });
  const runs: Run[] = [];
  for (const [what, operation] of [
    ['dry run', 'orders.checkImport'],
    ['import', 'orders.startImport'],
  ] as const) {
    await ask(operation, { import: id });
    const run = await wait(host, id);
    runs.push(run);
    const { seconds, core, postgres } = run;
    console.log(
      `${what.padEnd(10)} ${seconds.toFixed(1)} s, ${core.toFixed(1)} s of a core in the server, ${postgres.toFixed(1)} s in PostgreSQL, ${Math.round(count / seconds)} rows/s ${JSON.stringify(run.it.counts)}`,
    );
    if (values['dry-run']) break;
  }
  return runs;
}

if (values.serve) await serve(JSON.parse(values.serve) as DatabaseConfig);
else await main();
