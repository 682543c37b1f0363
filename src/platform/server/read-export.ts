import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { handle } from '../context.ts';
import { audit } from '../contract/audit.ts';
import { notFound, refuse } from '../operation.ts';
import { readsEverywhere } from './audit-store.ts';
import { jobById } from './job-store.ts';

const MOST_BYTES = 1_000_000;

/** One part of an exported file, at most 1 MB, cut at a line's end. */
export const readExport = (filesFolder: string) =>
  handle(audit.operations.readExport, async (ctx, { jobId, offset }) => {
    if (!readsEverywhere(ctx.actor)) return refuse('scope_limited', {});
    const job = await jobById(ctx.db, jobId);
    if (job?.name !== 'audit.export') return notFound();
    if (job.state !== 'done') return refuse('not_ready', {});
    const name = basename(String(job.result?.file ?? ''));
    const part = await readPart(join(filesFolder, 'exports', name), offset);
    if (!part) return refuse('file_gone', {});
    const mediaType = name.endsWith('.csv') ? 'text/csv; charset=utf-8' : 'application/x-ndjson';
    return { name, mediaType, ...part };
  });

async function readPart(file: string, offset: number) {
  const handle = await open(file).catch(() => null);
  if (!handle) return null;
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, offset);
    const end = offset + bytesRead;
    // A line longer than a part is cut where it is; UTF-8 is cut at a line's end only.
    const lineEnd = end < size ? buffer.lastIndexOf(0x0a, bytesRead - 1) + 1 : bytesRead;
    const taken = lineEnd > 0 ? lineEnd : bytesRead;
    const next = offset + taken;
    return { bytes: size, text: buffer.toString('utf8', 0, taken), next: next < size ? next : null };
  } finally {
    await handle.close();
  }
}
