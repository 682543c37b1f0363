import type { Tell } from '#platform/fault.ts';
import type { Words } from '#platform/operation.ts';

const WIDTH = 24;
const BAR_EVERY_MS = 100;

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
export const both = ({ ko, en }: Words): string => (ko === en ? ko : `${ko} · ${en}`);

/** Writes a line about what is being done, on standard output. */
export const tellLine: Tell = (line) => void process.stdout.write(`  ${both(line)}\n`);

/** Runs a part of the start and writes how long it took. */
export async function step<T>(words: Words, run: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await run();
  process.stdout.write(`  ${both(words)} (${seconds(performance.now() - began)})\n`);
  return result;
}

/** A progress bar (0–1) on a terminal; elsewhere a line at each quarter. */
export function progressBar(
  words: Words,
  out: NodeJS.WriteStream = process.stdout,
): (done: number, note?: string) => void {
  let drawn = 0;
  let quarter = 0;
  return (done, note = '') => {
    const percent = Math.min(100, Math.floor(done * 100));
    if (!out.isTTY) {
      if (Math.floor(percent / 25) <= quarter) return;
      quarter = Math.floor(percent / 25);
      out.write(`  ${both(words)} ${percent}%\n`);
      return;
    }
    if (done < 1 && performance.now() - drawn < BAR_EVERY_MS) return;
    drawn = performance.now();
    const full = Math.round((percent / 100) * WIDTH);
    const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
    out.write(`\r\x1b[K  ${both(words)} ${bar} ${percent}% ${note}${done >= 1 ? '\n' : ''}`);
  };
}
