import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type DataFolder, folderAt } from '#platform/data-folder.ts';
import { runningPostgres } from '#platform/postgres.ts';
import { ROOT_LIBRARY } from '#platform/postgres-binaries.ts';
import { locateCluster, processesIn, writtenPid } from '#platform/postgres-cluster.ts';
import { runSql } from '#platform/testing-server.ts';

/** What is killed in a round. */
export type Victim = 'server' | 'postgres' | 'both';
export const VICTIMS: readonly Victim[] = ['server', 'postgres', 'both'];

export type KillReport = {
  rounds: { victim: Victim; acknowledged: number; resent: number; backMs: number }[];
  acknowledged: number;
  /** Acknowledged, but not in the database: must be empty. */
  lost: string[];
  /** In the database more than once: must be empty. */
  doubled: string[];
  /** In the database although nobody was told, nor could it be told on asking again: must be empty. */
  unknown: string[];
  /** Processes of the cluster after the last stop: must be empty. */
  orphans: number[];
  auditOk: boolean;
};

const HAEDAP = fileURLToPath(new URL('../bin/haedap.mjs', import.meta.url));
const WRITERS = 4;

type Site = { data: string; port: number; base: string; key: string };

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  return port;
}

function launch(site: Site): { child: ChildProcess; said: () => string } {
  const args = [HAEDAP, 'start', '--no-sample', '--no-simulator', '--port', String(site.port)];
  const env = { ...process.env, HAEDAP_DATA: site.data, DATABASE_URL: '' };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
  return { child, said: () => said };
}

async function ready(site: Site, withinMs = 120_000): Promise<void> {
  const end = performance.now() + withinMs;
  for (let good = 0; performance.now() < end; ) {
    const answer = await fetch(`${site.base}/readyz`).catch(() => null);
    // A server whose database was killed a moment ago may not have noticed yet.
    good = answer?.status === 200 ? good + 1 : 0;
    if (good === 3) return;
    await sleep(50);
  }
  throw new Error('Haedap did not become ready');
}

