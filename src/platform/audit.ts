import { createHash } from 'node:crypto';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { v7 } from 'uuid';
import { maskForAudit } from './audit-mask.ts';
import type { DB } from './db.gen.ts';
import { newId } from './values.ts';

/** What a command did to one record. `before` and `after` come in plain and are masked on the way in. */
export type AuditChange = { event: string; subjectId: string; before: object | null; after: object | null };

export type AuditActor = {
  kind: 'user' | 'key' | 'system' | 'anonymous';
  id: string;
  name: string;
  sessionId?: string | null | undefined;
};

export type NewAudit = {
  actor: AuditActor;
  /** Where the call came from; absent for Haedap itself. */
  origin?: { ip: string; userAgent: string } | undefined;
  requestId: string;
  operation: string;
  subjectId?: string | null | undefined;
  input?: unknown;
  changes?: readonly AuditChange[];
  /** `ok`, or the code of the refusal (a sign-in that failed is a record too). */
  outcome?: string;
  at?: Date;
};

/** All that the content hash covers. `at` has microseconds, so that a changed digit shows. */
export type AuditContent = {
  id: string;
  at: string;
  actorKind: string;
  actorId: string;
  actorName: string;
  sessionId: string | null;
  ip: string | null;
  userAgent: string | null;
  requestId: string;
  operation: string;
  subjectId: string | null;
  changes: unknown;
  input: unknown;
  outcome: string;
};

/** JSON with sorted keys and no spaces: the same value always has the same text. */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const record = value as Record<string, unknown>;
  return `{${Object.keys(record)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`)
    .join(',')}}`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const contentHash = (content: AuditContent): string => sha256(canonical(content));

/** What a seal says; its hash binds the record to all records sealed before it. */
export type Seal = { seq: number; recordId: string; contentHash: string; previousHash: string; sealedAt: string };
export const sealHash = (seal: Seal): string =>
  sha256([seal.seq, seal.previousHash, seal.recordId, seal.contentHash, seal.sealedAt].join('\n'));

/** `previousHash` of the first seal. */
export const FIRST_HASH = '0'.repeat(64);

/** A timestamptz as the hashes take it: UTC with microseconds. */
export const instantOf = (instant: RawBuilder<unknown>) =>
  sql<string>`to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * Writes one audit record in the caller's transaction and hands it to the sealer. Masks input and changes; sign-ins
 * and other doings outside the pipeline write their own. Answers the record's id.
 */
export async function writeAudit(trx: Kysely<DB>, entry: NewAudit): Promise<string> {
  const at = (entry.at ?? new Date()).toISOString();
  const content: AuditContent = {
    // The id tells the record's own time: it sorts by it, also where a past is written down.
    id: entry.at ? v7({ msecs: entry.at.getTime() }) : newId(),
    at: at.replace('Z', '000Z'),
    actorKind: entry.actor.kind,
    actorId: entry.actor.id,
    actorName: entry.actor.name,
    sessionId: entry.actor.sessionId ?? null,
    ip: entry.origin?.ip ?? null,
    userAgent: entry.origin ? plain(entry.origin.userAgent, 300) : null,
    requestId: entry.requestId,
    operation: entry.operation,
    subjectId: entry.subjectId ?? null,
    changes: (entry.changes ?? []).map(({ event, subjectId, before, after }) => ({
      event,
      subject: subjectId,
      before: maskForAudit(before),
      after: maskForAudit(after),
    })),
    input: maskForAudit(entry.input ?? null),
    outcome: entry.outcome ?? 'ok',
  };
  await sql`
    with written as (
      insert into audit_record (id, at, actor_kind, actor_id, actor_name, session_id, ip, user_agent, request_id,
        operation, subject_id, changes, input, outcome, content_hash)
      values (${content.id}, ${content.at}, ${content.actorKind}, ${content.actorId}, ${content.actorName},
        ${content.sessionId}, ${content.ip}, ${content.userAgent}, ${content.requestId}, ${content.operation},
        ${content.subjectId}, ${JSON.stringify(content.changes)}, ${JSON.stringify(content.input)},
        ${content.outcome}, ${contentHash(content)})
      returning id)
    insert into audit_unsealed (record_id) select id from written`.execute(trx);
  return content.id;
}

const plain = (text: string, most: number): string => text.replaceAll('\0', '').slice(0, most).toWellFormed();
