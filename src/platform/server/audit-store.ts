import { type Kysely, type RawBuilder, sql } from 'kysely';
import { audit } from '../contract/audit.ts';
import type { Actor } from '../operation.ts';
import { intervalOf } from '../period.ts';
import type { Open } from '../scope.ts';

export type AuditFilter = {
  actor?: string | undefined;
  operation?: string | undefined;
  subject?: string | undefined;
  outcome?: string | undefined;
  q?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

export type AuditRow = {
  id: string;
  at: Date;
  actor_kind: 'user' | 'key' | 'system' | 'anonymous';
  actor_id: string;
  actor_name: string;
  session_id: string | null;
  ip: string | null;
  user_agent: string | null;
  request_id: string;
  operation: string;
  subject_id: string | null;
  outcome: string;
  changes: { event: string; subject: string; before: unknown; after: unknown }[];
  input: unknown;
  content_hash: string;
  seq: number | null;
  hash: string | null;
  previous_hash: string | null;
  sealed_at: Date | null;
};

/** The audit tells of all malls and centres: only a grant that is not limited to some of them reads it. */
export function readsEverywhere(actor: Actor): boolean {
  if (actor.kind === 'system') return true;
  const roles = audit.permissions['audit.read']?.roles ?? [];
  return actor.grants.some(
    ({ role, malls, centres, partners }) =>
      roles.includes(role) && malls === null && centres === null && partners === null,
  );
}

/** A text that stands for itself in a LIKE pattern. */
const escaped = (part: string): string => part.replaceAll(/[\\%_]/g, '\\$&');

/** The conditions of a filter on `audit_record r`, but for its free text. */
export function auditConditions(filter: AuditFilter): RawBuilder<unknown>[] {
  const { from, until } = intervalOf(filter);
  const parts: RawBuilder<unknown>[] = [];
  if (filter.actor) parts.push(sql`r.actor_id = ${filter.actor}`);
  if (filter.operation?.includes('.')) parts.push(sql`r.operation = ${filter.operation}`);
  else if (filter.operation) parts.push(sql`r.operation like ${`${escaped(filter.operation)}.%`}`);
  if (filter.subject)
    parts.push(
      sql`(r.subject_id = ${filter.subject} or jsonb_path_query_array(r.changes, '$[*].subject') ? ${filter.subject})`,
    );
  if (filter.outcome) parts.push(sql`r.outcome = ${filter.outcome}`);
  // Ids are UUIDv7: a period bounds them too, which the primary key can use.
  if (from) parts.push(sql`r.at >= ${from} and r.id >= ${idAt(from)}::uuid`);
  if (until) parts.push(sql`r.at < ${until} and r.id < ${idAt(new Date(until.getTime() + 60_000))}::uuid`);
  return parts;
}

/** Whether the text stands anywhere in a record, or in the title of its operation (`named`). */
export const auditText = (q: string | undefined, named: readonly string[]): RawBuilder<unknown> =>
  q === undefined
    ? sql`true`
    : sql`(r.operation = any(${[...named]}::text[])
        or concat_ws(' ', r.actor_name, r.operation, r.subject_id, r.ip, r.request_id, r.input::text, r.changes::text)
          ilike ${`%${escaped(q)}%`})`;

/** The smallest UUIDv7 of an instant. Ids are made a moment before or after the record's own time. */
function idAt(at: Date): string {
  const ms = Math.max(0, at.getTime() - 60_000)
    .toString(16)
    .padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-000000000000`;
}

/** Records with their seals, newest first, out of a query that answers `audit_record` rows named `r`. */
export async function auditRows(db: Kysely<Open>, from: RawBuilder<unknown>): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`
    select r.*, s.seq, s.hash, s.previous_hash, s.sealed_at
    from (${from}) r left join audit_seal s on s.record_id = r.id order by r.id desc`.execute(db);
  return rows;
}

const allOf = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  parts.length === 0 ? sql`true` : sql.join([...parts], sql` and `);

/** At most `limit` records that a filter lets through, before the id `before`, newest first. */
export function auditCandidates(filter: AuditFilter, before: string | null, limit: number): RawBuilder<unknown> {
  const parts = auditConditions(filter);
  if (before) parts.push(sql`r.id < ${before}::uuid`);
  return sql`select r.* from audit_record r where ${allOf(parts)} order by r.id desc limit ${limit}`;
}

/** A record as lists show it. */
export function auditItemOf(row: AuditRow, title: (operation: string) => string | null) {
  return {
    id: row.id,
    at: row.at,
    actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
    operation: row.operation,
    title: title(row.operation),
    subjectId: row.subject_id,
    outcome: row.outcome,
    ip: row.ip,
    changes: row.changes.length,
    sealed: row.seq !== null,
  };
}
