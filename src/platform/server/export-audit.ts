import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { handle, type JobContext, type JobHandler } from '../context.ts';
import { audit } from '../contract/audit.ts';
import { refuse } from '../operation.ts';
import { csvHead, csvLine } from './audit-csv.ts';
import {
  type AuditFilter,
  type AuditRow,
  auditCandidates,
  auditRows,
  auditText,
  readsEverywhere,
} from './audit-store.ts';

const PAGE = 2_000;

/** Starts an export. Its reason stays in the audit; the file is fetched with `audit.readExport`. */
export const exportAudit = handle(audit.operations.export, async (ctx, input) => {
  if (!readsEverywhere(ctx.actor)) return refuse('scope_limited', {});
  const jobId = await ctx.job('audit.export', input, { watchedBy: ctx.actor, maxAttempts: 3 });
  ctx.record('audit.export_requested', jobId, { after: { format: input.format, reason: input.reason } });
  return { jobId };
});

type ExportInput = AuditFilter & { format: 'csv' | 'ndjson' };

/** Writes the records to a file, oldest last, page by page; a cancelled or failed export leaves none behind. */
export const exportJob =
  (filesFolder: string): JobHandler =>
  async (ctx, payload) => {
    const input = payload as ExportInput;
    const folder = join(filesFolder, 'exports');
    const name = `audit-${ctx.now.toISOString().slice(0, 10)}-${ctx.requestId.slice(-12)}.${input.format}`;
    const draft = join(folder, `${name}.part`);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      const rows = await writeRecords(ctx, input, draft);
      await rename(draft, join(folder, name));
      await ctx.result({ file: name, rows });
      await ctx.progress(1, `${rows}`);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  };

async function writeRecords(ctx: JobContext, input: ExportInput, file: string): Promise<number> {
  const out = createWriteStream(file, { mode: 0o600 });
  const write = (text: string) =>
    new Promise<void>((resolve, reject) => out.write(text, (error) => (error ? reject(error) : resolve())));
  const line = input.format === 'csv' ? csvLine : ndjsonLine;
  let rows = 0;
  let looked = 0;
  const total = await countOf(ctx, input);
  if (input.format === 'csv') await write(csvHead);
  for (let before: string | null = null; ; ) {
    const page: { rows: AuditRow[]; last: string | null; looked: number } = await nextPage(ctx, input, before);
    if (page.rows.length > 0) await write(page.rows.map(line).join(''));
    rows += page.rows.length;
    looked += page.looked;
    if (page.looked < PAGE || page.last === null) break;
    before = page.last;
    await ctx.progress(Math.min(0.99, looked / Math.max(1, total)), `${rows}`);
  }
  await new Promise<void>((resolve, reject) => out.end((error?: Error | null) => (error ? reject(error) : resolve())));
  return rows;
}

async function nextPage(ctx: JobContext, input: ExportInput, before: string | null) {
  const candidates = auditCandidates(input, before, PAGE);
  const { rows: ends } = await sql<{ looked: number; last: string | null }>`
    select count(*) as looked, min(r.id::text) as last from (${candidates}) r`.execute(ctx.db);
  const rows = await auditRows(ctx.db, sql`select r.* from (${candidates}) r where ${auditText(input.q)}`);
  return { rows, looked: ends[0]?.looked ?? 0, last: ends[0]?.last ?? null };
}

async function countOf(ctx: JobContext, input: ExportInput): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from (${auditCandidates(input, null, 100_000_000)}) r`.execute(ctx.db);
  return rows[0]?.total ?? 0;
}

/** All of a record and its seal: enough to compute both hashes again. */
function ndjsonLine({ seq, hash, previous_hash, sealed_at, ...record }: AuditRow): string {
  const seal = seq === null ? null : { seq, hash, previousHash: previous_hash, sealedAt: sealed_at };
  return `${JSON.stringify({ ...record, seal })}\n`;
}
