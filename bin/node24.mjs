// Plain JavaScript that an old Node can run: it finds Node 24, which came with `npm ci`, and hands over to it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST = 24;
/** On a large machine V8 takes 130 MB for young objects alone; 16 MB a half are enough for a server (`npm start` says it too). */
const SMALL_YOUNG = '--max-semi-space-size=16';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

function refuse() {
  console.error(
    [
      `Haedap은 Node.js ${OLDEST} 이상에서 실행됩니다. 지금은 ${process.version}입니다.`,
      'Linux라면 Haedap 폴더에서 `npm ci`를 다시 실행하세요(--omit=optional 없이): Node 24가 함께 설치됩니다. 그 밖에는 https://nodejs.org 에서 받으세요.',
      `Haedap runs on Node.js ${OLDEST} or later; this is ${process.version}.`,
      'On Linux run `npm ci` in the folder of Haedap again (without --omit=optional): it brings Node 24. Elsewhere get it from https://nodejs.org.',
    ].join('\n'),
  );
  process.exitCode = 1;
}

function handOver(node) {
  const child = spawn(node, [SMALL_YOUNG, ...process.argv.slice(1)], { stdio: 'inherit' });
  // The one below decides when it ends: it may have requests to finish.
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  child.on('error', refuse);
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    for (const name of SIGNALS) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

/** Runs `main` when this is Node 24 or later; else the same program once more on the Node 24 of `npm ci`. */
export function onNode24(main) {
  const own = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (Number(process.versions.node.split('.')[0]) >= OLDEST) return main();
  return existsSync(own) ? handOver(own) : refuse();
}
