import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, Fault } from '#platform/fault.ts';

/** Whatever can change the built web. */
const SOURCES = [
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'src/ui/**/*',
  'src/app/web/**/*',
  'src/*/web/**/*',
  'src/*/contract.ts',
  'src/*/contract/**/*',
  'src/*/rules/**/*',
  'src/platform/*.{ts,tsx}',
];
const MARK = '.sources';

/** A hash over the web's sources: the same sources give the same web. */
export function sourcesHash(root: string): string {
  const hash = createHash('sha256');
  const files = globSync(SOURCES, { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files)
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

function runVite(root: string, out: string): Promise<string | null> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!existsSync(vite)) return Promise.resolve('vite is not installed (npm ci without --omit=dev)');
  return new Promise((done) => {
    const args = [vite, 'build', '--outDir', out, '--emptyOutDir', '--logLevel', 'error'];
    const env = { ...process.env, NO_COLOR: '1', NODE_ENV: 'production' };
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
    child.on('error', (error) => done(error.message));
    child.on('close', (code) => done(code === 0 ? null : said.trim().slice(0, 1_000) || `exit code ${code}`));
  });
}

function failed(root: string, why: string): Fault {
  return new Fault('web_build_failed', {
    ko: `화면을 빌드하지 못했습니다. ${root} 폴더에 쓸 수 있는지 보고 \`npm ci\` 뒤에 다시 시작하세요.`,
    en: `The screens could not be built. Check that ${root} is writable, run \`npm ci\` and start again.\n${why}`,
  });
}

/** Whether `dist/web` was built from the sources as they are now. */
export function isWebFresh(root: string): boolean {
  const mark = join(root, 'dist', 'web', MARK);
  return existsSync(mark) && readFileSync(mark, 'utf8') === sourcesHash(root);
}

/**
 * The folder of the production web, built once and reused while its sources have not changed. A folder that may not
 * be written serves as it is when it is fresh. Fault: `web_build_failed`; the last build stays then.
 */
export async function ensureWeb(root: string): Promise<{ folder: string; built: boolean }> {
  const folder = join(root, 'dist', 'web');
  if (isWebFresh(root)) return { folder, built: false };
  const hash = sourcesHash(root);
  const draft = join(root, 'dist', `web.${process.pid}.tmp`);
  try {
    const why = await runVite(root, draft);
    if (why) throw failed(root, why);
    writeFileSync(join(draft, MARK), hash);
    replace(folder, draft);
  } catch (error) {
    if (error instanceof Fault || !(error instanceof Error) || !errorCode(error)) throw error;
    throw failed(root, error.message);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return { folder, built: true };
}

function replace(folder: string, draft: string): void {
  const old = `${draft}.old`;
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(draft, folder);
  rmSync(old, { recursive: true, force: true });
}
