import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, inject, test } from 'vitest';
import type { DatabaseConfig } from '#platform/db.ts';
import { runSql, withDatabase } from '#platform/testing-server.ts';
import { ROOT } from './open-company.ts';

const scratch = mkdtempSync(join(tmpdir(), 'haedap-start-test-'));
chmodSync(scratch, 0o711);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Ended = { code: number | null; said: string };

/** `npx haedap <args>` as a person types it, until it ends. */
async function haedap(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, 'bin', 'haedap.mjs'), ...args], {
    env: { ...process.env, DATABASE_URL: '', HAEDAP_DATA: join(scratch, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await once(child, 'exit')) as [number | null];
  return { code, said: (await said).join('') };
}

const start = (env: Record<string, string> = {}, ...args: string[]) =>
  haedap(['start', '--no-sample', '--no-simulator', '--port', '0', ...args], env);

/** One clear message: both languages, its code, no stack; and the exit code of a failure. */
function expectFault({ code, said }: Ended, name: string, exitCode = 1): void {
  expect(said).toMatch(new RegExp(`[가-힣].*\\n[\\s\\S]*[a-z][\\s\\S]*\\(${name}\\)\\n$`));
  expect(said).not.toMatch(/\n\s+at /);
  expect(code).toBe(exitCode);
}

const asUrl = (config: DatabaseConfig): string =>
  'connectionString' in config
    ? config.connectionString
    : `postgresql://${config.user}:${config.password}@/${config.database}?host=${encodeURIComponent(config.socketFolder)}`;

test('an unknown option is refused with those that exist, and nothing is made', async () => {
  expectFault(await start({}, '--simulate'), 'unknown_option', 2);
  expectFault(await start({}, '--port', '70000'), 'unknown_option', 2);
  expectFault(await haedap(['doctor', '--jsn']), 'unknown_option', 2);
  expect(readdirSync(scratch)).toEqual([]);
});

test('a port that is taken is said before anything is made', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const ended = await start({}, '--port', String(port));
  expectFault(ended, 'port_taken');
  expect(ended.said).toContain(`--port ${port + 1}`);
  expectFault(await start({}, '--host', '203.0.113.9'), 'host_unknown');
  expect(readdirSync(scratch)).toEqual([]);
  other.close();
});

test('a data folder that cannot be written is refused', async () => {
  writeFileSync(join(scratch, 'file'), '');
  expectFault(await start({ HAEDAP_DATA: join(scratch, 'file', 'data') }), 'data_folder_unwritable');
  rmSync(join(scratch, 'file'));
});

test.skipIf(process.getuid?.() === 0)("somebody else's data folder is refused", async () => {
  mkdirSync(join(scratch, 'closed'), { mode: 0o500 });
  expectFault(await start({ HAEDAP_DATA: join(scratch, 'closed') }), 'data_folder_unwritable');
  expect(readdirSync(join(scratch, 'closed'))).toEqual([]);
});

test('a data folder of a newer version is refused and left as it was', async () => {
  const folder = join(scratch, 'newer');
  mkdirSync(folder);
  writeFileSync(join(folder, 'haedap.json'), '{"format":99,"version":"9.0.0"}');
  expectFault(await start({ HAEDAP_DATA: folder }), 'data_folder_newer');
  expect(readdirSync(folder)).toEqual(['haedap.json']);
});

test('a clock before the last run is refused', async () => {
  const folder = join(scratch, 'clock');
  mkdirSync(folder);
  writeFileSync(join(folder, 'haedap.json'), '{"format":1,"version":"0.1.0"}');
  writeFileSync(join(folder, 'clock'), String(Date.now() + 3_600_000));
  expectFault(await start({ HAEDAP_DATA: folder }), 'clock_wrong');
  expect(existsSync(join(folder, 'postgres'))).toBe(false);
});

test('a DATABASE_URL that is wrong, unreachable, without its database or login is told apart', async () => {
  const { config } = inject('testServer');
  expectFault(await start({ DATABASE_URL: 'mysql://localhost/haedap' }), 'database_url_wrong');
  expectFault(await start({ DATABASE_URL: 'postgresql://u:p@127.0.0.1:9/haedap' }), 'database_unreachable');
  expectFault(await start({ DATABASE_URL: 'postgresql://u:p@db.invalid/haedap' }), 'database_unreachable');
  expectFault(await start({ DATABASE_URL: asUrl(withDatabase(config, 'nowhere')) }), 'database_missing');
  const wrong = asUrl(config).replace(/:\/\/([^:]+):[^@]*@/, '://$1:guess-of-a-password@');
  const refused = await start({ DATABASE_URL: wrong });
  expectFault(refused, 'database_login');
  expect(refused.said).not.toContain('guess-of-a-password');
  expect(existsSync(join(scratch, 'data'))).toBe(false);
});

test('a locale in which Hangul are no letters, and an encoding that cannot hold them, are refused', async () => {
  const { config, template } = inject('testServer');
  for (const [name, options, code] of [
    ['c', "encoding 'UTF8' locale 'C'", 'database_locale'],
    ['ascii', "encoding 'SQL_ASCII' locale 'C'", 'database_encoding'],
  ] as const) {
    const database = `${template}_${name}`;
    await runSql(config, `create database ${database} ${options} template template0`);
    expectFault(await start({ DATABASE_URL: asUrl(withDatabase(config, database)) }), code);
    const tables = await runSql(withDatabase(config, database), `select 1 from pg_tables where schemaname = 'public'`);
    expect(tables).toEqual([]);
  }
});

test('a secret that is too short is refused', async () => {
  expectFault(await start({ HAEDAP_SECRET: 'short' }), 'secret_too_short');
});
