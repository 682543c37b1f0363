// `npm test`: every suite that this machine can run, one after the other, each with its time, and a summary.
// A suite whose outside program is missing is named with how to get it; with HAEDAP_TEST_ALL=1 that is a failure.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onNode24, root } from './node24.mjs';

const ALL = process.env.HAEDAP_TEST_ALL === '1';
const scratch = mkdtempSync(join(tmpdir(), 'haedap-run-'));
const tool = (...path) => join(root, 'node_modules', ...path);

/** Runs a program of node_modules with Node 24; answers its exit code. */
function run(script, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.on('error', () => done(1));
    child.on('close', (code) => done(code ?? 1));
  });
}

const plain =
  (script, ...args) =>
  async () => {
    const failed = (await run(script, args)) !== 0;
    return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0 };
  };

/** The files that took longest, for whoever wants to make a suite faster. */
const slowest = (files) =>
  files
    .map(({ name, startTime, endTime }) => ({ name, seconds: (endTime - startTime) / 1000 }))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, 8)
    .map(({ name, seconds }) => `${name.slice(root.length + 1)} ${seconds.toFixed(1)} s`)
    .join(', ');

/** A vitest project, counted test by test. An error outside of any test counts as one that failed. */
const vitest = (project) => async (env) => {
  const report = join(scratch, `${project}-${Math.round(performance.now())}.json`);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  const code = await run(tool('vitest', 'vitest.mjs'), ['run', '--project', project, ...reporters], env);
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  console.log(`slowest: ${slowest(testResults)}`);
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = numFailedTests + brokenFiles;
  return {
    passed: numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  };
};

async function types() {
  for (const project of ['tsconfig.json', 'tsconfig.server.json']) {
    if ((await run(tool('typescript', 'bin', 'tsc'), ['--noEmit', '-p', project])) !== 0)
      return { passed: 0, failed: 1, skipped: 0 };
  }
  return { passed: 1, failed: 0, skipped: 0 };
}

async function build() {
  rmSync(join(root, 'dist', 'web'), { recursive: true, force: true });
  const { ensureWeb } = await import('../src/app/web-build.ts');
  try {
    await ensureWeb(root);
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.error(error.message);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Folder of the oldest PostgreSQL of this machine that Haedap supports: the newest is the embedded one. */
function debianPostgres() {
  const home = '/usr/lib/postgresql';
  const majors = existsSync(home) ? readdirSync(home).map(Number) : [];
  const usable = majors.filter((major) => major >= 15 && existsSync(join(home, String(major), 'bin', 'initdb')));
  return usable.length > 0 ? { major: Math.min(...usable), bin: join(home, String(Math.min(...usable)), 'bin') } : null;
}

async function roomsOnDebianPostgres() {
  const { major, bin } = debianPostgres();
  const { temporaryServer } = await import('../src/platform/testing-server.ts');
  const server = await temporaryServer('npm test', bin);
  const { user, password, database, socketFolder } = server.config;
  console.log(`PostgreSQL ${major} (${bin})`);
  try {
    const url = `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(socketFolder)}`;
    return await vitest('rooms')({ DATABASE_URL: url });
  } finally {
    await server.stop();
  }
}

const found = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const koreanFont = () => !found('fc-list') || spawnSync('fc-list', [':lang=ko'], { encoding: 'utf8' }).stdout !== '';

const needs = {
  postgres: { there: () => debianPostgres() !== null, get: 'apt-get install postgresql-15' },
  chromium: { there: () => existsSync('/usr/bin/chromium'), get: 'apt-get install chromium' },
  'mail servers': {
    there: () => found('/usr/sbin/dovecot') && found('/usr/sbin/postfix') && process.getuid?.() === 0,
    get: 'apt-get install dovecot-imapd postfix; postfix starts as root only',
  },
  fonts: { there: koreanFont, get: 'apt-get install fonts-noto-cjk' },
};

const SUITES = [
  { name: 'types', run: types },
  { name: 'lint', run: plain(tool('@biomejs', 'biome', 'bin', 'biome'), 'check', '--error-on-warnings') },
  { name: 'unused code', run: plain(tool('knip', 'bin', 'knip.js')) },
  { name: 'production build', run: build },
  { name: 'units', run: vitest('units'), budget: 60 },
  { name: 'rooms', run: vitest('rooms'), budget: 180 },
  { name: 'rooms on Debian PostgreSQL', run: roomsOnDebianPostgres, budget: 180, needs: ['postgres'] },
  { name: 'mail', run: vitest('mail'), budget: 60, needs: ['mail servers'] },
  { name: 'screens', run: vitest('screens'), budget: 240, needs: ['chromium', 'fonts'] },
];

async function runSuite(suite) {
  const missing = (suite.needs ?? []).filter((need) => !needs[need].there());
  console.log(`\n── ${suite.name}`);
  if (missing.length > 0) {
    const note = `needs ${missing.map((need) => `${need} (${needs[need].get})`).join(', ')}`;
    console.log(note);
    return { ...suite, seconds: 0, passed: 0, failed: ALL ? 1 : 0, skipped: ALL ? 0 : 1, note };
  }
  const began = performance.now();
  const counts = await suite.run({}).catch((error) => {
    console.error(error);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  return { ...suite, ...counts, seconds: (performance.now() - began) / 1000 };
}

function line({ name, seconds, budget, passed, failed, skipped, note }) {
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  const over = budget && seconds > budget ? `  over its budget of ${budget} s` : '';
  return `${failed > 0 ? '✗' : '✓'} ${name.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s  ${counts}${over}${note ? `  ${note}` : ''}`;
}

onNode24(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`No suite '${unknown.join("', '")}'. There are: ${SUITES.map((suite) => suite.name).join(', ')}`);
    process.exit(2);
  }
  const results = [];
  for (const suite of SUITES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    results.push(await runSuite(suite));
  }
  rmSync(scratch, { recursive: true, force: true });
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n${results.map(line).join('\n')}\n`);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
});
