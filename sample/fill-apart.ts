import { Worker } from 'node:worker_threads';
import type { Batch } from './copy.ts';
import type { Repeats } from './measure.ts';
import type { Agent } from './ticket-world.ts';

export type YearWork = {
  seed: number;
  now: number;
  scale: number;
  agents: { own: Agent[]; outsourced: Agent[] };
};
export type YearMessage = { batch: Batch } | { done: number } | { repeats: Repeats };

/**
 * Makes the company's year in a thread of its own, so that it is made while PostgreSQL writes: one thread for both would
 * leave the connection waiting whenever rows are made. `write`: takes each batch, one after another.
 */
export async function fillApart(
  work: YearWork,
  write: (batch: Batch) => Promise<void>,
  onProgress: (done: number) => void,
): Promise<Repeats> {
  const worker = new Worker(new URL('./year-worker.ts', import.meta.url), { workerData: work });
  try {
    return await new Promise<Repeats>((resolve, reject) => {
      let writing: Promise<void> = Promise.resolve();
      let made = false;
      worker.on('error', reject);
      worker.on('exit', (code) => {
        if (!made) reject(new Error(`The thread of the sample year ended early (${code})`));
      });
      worker.on('message', (message: YearMessage) => {
        if ('done' in message) onProgress(message.done);
        else if ('repeats' in message) {
          made = true;
          writing.then(() => resolve(message.repeats), reject);
        } else {
          writing = writing.then(() => write(message.batch));
          writing.then(() => worker.postMessage('written'), reject);
        }
      });
    });
  } finally {
    await worker.terminate();
  }
}
