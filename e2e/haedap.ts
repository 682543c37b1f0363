import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROGRAM = join(ROOT, 'bin/haedap.mjs');
/** Enough for every screen to have something on it, little enough to be there in some seconds. */
const SCALE = '0.02';
const READY_MS = 120_000;

export type Running = { base: string; password: string; data: string; stop: () => Promise<void> };

/** A real Haedap with a small sample company in a folder of its own, as `npm start` runs it; the web is built if stale. */
export async function startHaedap(): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'haedap-screens-'));
  const env = { ...process.env, HAEDAP_DATA: join(folder, 'data'), DATABASE_URL: '', HAEDAP_PORT: '' };
  await promisify(execFile)(process.execPath, [PROGRAM, 'sample', '--scale', SCALE], { env, cwd: ROOT });
  const args = [PROGRAM, 'start', '--port', '0', '--no-simulator'];
  const server = spawn(process.execPath, args, { env, cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const { base, password } = await readiness(server);
  return {
    base,
    password,
    data: join(folder, 'data'),
    async stop() {
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
      removeData(join(folder, 'data'));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The address and the sample people's password, as the terminal tells them. */
function readiness(server: ChildProcess): Promise<{ base: string; password: string }> {
  return new Promise((found, fail) => {
    let said = '';
    const late = setTimeout(() => fail(new Error(`not ready after ${READY_MS} ms:\n${said}`)), READY_MS);
    const hear = (part: Buffer) => {
      said += part.toString();
      const base = /open: (http:\S+)/.exec(said)?.[1];
      const password = /비밀번호\D*?([a-z0-9]{4}(?:-[a-z0-9]{4})+)/.exec(said)?.[1];
      if (!base || !password) return;
      clearTimeout(late);
      found({ base, password });
    };
    server.stdout?.on('data', hear);
    server.stderr?.on('data', hear);
    server.once('exit', (code) => fail(new Error(`haedap start ended with ${code}:\n${said}`)));
  });
}

/** Under root the cluster lies elsewhere, and the data folder holds a pointer to it. */
function removeData(data: string): void {
  try {
    const place = readFileSync(join(data, 'postgres.path'), 'utf8').trim();
    if (place.startsWith('/var/lib/haedap/')) rmSync(place, { recursive: true, force: true });
  } catch {
    return;
  }
}
