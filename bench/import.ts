/**
 * Import of order files: rows a second, core time and memory of a server that checks and imports a large file, beside a
 * bare COPY of the same rows.
 *
 *   node bench/import.ts [--rows 100000] [--format csv|xlsx] [--dry-run]
 *
 * A PostgreSQL of its own in a temporary folder (fsync off), one server process with its jobs. Memory is the server's
 * resident set above what it held at rest. Core time is that of the server process; PostgreSQL's comes beside it.
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

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    format: { type: 'string', default: 'csv' },
    'dry-run': { type: 'boolean', default: false },
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
  process.send?.('ready');
}

const residentOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
const coreSecondsOf = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

type Asked = (name: string, input: object) => Promise<Record<string, unknown>>;

async function wait(ask: Asked, id: string, server: ChildProcess, peak: { mb: number }) {
  const pid = server.pid ?? 0;
  const started = performance.now();
  const core = coreSecondsOf(pid);
  for (let round = 0; ; round++) {
    peak.mb = Math.max(peak.mb, residentOf(pid));
    if (round % 10 === 0) {
      const it = await ask('orders.getImport', { import: id });
      if (it.state !== 'checking' && it.state !== 'importing')
        return { it, seconds: (performance.now() - started) / 1_000, core: coreSecondsOf(pid) - core };
    }
    await sleep(50);
  }
}

/** The same rows into a table without indexes; then every row that the import wrote into copies of its tables. */
async function bareCopy(database: Database, path: string): Promise<number> {
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
    server.kill('SIGKILL');
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
  const { id, partBytes } = (await ask(orders.operations.beginImport.name, {
    name: 'bench',
    bytes: statSync(file).size,
  })) as { id: string; partBytes: number };
  let part = 0;
  for await (const bytes of createReadStream(file, { highWaterMark: partBytes }))
    await ask('orders.addImportPart', { import: id, part: part++, content: (bytes as Buffer).toString('base64') });
  const peak = { mb: idle };
  await ask('orders.checkImport', { import: id });
  const check = await wait(ask, id, server, peak);
  const line = (what: string, { seconds, core }: { seconds: number; core: number }) =>
    console.log(
      `${what.padEnd(10)} ${seconds.toFixed(1)} s, ${core.toFixed(1)} s of a core in the server, ${Math.round(count / seconds)} rows/s`,
    );
  console.log(
    `${values.format} ${(statSync(file).size / 1e6).toFixed(1)} MB, ${count} rows: ${JSON.stringify(check.it.counts)}`,
  );
  line('dry run', check);
  if (!values['dry-run']) {
    await ask('orders.startImport', { import: id });
    const run = await wait(ask, id, server, peak);
    line('import', run);
    const copied = await bareCopy(database, text);
    console.log(
      `bare COPY  ${copied.toFixed(2)} s; dry run and import ${((check.seconds + run.seconds) / copied).toFixed(1)} times that`,
    );
    console.log(JSON.stringify(run.it.counts));
  }
  console.log(
    `memory     ${Math.round(idle)} MB at rest, at most ${Math.round(peak.mb)} MB: ${Math.round(peak.mb - idle)} MB above`,
  );
}

if (values.serve) await serve(JSON.parse(values.serve) as DatabaseConfig);
else await main();
