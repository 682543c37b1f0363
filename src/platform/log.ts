import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { destination, type Logger, pino } from 'pino';

const LIMIT_BYTES = 20_000_000;
const LOOK_EVERY_MS = 60_000;

/**
 * The structured log, one JSON object a line, in `file`; `HAEDAP_LOG=-` sends it to standard output. At 20 MB the file
 * becomes `<file>.1`. Addresses of requests hold no personal data (every operation is a POST); bodies, headers and
 * row values are never logged.
 */
export function openLog(file: string, level = process.env.HAEDAP_LOG_LEVEL ?? 'info'): Logger {
  const redact = { paths: ['req.headers', 'res.headers', 'err.detail', 'err.where', 'err.parameters'], remove: true };
  const settings = { level, redact, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime };
  if (process.env.HAEDAP_LOG === '-') return pino(settings, destination({ dest: 1, sync: false }));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  turnOver(file);
  const out = destination({ dest: file, sync: false, mode: 0o600 });
  setInterval(() => turnOver(file) && out.reopen(), LOOK_EVERY_MS).unref();
  return pino(settings, out);
}

function turnOver(file: string): boolean {
  if (!existsSync(file) || statSync(file).size < LIMIT_BYTES) return false;
  renameSync(file, `${file}.1`);
  return true;
}