/** The command line beside the running server. */
async function cli(site: Site, ...args: string[]): Promise<Record<string, unknown>> {
  const child = spawn(process.execPath, [HAEDAP, ...args, '--json'], {
    env: { ...process.env, HAEDAP_DATA: site.data, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (part) => (said += part));
  await once(child, 'close');
  return JSON.parse(said) as Record<string, unknown>;
}

/** A company with one mall and an agent's key. */
async function setUp(site: Site, said: () => string): Promise<void> {
  while (!said().includes(site.base)) await sleep(50); // the address comes last
  const code = /(?:[a-z0-9]+-)+[a-z0-9]+(?= \()/.exec(said())?.[0];
  const company = {
    company: '시험 회사',
    name: '관리자',
    email: 'admin@example.com',
    password: 'a long pass phrase 7',
  };
  const answer = await fetch(`${site.base}/api/auth-setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site.base },
    body: JSON.stringify({ code, ...company }),
  });
  if (!answer.ok) throw new Error(`set-up: ${answer.status} ${await answer.text()}`);
  const connection = await runningPostgres(folderAt(site.data));
  if (!connection) throw new Error('the database does not run');
  await runSql(
    connection,
    `insert into mall (id, name_ko, name_en, short_ko, link, default_centre, sort_no)
     select 'own', '자사몰', 'Own mall', '자사', 'full', (select id from centre limit 1), 1`,
  );
  await cli(site, 'user', 'add', '--email', 'agent@example.com', '--name', '상담사', '--role', 'agent');
  site.key = String((await cli(site, 'key', 'create', '--email', 'agent@example.com')).key);
}

type Ledger = { acknowledged: Set<string>; open: Map<string, string>; stopped: boolean };

/** Sends one ticket; true once it is acknowledged, false when the outcome is unknown. */
async function send(site: Site, subject: string, idempotencyKey: string): Promise<boolean> {
  const input = {
    channel: 'form',
    mall: 'own',
    customer: { name: '시험 고객', phone: '010-0000-1234' },
    subject,
    text: '배송이 언제 되는지 궁금합니다.',
  };
  const answer = await fetch(`${site.base}/api/tickets.create`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${site.key}`,
      'idempotency-key': idempotencyKey,
    },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(20_000),
  }).catch(() => null);
  if (!answer || answer.status >= 500 || answer.status === 429) return false;
  const body = await answer.text().catch(() => null);
  if (body === null) return false;
  if (answer.status !== 200) throw new Error(`tickets.create: ${answer.status} ${body}`);
  return true;
}

async function writer(site: Site, ledger: Ledger): Promise<void> {
  while (!ledger.stopped) {
    const subject = `kill ${randomUUID()}`;
    const key = randomUUID();
    ledger.open.set(subject, key);
    if (await send(site, subject, key)) settle(ledger, subject);
    else await sleep(50);
  }
}

function settle(ledger: Ledger, subject: string): void {
  ledger.open.delete(subject);
  ledger.acknowledged.add(subject);
}

/** Asks again, with the same key, for everything whose outcome is unknown. */
async function resend(site: Site, ledger: Ledger): Promise<number> {
  const unknown = [...ledger.open];
  for (const [subject, key] of unknown) {
    for (let attempt = 0; !(await send(site, subject, key)); attempt += 1) {
      if (attempt > 100) throw new Error(`no answer to ${subject}`);
      await sleep(100);
    }
    settle(ledger, subject);
  }
  return unknown.length;
}

function kill(victim: Victim, child: ChildProcess, folder: DataFolder): void {
  const postmaster = writtenPid(locateCluster(folder));
  if (victim !== 'postgres') child.kill('SIGKILL');
  if (victim !== 'server' && postmaster) process.kill(postmaster, 'SIGKILL');
}

async function verdict(site: Site, ledger: Ledger) {
  const connection = await runningPostgres(folderAt(site.data));
  if (!connection) throw new Error('the database does not run');
  const rows = await runSql(connection, "select subject from ticket where subject like 'kill %'");
  const counts = new Map<string, number>();
  for (const { subject } of rows) counts.set(subject!, (counts.get(subject!) ?? 0) + 1);
  return {
    lost: [...ledger.acknowledged].filter((subject) => !counts.has(subject)),
    doubled: [...counts].filter(([, count]) => count > 1).map(([subject]) => subject),
    unknown: [...counts.keys()].filter((subject) => !ledger.acknowledged.has(subject)),
  };
}

/**
 * Kills Haedap, its PostgreSQL or both with SIGKILL under write load, again and again, and compares what was
 * acknowledged with what is there. Requests whose outcome is unknown are sent again with the same Idempotency-Key.
 */
export async function killRounds(victims: readonly Victim[], say: (line: string) => void): Promise<KillReport> {
  const data = mkdtempSync(join(tmpdir(), 'haedap-kill-'));
  chmodSync(data, 0o711);
  const port = await freePort();
  const site: Site = { data, port, base: `http://127.0.0.1:${port}`, key: '' };
  const folder = folderAt(data);
  let { child, said } = launch(site);
  const report: KillReport['rounds'] = [];
  const ledger: Ledger = { acknowledged: new Set(), open: new Map(), stopped: false };
  try {
    await ready(site);
    await setUp(site, said);
    for (const victim of victims) {
      const before = ledger.acknowledged.size;
      ledger.stopped = false;
      const writers = Promise.all(Array.from({ length: WRITERS }, () => writer(site, ledger)));
      await sleep(400 + Math.random() * 1_000);
      kill(victim, child, folder);
      const began = performance.now();
      ledger.stopped = true;
      if (victim !== 'postgres') {
        await once(child, 'exit');
        ({ child, said } = launch(site));
      }
      await ready(site);
      const backMs = Math.round(performance.now() - began);
      await writers;
      const resent = await resend(site, ledger);
      report.push({ victim, acknowledged: ledger.acknowledged.size - before, resent, backMs });
      say(
        `${victim}: ${ledger.acknowledged.size - before} acknowledged, ${resent} sent again, back after ${backMs} ms`,
      );
    }
    const found = await verdict(site, ledger);
    await sleep(1_500); // the sealer's turn
    const audit = await cli(site, 'audit', 'verify');
    await stop(child);
    const orphans = processesIn(locateCluster(folder));
    return { rounds: report, acknowledged: ledger.acknowledged.size, ...found, orphans, auditOk: audit.ok === true };
  } catch (error) {
    throw new Error(`${said()}\n${error instanceof Error ? error.message : error}`, { cause: error });
  } finally {
    child.kill('SIGKILL');
    for (const pid of processesIn(locateCluster(folder))) process.kill(pid, 'SIGKILL');
    rmSync(data, { recursive: true, force: true });
    rmSync(join(ROOT_LIBRARY, folder.hash), { recursive: true, force: true });
  }
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`Haedap ended with ${code}`);
}

/** `node bench/kill.ts [rounds]`, 20 unless told. */
if (import.meta.main) {
  const rounds = Number(process.argv[2] ?? 20);
  const victims = Array.from({ length: rounds }, (_, round) => VICTIMS[round % VICTIMS.length]!);
  const { rounds: _, ...summary } = await killRounds(victims, console.log);
  console.log(JSON.stringify(summary));
  const bad = summary.lost.length + summary.doubled.length + summary.unknown.length + summary.orphans.length;
  process.exitCode = bad > 0 || !summary.auditOk ? 1 : 0;
}
