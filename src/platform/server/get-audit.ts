import { sql } from 'kysely';
import { handle } from '../context.ts';
import { audit } from '../contract/audit.ts';
import { notFound, refuse } from '../operation.ts';
import { auditItemOf, auditRows, readsEverywhere } from './audit-store.ts';
import type { OperationTitles } from './operation-titles.ts';

/** One record in full, with its seal as far as the sealer has reached it. */
export const getAudit = ({ title }: OperationTitles) =>
  handle(audit.operations.get, async (ctx, { id }) => {
    if (!readsEverywhere(ctx.actor)) return refuse('scope_limited', {});
    const [row] = await auditRows(ctx.db, sql`select r.* from audit_record r where r.id = ${id}`);
    if (!row) return notFound();
    const { seq, hash, previous_hash, sealed_at } = row;
    const isSealed = seq !== null && hash !== null && previous_hash !== null && sealed_at !== null;
    return {
      ...auditItemOf(row, (operation) => title(operation, ctx.language)),
      sessionId: row.session_id,
      userAgent: row.user_agent,
      requestId: row.request_id,
      input: row.input,
      changes: row.changes,
      contentHash: row.content_hash,
      seal: isSealed ? { seq, hash, previousHash: previous_hash, sealedAt: sealed_at } : null,
    };
  });
