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
import type { OperationTitles } from './operation-titles.ts';

const PAGE = 500;
const PART_CHARACTERS = 500_000;

/** Starts an export. Its reason stays in the audit; the file is fetched with `audit.readExport`. */
export const exportAudit = handle(audit.operations.export, async (ctx, input) => {
  if (!readsEverywhere(ctx.actor)) return refuse('scope_limited', {});
  const jobId = await ctx.job('audit.export', input, { watchedBy: ctx.actor, maxAttempts: 3 });
  ctx.record('audit.export_requested', jobId, { after: { format: input.format, reason: input.reason } });
  return { jobId };
});

type ExportInput = AuditFilter & { format: 'csv' | 'ndjson' };

/** Writes the records into parts of a file, newest first, page by page; a cancelled or failed export leaves none. */
export const exportJob =
  (titles: OperationTitles): JobHandler =>
  async (ctx, payload) => {
    const input = payload as ExportInput;
    const file = `audit-${ctx.now.toISOString().slice(0, 10)}-${ctx.jobId}.${input.format}`;
    await dropParts(ctx);
    try {
      const rows = await writeRecords(ctx, input, titles);
      await ctx.result({ file, rows });
    } catch (error) {
      await dropParts(ctx);
      throw error;
    }
  };

const dropParts = (ctx: JobContext) =>
  ctx.db.deleteFrom('export_part').where('job_id', '=', Number(ctx.jobId)).execute();

async function writeRecords(ctx: JobContext, input: ExportInput, { title, named }: OperationTitles): Promise<number> {
  const names = input.q === undefined ? [] : named(input.q);
  const out = partWriter(ctx);
  const line = input.format === 'csv' ? (row: AuditRow) => csvLine(row, title(row.operation, 'ko')) : ndjsonLine;
  const total = await countOf(ctx, input);
  let rows = 0;
  let looked = 0;
  if (input.format === 'csv') await out.write(csvHead);
  for (let before: string | null = null; ; ) {
    const page: Page = await nextPage(ctx, input, names, before);
    await out.write(page.rows.map(line).join(''));
    rows += page.rows.length;
    looked += page.looked;
    if (page.looked < PAGE) break;
    before = page.last;
    await ctx.progress(Math.min(0.99, looked / Math.max(1, total)), `${rows}`);
  }
  await out.end();
  return rows;
}

/** Gathers text into parts; holds one of them in memory. */
function partWriter(ctx: JobContext) {
  let part = 0;
  let text = '';
  const flush = async () => {
    await ctx.db
      .insertInto('export_part')
      .values({ job_id: Number(ctx.jobId), part, text })
      .execute();
    part += 1;
    text = '';
  };
  return {
    write: async (more: string) => {
      text += more;
      if (text.length >= PART_CHARACTERS) await flush();
    },
    end: async () => {
      if (text !== '' || part === 0) await flush();
    },
  };
}

type Page = { rows: AuditRow[]; last: string | null; looked: number };

async function nextPage(ctx: JobContext, input: ExportInput, names: string[], before: string | null): Promise<Page> {
  const candidates = auditCandidates(input, before, PAGE);
  const { rows: ends } = await sql<{ looked: number; last: string | null }>`
    select count(*) as looked, min(r.id::text) as last from (${candidates}) r`.execute(ctx.db);
  const rows = await auditRows(ctx.db, sql`select r.* from (${candidates}) r where ${auditText(input.q, names)}`);
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
