import { existsSync } from 'node:fs';
import { createServer as createProbe } from 'node:net';
import type { Logger } from 'pino';
import { connectorSettings } from '#connectors/settings.ts';
import { SYSTEM } from '#platform/actors.ts';
import { watchClock } from '#platform/clock.ts';
import { dataPath, folderAt } from '#platform/data-folder.ts';
import {
  checkServer,
  connectFault,
  isConnectionError,
  parseDatabaseUrl,
  serverFacts,
} from '#platform/database-check.ts';
import type { Database } from '#platform/db.ts';
import { describeFault, errorCode, Fault, type Tell } from '#platform/fault.ts';
import { refuseHeld } from '#platform/folder-lock.ts';
import { openLog } from '#platform/log.ts';
import { newId } from '#platform/values.ts';
import type { CliCommand } from './cli.ts';
import { type Company, openCompany, openFolder, ROOT } from './open-company.ts';
import { portOf, readOptions } from './options.ts';
import { both, seconds, step, tellLine } from './progress.ts';
import { loadApart } from './sample.ts';
import type { Server } from './server.ts';
import { version } from './version.ts';
import { ensureWeb } from './web-build.ts';

export type StartOptions = { port: number; host: string; sample: boolean; simulator: boolean };
export type Started = { url: string; company: Company; stop: () => Promise<void> };

/** A stop that takes longer is cut short: what was committed is safe, the database recovers by itself. */
const STOP_MS = 30_000;

function portTaken(port: number, host: string, cause: unknown): Fault {
  const denied = errorCode(cause) === 'EACCES';
  if (errorCode(cause) === 'EADDRNOTAVAIL' || errorCode(cause) === 'ENOTFOUND') {
    return new Fault('host_unknown', {
      ko: `이 컴퓨터에는 ${host}라는 주소가 없습니다. --host를 확인하세요(기본 127.0.0.1, 모든 주소는 0.0.0.0).`,
      en: `This computer has no address ${host}. Check --host (127.0.0.1 unless given; 0.0.0.0 for all).`,
    });
  }
  return new Fault('port_taken', {
    ko: denied
      ? `${port}번 포트는 이 사용자가 열 수 없습니다. --port로 1024 이상의 포트를 지정하세요.`
      : `${host}의 ${port}번 포트를 다른 프로그램이 쓰고 있습니다. 그 프로그램을 끝내거나 다른 포트로 시작하세요: npm start -- --port ${port + 1}`,
    en: denied
      ? `This user may not open port ${port}. Name a port from 1024 on with --port.`
      : `Port ${port} of ${host} is used by another program. End that program, or start on another port: npm start -- --port ${port + 1}`,
  });
}

/** Finds out early, before anything is changed. Faults: `port_taken`, `host_unknown`. */
async function checkPort(port: number, host: string): Promise<void> {
  const probe = createProbe();
  await new Promise<void>((done, fail) => {
    probe.once('error', (error) => fail(portTaken(port, host, error)));
    probe.listen(port, host, () => probe.close(() => done()));
  });
}

function optionsOf(argv: string[]): StartOptions {
  const { values } = readOptions(argv, {
    port: { type: 'string', default: process.env.HAEDAP_PORT || '3000' },
    host: { type: 'string', default: process.env.HAEDAP_HOST || '127.0.0.1' },
    sample: { type: 'boolean', default: true },
    simulator: { type: 'boolean', default: true },
  });
  return { port: portOf(values.port), host: values.host, sample: values.sample, simulator: values.simulator };
}

/**
 * What can be known before anything is made: port, running Haedap, DATABASE_URL. A second start on the same folder
 * finds the port taken too; the folder is the better reason.
 */
async function lookAhead({ port, host }: StartOptions): Promise<void> {
  connectorSettings(process.env);
  const url = process.env.DATABASE_URL;
  const path = dataPath(ROOT);
  if (!url && existsSync(path)) await refuseHeld(folderAt(path));
  await checkPort(port, host);
  if (url) checkServer(await serverFacts(parseDatabaseUrl(url)), new Date());
}

/** The sample people have one password; a real company's people have their own. */
async function tellSamplePeople({ database }: Company): Promise<void> {
  const { samplePassword } = await import('../../sample/load.ts');
  const password = await samplePassword(database);
  if (!password) return;
  const people = ['admin', 'head', 'manager1', 'agent1', 'planner'].map((name) => `${name}@haedap.example`);
  tellLine({ ko: `로그인: ${people.join(', ')} …`, en: 'sign in' });
  tellLine({ ko: `비밀번호: ${password}`, en: 'password of all sample people' });
}

/**
 * Starts Haedap: data folder, database, migrations, sample company when the database is empty, screens when they are
 * stale, then the server. Says each step on standard output. Faults: those of each part; what was started before is
 * stopped again.
 */
