import { parentPort, workerData } from 'node:worker_threads';
import { makeCatalogue } from './catalogue.ts';
import { type Batch, gatherRows } from './copy.ts';
import { fillYear } from './fill.ts';
import type { YearMessage, YearWork } from './fill-apart.ts';
import { countsAt, planYear } from './year.ts';

const port = parentPort;
if (!port) throw new Error('year-worker.ts is a worker of fill-apart.ts');
const tell = (message: YearMessage, bytes: ArrayBuffer[] = []) => port.postMessage(message, bytes);

/** Batches that may be on their way: one is written while the next one waits and the one after it is made. */
const AHEAD = 2;
let ahead = 0;
let goOn: (() => void) | null = null;
port.on('message', () => {
  ahead--;
  goOn?.();
});

async function send(batch: Batch): Promise<void> {
  tell(
    { batch },
    [...batch.values()].map((rows) => rows.buffer),
  );
  ahead++;
  while (ahead >= AHEAD)
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
}

const { seed, now, scale, agents } = workerData as YearWork;
const gatherer = gatherRows(send);
const repeats = await fillYear({
  seed,
  now,
  counts: countsAt(scale),
  plan: planYear(seed, now, scale),
  catalogue: makeCatalogue(seed, now),
  agents,
  copier: gatherer,
  onProgress: (done) => tell({ done }),
});
await gatherer.finish();
tell({ repeats });
port.close();
