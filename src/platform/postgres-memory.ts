import { readdirSync, statSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';

const MB = 1_048_576;
/** Enough for one machine with 1–50 agents: the server as a whole stays below 500 MB. */
const LEAST_BUFFERS_MB = 128;

/**
 * Memory settings of a server for a database of `dataBytes` on a machine of `ramBytes`: an eighth of the data, at most
 * an eighth of the machine, in powers of two so that they stay the same from start to start. The system's own cache
 * holds the rest, but each page from there costs a call: at 17 GB of data a search by name took twice the time.
 */
export function memoryFor(
  dataBytes: number,
  ramBytes: number,
): { shared_buffers: string; effective_cache_size: string } {
  const wanted = Math.min(dataBytes, ramBytes) / 8 / MB;
  const buffers = Math.max(LEAST_BUFFERS_MB, 2 ** Math.floor(Math.log2(Math.max(1, wanted))));
  const cache = Math.max(512, 2 ** Math.floor(Math.log2(ramBytes / 2 / MB)));
  return { shared_buffers: `${buffers}MB`, effective_cache_size: `${cache}MB` };
}

/** Bytes of all files below a folder; 0 when there is none. */
export function bytesIn(folder: string): number {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
  } catch {
    // Made at the first start, or a file went while its size was asked for.
    return 0;
  }
}

/** What this process may use: the machine's memory, or its container's share. */
export function machineBytes(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}
