import { sql } from 'kysely';
import { handle } from '../context.ts';
import { audit } from '../contract/audit.ts';
import { cursorOf, cursorValues, pageOf } from '../keyset.ts';
import { refuse } from '../operation.ts';
import { type AuditRow, auditCandidates, auditItemOf, auditRows, auditText, readsEverywhere } from './audit-store.ts';
import type { OperationTitles } from './operation-titles.ts';

/** Records that one page looks through for a text; where that is not enough, the next page goes on from there. */
const MOST_CANDIDATES = 20_000;

/** Audit records, newest first. With a text, a page may be short, or empty, and still have a next one. */
export const listAudit = ({ title, named }: OperationTitles) =>
  handle(audit.operations.list, async (ctx, { limit, cursor, ...filter }) => {
    const itemOf = (row: AuditRow) => auditItemOf(row, (operation) => title(operation, ctx.language));
    if (!readsEverywhere(ctx.actor)) return refuse('scope_limited', {});
    const before = (cursorValues(cursor, 1)?.[0] as string | undefined) ?? null;
    if (filter.q === undefined) {
      const rows = await auditRows(ctx.db, auditCandidates(filter, before, limit + 1));
      return pageOf(rows, limit, itemOf, (row) => [row.id]);
    }
    const candidates = auditCandidates(filter, before, MOST_CANDIDATES);
    const found = await auditRows(
      ctx.db,
      sql`select r.* from (${candidates}) r where ${auditText(filter.q, named(filter.q))} order by r.id desc limit ${limit + 1}`,
    );
    if (found.length > limit) return pageOf(found, limit, itemOf, (row) => [row.id]);
    const { rows } = await sql<{ looked: number; last: string | null }>`
    select count(*) as looked, min(r.id::text) as last from (${candidates}) r`.execute(ctx.db);
    const more = rows[0]?.looked === MOST_CANDIDATES && rows[0].last;
    return { items: found.map(itemOf), next: more ? cursorOf([more]) : null };
  });