export async function start(options: StartOptions): Promise<Started> {
  process.stdout.write(`Haedap ${version}\n`);
  await lookAhead(options);
  const folder = openFolder();
  tellLine({ ko: `데이터 폴더 ${folder.path}`, en: 'data folder' });
  const company = await step({ ko: '데이터베이스', en: 'database' }, () =>
    openCompany({ purpose: 'haedap start', tell: tellLine, share: false, folder }),
  );
  try {
    const web = ensureWeb(ROOT); // beside the sample: each has a core of its own
    web.catch(() => undefined); // awaited below, where its fault is told
    if (options.sample) await loadApart(company);
    const { folder: webFolder } = await step({ ko: '화면', en: 'screens' }, () => web);
    return await serve(company, options, webFolder);
  } catch (error) {
    await company.close();
    throw isConnectionError(error) ? connectFault(error, company.database.config) : error;
  }
}

async function serve(company: Company, options: StartOptions, webFolder: string): Promise<Started> {
  const { folder, database, secret, postgres } = company;
  const { port, host } = options;
  const logger = openLog(folder.file('log/haedap.log'));
  const told: Tell = (line) => {
    logger.warn(line.en);
    tellLine(line);
  };
  const baseUrl = process.env.HAEDAP_URL || `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const trustProxy = process.env.HAEDAP_TRUST_PROXY || undefined;
  const anchorFile = folder.file('audit-anchor');
  const connectors = connectorSettings(process.env);
  const { createServer } = await import('./server.ts'); // most of the program: a fault before it is told sooner
  const server = await createServer({
    ...{ database, secret, logger, baseUrl, webFolder, anchorFile, trustProxy, connectors },
  });
  const clock = watchClock(folder, told);
  const address = await listen(server, port, host);
  const url = process.env.HAEDAP_URL || address;
  postgres?.lock.update({ url });
  await tellSetUpCode(database);
  const stopSimulator = options.simulator ? await simulate(company, server, logger, connectors.tracker === null) : null;
  const stop = async () => {
    clock.stop();
    await stopSimulator?.();
    await server.stop();
    await company.close();
  };
  postgres?.onLost((fault) => {
    logger.fatal(fault.message);
    process.stderr.write(`${describeFault(fault)}\n`);
    process.exit(fault.exitCode);
  });
  return { url, company, stop };
}

/** The sample company's day goes on; a real company has no simulator. */
async function simulate(
  { database }: Company,
  { pipeline }: Server,
  logger: Logger,
  parcels: boolean,
): Promise<() => Promise<void>> {
  const { startSimulator } = await import('../../sample/simulator.ts');
  const onError = (error: unknown) => logger.error({ err: error }, 'the simulator failed');
  const run = (operation: string, input: object, key: string) =>
    pipeline.execute({ operation, input, actor: SYSTEM, language: 'ko', requestId: newId(), key });
  return startSimulator({ db: database, run, onError, parcels });
}

/** Nobody has an account yet: whoever sees this terminal may set the company up. */
async function tellSetUpCode(database: Database): Promise<void> {
  const { openSetUp } = await import('#accounts/server/set-up.ts');
  const code = await openSetUp(database.write);
  if (code) tellLine({ ko: `회사 설정 코드 ${code} (처음 여는 화면에 입력하세요)`, en: 'set-up code of the company' });
}

async function listen(server: Server, port: number, host: string): Promise<string> {
  try {
    return await server.listen(port, host);
  } catch (error) {
    await server.stop();
    throw errorCode(error) ? portTaken(port, host, error) : error;
  }
}

/** Ends when SIGINT or SIGTERM comes: at once for the screens, after their answers for requests. */
function untilSignal({ stop }: Started): Promise<number> {
  return new Promise((done) => {
    let stopping = 0;
    const onSignal = () => {
      // npm, a shell and haedap.mjs may each pass the same Ctrl+C on.
      if (stopping > 0 && performance.now() - stopping < 1_000) return;
      if (stopping > 0) return done(130);
      stopping = performance.now();
      process.stdout.write(`  ${both({ ko: '끝내는 중 …', en: 'stopping …' })}\n`);
      setTimeout(() => done(1), STOP_MS).unref();
      stop().then(
        () => done(0),
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
          done(1);
        },
      );
    };
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, onSignal);
  });
}

/** `haedap start`. */
export const startCommand: CliCommand = async (argv) => {
  const options = optionsOf(argv);
  const began = performance.now();
  const started = await start(options);
  const ms = seconds(performance.now() - began);
  process.stdout.write(`\n  ${both({ ko: '여기를 여세요', en: 'open' })}: ${started.url}  (${ms})\n`);
  await tellSamplePeople(started.company);
  process.exit(await untilSignal(started));
};
