import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Kysely, sql } from 'kysely';
import { type AuditContent, contentHash, FIRST_HASH, instantOf, sealHash } from './audit.ts';
import type { DB } from './db.gen.ts';

/** Where the chain breaks first, and how. */
export type Break = {
  /**
   * `changed`: the record or its seal says something else than when it was sealed. `removed`: a record or seal is
   * gone. `inserted`: a record that no command wrote. `relinked`: the seal does not continue the one before it.
   * `backdated`: the record says that it is much older than those before it. `rewritten`: the chain is whole, but not
   * the one that the anchor file remembers.
   */
  kind: 'changed' | 'removed' | 'inserted' | 'relinked' | 'backdated' | 'rewritten';
  recordId: string | null;
  seq: number | null;
  /** What the record says, as far as it is still there. */
  at: string | null;
  operation: string | null;
};

export type Verdict = {
  ok: boolean;
  /** Records whose content and seal were checked. */
  checked: number;
  firstBroken: Break | null;
  /** Time of the newest seal: everything up to it is sealed. */
  sealedUntil: Date | null;
  /** Committed records that the sealer has not reached yet. */
  unsealed: number;
};

type Row = {
  seq: number;
  record_id: string;
  previous_hash: string;
  hash: string;
  sealed_at: string;
  content: AuditContent | null;
  content_hash: string | null;
};

const PAGE = 2_000;
/** A record that is older than one sealed before it by more than this was not written when it says. */
const LATE_MS = 600_000;

/**
 * Walks the chain from its first seal and finds the first record that was changed, removed or inserted. Holds one
 * page in memory, reads one snapshot, changes nothing. With `anchorFile` the chain is compared with the heads kept
 * outside of the database, which shows a chain that was rewritten as a whole or cut at its end.
 */
export async function verifyAudit(
  db: Kysely<DB>,
  options: { anchorFile?: string | undefined; onProgress?: (checked: number) => void | Promise<void> } = {},
): Promise<Verdict> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      const walk = new Walk(await anchorsOf(options.anchorFile));
      for (let page = await seals(trx, 0); page.length > 0; page = await seals(trx, walk.seq)) {
        if (!page.every((row) => walk.step(row))) break;
        await options.onProgress?.(walk.checked);
      }
      if (!walk.broken) walk.end();
      const outside = await outsideTheChain(trx);
      const firstBroken = earlier(walk.broken, outside.broken);
      return {
        ok: firstBroken === null,
        checked: walk.checked + outside.checked,
        firstBroken,
        sealedUntil: walk.sealedAt ? new Date(walk.sealedAt) : null,
        unsealed: outside.unsealed,
      };
    });
}

/** State of the walk: what the next seal must continue. */
class Walk {
  seq = 0;
  checked = 0;
  sealedAt: string | null = null;
  broken: Break | null = null;
  private hash = FIRST_HASH;
  private newestMs = 0;
  private readonly anchors: ReadonlyMap<number, string>;

  constructor(anchors: ReadonlyMap<number, string>) {
    this.anchors = anchors;
  }

  /** Checks one seal with its record; false at the first break. */
  step(row: Row): boolean {
    const kind = this.fault(row);
    if (kind) {
      const missing = kind === 'removed' && row.seq !== this.seq + 1;
      this.broken = missing
        ? { kind, recordId: null, seq: this.seq + 1, at: null, operation: null }
        : breakOf(kind, row.seq, row.record_id, row.content);
      return false;
    }
    // A clock that was set back makes later records older than earlier ones; that is no tampering.
    if (this.sealedAt && row.sealed_at < this.sealedAt) this.newestMs = 0;
    this.newestMs = Math.max(this.newestMs, Date.parse(row.content?.at ?? ''));
    this.seq = row.seq;
    this.hash = row.hash;
    this.sealedAt = row.sealed_at;
    this.checked += 1;
    return true;
  }

  private fault(row: Row): Break['kind'] | null {
    if (row.seq !== this.seq + 1 || !row.content || row.content_hash === null) return 'removed';
    if (contentHash(row.content) !== row.content_hash) return 'changed';
    if (row.previous_hash !== this.hash) return 'relinked';
    const seal = { seq: row.seq, recordId: row.record_id, previousHash: row.previous_hash, sealedAt: row.sealed_at };
    if (sealHash({ ...seal, contentHash: row.content_hash }) !== row.hash) return 'changed';
    const anchor = this.anchors.get(row.seq);
    if (anchor && anchor !== row.hash) return 'rewritten';
    const wentBack = this.sealedAt !== null && row.sealed_at < this.sealedAt;
    if (!wentBack && Date.parse(row.content.at) < this.newestMs - LATE_MS) return 'backdated';
    return null;
  }

