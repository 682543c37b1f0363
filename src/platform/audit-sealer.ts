import { appendFile } from 'node:fs/promises';
import { type Kysely, sql } from 'kysely';
import { FIRST_HASH, instantOf, type Seal, sealHash } from './audit.ts';
import type { DB } from './db.gen.ts';
import type { Database } from './db.ts';
import { lead, pause } from './leader.ts';

const SEALER_LOCK = 7_201_002;
const MOST_AT_ONCE = 2_000;
const ANCHOR_EVERY_MS = 600_000;

export type SealerOptions = {
  intervalMs?: number;
  /**
   * File outside of the database that keeps the chain's head, every ten minutes and at the end. Whoever rewrites the
   * whole chain, or cuts its end off, differs from it.
   */
  anchorFile?: string | undefined;
  onError: (error: unknown) => void;
};

/**
 * Links committed audit records into the chain, each second, in one process of the cluster. Commands never wait for
 * it. Returns a stop function, which seals what is committed by then.
 */
export function startSealer(database: Database, options: SealerOptions): () => Promise<void> {
  const { intervalMs = 1_000, anchorFile, onError } = options;
  let stopping = false;
  const stop = lead(
    database,
    SEALER_LOCK,
    async (signal) => {
      const anchor = anchorWriter(anchorFile);
      for (let last = false; !last; ) {
        last = signal.aborted;
        if (last && !stopping) return;
        const sealed = await sealBatch(database.write);
        await anchor(sealed.head, last);
        if (sealed.count < MOST_AT_ONCE) await pause(intervalMs, signal);
      }
    },
    onError,
  );
  return async () => {
    stopping = true;
    await stop();
  };
}

export type Head = { seq: number; hash: string; at: string };

/**
 * Seals at most 2,000 records, ordered by id among the committed ones. Two at once cannot fork the chain: both would
 * write the same `seq`, and the later one fails.
 */
export async function sealBatch(db: Kysely<DB>): Promise<{ count: number; head: Head | null }> {
  return await db.transaction().execute(async (trx) => {
    const { rows: waiting } = await sql<{ id: string; content_hash: string }>`
      select r.id, r.content_hash from audit_unsealed q join audit_record r on r.id = q.record_id
      order by r.id limit ${MOST_AT_ONCE}`.execute(trx);
    if (waiting.length === 0) return { count: 0, head: null };
    const seals = link(await chainEnd(trx), waiting);
    await save(trx, seals);
    const last = seals.at(-1);
    return { count: seals.length, head: last ? { seq: last.seq, hash: last.hash, at: last.sealedAt } : null };
  });
}

type ChainEnd = { seq: number; hash: string; now: string };

async function chainEnd(trx: Kysely<DB>): Promise<ChainEnd> {
  const { rows } = await sql<{ seq: number | null; hash: string | null; now: string }>`
    select s.seq, s.hash, ${instantOf(sql`clock_timestamp()`)} as now
    from (select 1) as one left join (select seq, hash from audit_seal order by seq desc limit 1) s on true`.execute(
    trx,
  );
  return { seq: rows[0]?.seq ?? 0, hash: rows[0]?.hash ?? FIRST_HASH, now: rows[0]?.now ?? '' };
}

type Linked = Seal & { hash: string };

function link(end: ChainEnd, records: readonly { id: string; content_hash: string }[]): Linked[] {
  let { seq, hash } = end;
  return records.map(({ id, content_hash }) => {
    seq += 1;
    const seal = { seq, recordId: id, contentHash: content_hash, previousHash: hash, sealedAt: end.now };
    hash = sealHash(seal);
    return { ...seal, hash };
  });
}

async function save(trx: Kysely<DB>, seals: readonly Linked[]): Promise<void> {
  const ids = seals.map((seal) => seal.recordId);
  await sql`
    insert into audit_seal (seq, record_id, previous_hash, hash, sealed_at)
    select seq, id, previous, hash, ${seals[0]?.sealedAt}::timestamptz
    from unnest(${seals.map((seal) => seal.seq)}::bigint[], ${ids}::uuid[],
      ${seals.map((seal) => seal.previousHash)}::text[], ${seals.map((seal) => seal.hash)}::text[])
      as s (seq, id, previous, hash)`.execute(trx);
  await sql`delete from audit_unsealed where record_id = any(${ids}::uuid[])`.execute(trx);
}

/** Appends the head to the anchor file: after the first seal, every ten minutes, and at the end. */
function anchorWriter(file: string | undefined): (head: Head | null, last: boolean) => Promise<void> {
  let written = 0;
  let unwritten: Head | null = null;
  return async (head, last) => {
    unwritten = head ?? unwritten;
    if (!file || !unwritten || (!last && Date.now() - written < ANCHOR_EVERY_MS)) return;
    await appendFile(file, `${JSON.stringify(unwritten)}\n`, { mode: 0o600 });
    unwritten = null;
    written = Date.now();
  };
}
