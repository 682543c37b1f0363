import { connect, createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataFolder } from './data-folder.ts';
import { errorCode, Fault } from './fault.ts';

/** What the process that holds a data folder says about itself. */
export type Holder = { pid: number; purpose: string; url: string | null };
export type FolderLock = { update: (holder: Partial<Holder>) => void; release: () => Promise<void> };

/** How long a killed process may take to disappear. */
const DYING_MS = 5_000;

/**
 * The lock is a socket in Linux's abstract namespace: the kernel gives it to one process and takes it back at that
 * process's death, so that nothing stale can remain. Whoever connects is told who holds it.
 */
const nameOf = (folder: DataFolder): string => `\0haedap-${folder.hash}`;

function listen(server: Server, name: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(name, () => done());
  });
}

/** Who holds the folder now, or null. */
export function holderOf(folder: DataFolder): Promise<Holder | null> {
  return new Promise((done) => {
    let said = '';
    const socket = connect(nameOf(folder));
    socket.setTimeout(2_000, () => socket.destroy());
    socket.setEncoding('utf8');
    socket.on('data', (part) => {
      said += part;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => done(parseHolder(said)));
  });
}

function parseHolder(said: string): Holder | null {
  try {
    return JSON.parse(said) as Holder;
  } catch {
    return null;
  }
}

function held(folder: DataFolder, holder: Holder | null): Fault {
  const who = holder ? `${holder.purpose}, pid ${holder.pid}${holder.url ? `, ${holder.url}` : ''}` : 'haedap';
  return new Fault('already_running', {
    ko: `데이터 폴더 ${folder.path}는 이미 실행 중인 Haedap이 쓰고 있습니다(${who}). 그것을 쓰거나 먼저 끝내세요. 다른 폴더로 하나 더 시작하려면 HAEDAP_DATA를 지정하세요.`,
    en: `The data folder ${folder.path} is in use by a Haedap that is already running (${who}). Use that one, or end it first. For a second one, name another folder with HAEDAP_DATA.`,
  });
}

/** Refuses when a process holds the folder. Fault: `already_running`. */
export async function refuseHeld(folder: DataFolder): Promise<void> {
  const holder = await holderOf(folder);
  if (holder) throw held(folder, holder);
}

/** Takes the data folder for this process. Fault: `already_running`, naming who has it. */
export async function lockFolder(folder: DataFolder, purpose: string): Promise<FolderLock> {
  const holder: Holder = { pid: process.pid, purpose, url: null };
  const deadline = performance.now() + DYING_MS;
  for (;;) {
    const server = await take(folder, holder);
    if (server) {
      return {
        update: (more) => Object.assign(holder, more),
        release: () => new Promise((done) => server.close(() => done())),
      };
    }
    // A process that was killed a moment ago holds the name, but answers no more.
    const other = await holderOf(folder);
    if (other || performance.now() > deadline) throw held(folder, other);
    await sleep(50);
  }
}

async function take(folder: DataFolder, holder: Holder): Promise<Server | null> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end(JSON.stringify(holder));
  });
  try {
    await listen(server, nameOf(folder));
  } catch (error) {
    if (errorCode(error) === 'EADDRINUSE') return null;
    throw error;
  }
  return server.unref();
}