  /** After the last seal: is the end that an anchor remembers still there? */
  end(): void {
    const last = Math.max(0, ...this.anchors.keys());
    if (last > this.seq)
      this.broken = { kind: 'removed', recordId: null, seq: this.seq + 1, at: null, operation: null };
  }
}

const breakOf = (kind: Break['kind'], seq: number | null, recordId: string, content: AuditContent | null): Break => ({
  kind,
  recordId,
  seq,
  at: content?.at ?? null,
  operation: content?.operation ?? null,
});

/** UUIDv7 ids sort by time; a break of the chain without a record comes first, since nothing after it can be trusted. */
function earlier(chain: Break | null, outside: Break | null): Break | null {
  if (!chain || !outside) return chain ?? outside;
  return outside.recordId !== null && chain.recordId !== null && outside.recordId < chain.recordId ? outside : chain;
}

const content = sql<AuditContent | null>`case when r.id is null then null else json_build_object(
  'id', r.id, 'at', ${instantOf(sql`r.at`)}, 'actorKind', r.actor_kind, 'actorId', r.actor_id, 'actorName', r.actor_name,
  'sessionId', r.session_id, 'ip', r.ip, 'userAgent', r.user_agent, 'requestId', r.request_id,
  'operation', r.operation, 'subjectId', r.subject_id, 'changes', r.changes, 'input', r.input, 'outcome', r.outcome) end`;

async function seals(trx: Kysely<DB>, after: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select s.seq, s.record_id, s.previous_hash, s.hash, ${instantOf(sql`s.sealed_at`)} as sealed_at,
      ${content} as content, r.content_hash
    from (select * from audit_seal where seq > ${after} order by seq limit ${PAGE}) s
    left join audit_record r on r.id = s.record_id
    order by s.seq`.execute(trx);
  return rows;
}

type Outside = { broken: Break | null; checked: number; unsealed: number };

/** Records that no seal holds: those that wait are checked in themselves, those that do not even wait were put in by hand. */
async function outsideTheChain(trx: Kysely<DB>): Promise<Outside> {
  let broken = await stray(trx);
  let checked = 0;
  let unsealed = 0;
  for (let after: string | null = '00000000-0000-0000-0000-000000000000'; after; ) {
    const rows: Waiting[] = await waiting(trx, after);
    unsealed += rows.length;
    for (const row of rows) {
      if (!row.content) broken = earlier(broken, breakOf('removed', null, row.record_id, null));
      else if (contentHash(row.content) !== row.content_hash)
        broken = earlier(broken, breakOf('changed', null, row.record_id, row.content));
      else checked += 1;
    }
    after = rows.length === PAGE ? (rows.at(-1)?.record_id ?? null) : null;
  }
  return { broken, checked, unsealed };
}

type Waiting = { record_id: string; content: AuditContent | null; content_hash: string | null };

async function waiting(trx: Kysely<DB>, after: string): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select q.record_id, ${content} as content, r.content_hash
    from audit_unsealed q left join audit_record r on r.id = q.record_id
    where q.record_id > ${after} order by q.record_id limit ${PAGE}`.execute(trx);
  return rows;
}

async function stray(trx: Kysely<DB>): Promise<Break | null> {
  const { rows } = await sql<{ id: string; content: AuditContent }>`
    select r.id, ${content} as content from audit_record r
    where not exists (select from audit_seal s where s.record_id = r.id)
      and not exists (select from audit_unsealed q where q.record_id = r.id)
    order by r.id limit 1`.execute(trx);
  return rows[0] ? breakOf('inserted', null, rows[0].id, rows[0].content) : null;
}

/** Heads kept outside of the database; none when there is no file. A torn last line is passed over. */
async function anchorsOf(file: string | undefined): Promise<Map<number, string>> {
  const anchors = new Map<number, string>();
  if (!file) return anchors;
  const lines = createInterface({ input: createReadStream(file) });
  try {
    for await (const line of lines) {
      const anchor = /"seq":(\d+),"hash":"([0-9a-f]{64})"/.exec(line);
      if (anchor) anchors.set(Number(anchor[1]), anchor[2] ?? '');
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return anchors;
}
