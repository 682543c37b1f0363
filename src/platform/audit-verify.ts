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
  /** Id of the first record that does not fit, as far as it is known: a removed one may have left none. */
  firstBroken: string | null;
  broken: Break | null;
  /** Time of the newest seal: everything up to it is sealed. */
  sealedUntil: Date | null;
  /** Committed records that the sealer has not reached yet. */
  unsealed: number;
};

type Row = (Columns | { id: null; contentHash: null }) & {
  seq: number;
  record_id: string;
  previous_hash: string;
  hash: string;
  sealed_at: string;
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
      for (let next = seals(trx, 0); ; ) {
        const page = await next;
        if (page.length === 0) break;
        // The database reads the next page while this one is hashed.
        next = seals(trx, page.at(-1)?.seq ?? 0);
        const whole = page.every((row) => walk.step(row));
        if (!whole) {
          await next;
          break;
        }
        await options.onProgress?.(walk.checked);
      }
      if (!walk.broken) walk.end();
      const outside = await outsideTheChain(trx);
      const broken = earlier(walk.broken, outside.broken);
      return {
        ok: broken === null,
        checked: walk.checked + outside.checked,
        firstBroken: broken?.recordId ?? null,
        broken,
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
    const content = contentOf(row);
    const kind = this.fault(row, content);
    if (kind) {
      const missing = kind === 'removed' && row.seq !== this.seq + 1;
      this.broken = missing
        ? { kind, recordId: null, seq: this.seq + 1, at: null, operation: null }
        : breakOf(kind, row.seq, row.record_id, content);
      return false;
    }
    // A clock that was set back makes later records older than earlier ones; that is no tampering.
    if (this.sealedAt && row.sealed_at < this.sealedAt) this.newestMs = 0;
    this.newestMs = Math.max(this.newestMs, Date.parse(content?.at ?? ''));
    this.seq = row.seq;
    this.hash = row.hash;
    this.sealedAt = row.sealed_at;
    this.checked += 1;
    return true;
  }

  private fault(row: Row, content: AuditContent | null): Break['kind'] | null {
    if (row.seq !== this.seq + 1 || !content || row.contentHash === null) return 'removed';
    if (contentHash(content) !== row.contentHash) return 'changed';
    if (row.previous_hash !== this.hash) return 'relinked';
    const seal = { seq: row.seq, recordId: row.record_id, previousHash: row.previous_hash, sealedAt: row.sealed_at };
    if (sealHash({ ...seal, contentHash: row.contentHash }) !== row.hash) return 'changed';
    const anchor = this.anchors.get(row.seq);
    if (anchor && anchor !== row.hash) return 'rewritten';
    const wentBack = this.sealedAt !== null && row.sealed_at < this.sealedAt;
    if (!wentBack && Date.parse(content.at) < this.newestMs - LATE_MS) return 'backdated';
    return null;
  }

  /** After the last seal: is the end that an anchor remembers still there? */
  end(): void {
    if ([...this.anchors.keys()].some((seq) => seq > this.seq))
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

/** Columns of a record, null throughout when it is gone. Making JSON of them in SQL would take longer. */
const columns = sql`r.id, ${instantOf(sql`r.at`)} as at, r.actor_kind as "actorKind", r.actor_id as "actorId",
  r.actor_name as "actorName", r.session_id as "sessionId", r.ip, r.user_agent as "userAgent",
  r.request_id as "requestId", r.operation, r.subject_id as "subjectId", r.changes, r.input, r.outcome,
  r.content_hash as "contentHash"`;
type Columns = AuditContent & { contentHash: string };

function contentOf(row: Columns | { id: null }): AuditContent | null {
  if (row.id === null) return null;
  const { id, at, actorKind, actorId, actorName, sessionId, ip, userAgent, requestId } = row;
  const { operation, subjectId, changes, input, outcome } = row;
  const who = { actorKind, actorId, actorName, sessionId, ip, userAgent, requestId };
  return { id, at, ...who, operation, subjectId, changes, input, outcome };
}

async function seals(trx: Kysely<DB>, after: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select s.seq, s.record_id, s.previous_hash, s.hash, ${instantOf(sql`s.sealed_at`)} as sealed_at,
      ${columns}
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
      const content = contentOf(row);
      if (!content) broken = earlier(broken, breakOf('removed', null, row.record_id, null));
      else if (contentHash(content) !== row.contentHash)
        broken = earlier(broken, breakOf('changed', null, row.record_id, content));
      else checked += 1;
    }
    after = rows.length === PAGE ? (rows.at(-1)?.record_id ?? null) : null;
  }
  return { broken, checked, unsealed };
}

type Waiting = (Columns | { id: null; contentHash: null }) & { record_id: string };

async function waiting(trx: Kysely<DB>, after: string): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select q.record_id, ${columns}
    from audit_unsealed q left join audit_record r on r.id = q.record_id
    where q.record_id > ${after} order by q.record_id limit ${PAGE}`.execute(trx);
  return rows;
}

async function stray(trx: Kysely<DB>): Promise<Break | null> {
  const { rows } = await sql<Columns>`
    select ${columns} from audit_record r
    where not exists (select from audit_seal s where s.record_id = r.id)
      and not exists (select from audit_unsealed q where q.record_id = r.id)
    order by r.id limit 1`.execute(trx);
  return rows[0] ? breakOf('inserted', null, rows[0].id, rows[0]) : null;
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
