import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SYSTEM } from './actors.ts';
import { contentHash, sealHash, writeAudit } from './audit.ts';
import { sealBatch, startSealer } from './audit-sealer.ts';
import { type Verdict, verifyAudit } from './audit-verify.ts';
import type { Database } from './db.ts';
import { pause } from './leader.ts';
import { testDatabase } from './testing.ts';
import { newId } from './values.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.close();
});
beforeEach(async () => {
  await sql`truncate audit_record, audit_seal, audit_unsealed`.execute(database.write);
});

const NOW = Date.parse('2026-11-25T09:00:00+09:00');

/** `count` records, one a minute from `NOW`; answers their ids. */
async function write(count: number, from = 0): Promise<string[]> {
  const ids: string[] = [];
  for (let n = from; n < from + count; n++) {
    ids.push(
      await writeAudit(database.write, {
        actor: SYSTEM,
        origin: { ip: '10.0.0.7', userAgent: 'test' },
        requestId: `request-${n}`,
        operation: 'tickets.assign',
        subjectId: `ticket-${n}`,
        input: { id: `ticket-${n}`, customer: { name: '김서연', phone: '010-0000-1234' } },
        changes: [{ event: 'tickets.assigned', subjectId: `ticket-${n}`, before: { n }, after: { n: n + 1 } }],
        at: new Date(NOW + n * 60_000),
      }),
    );
  }
  return ids;
}

async function sealed(count: number): Promise<string[]> {
  const ids = await write(count);
  await sealBatch(database.write);
  return ids;
}

/** Changes the tables as somebody with the database's password would: past the triggers. */
async function tamper(statement: string): Promise<void> {
  await sql`set session_replication_role = replica; ${sql.raw(statement)}; reset session_replication_role`.execute(
    database.write,
  );
}

const verify = (anchorFile?: string): Promise<Verdict> => verifyAudit(database.read, { anchorFile });

test('a chain that nobody touched is whole, and says up to when it is sealed', async () => {
  await sealed(5);
  await write(2, 5);
  const verdict = await verify();
  expect(verdict).toMatchObject({ ok: true, checked: 7, firstBroken: null, unsealed: 2 });
  expect(Math.abs(Date.now() - (verdict.sealedUntil?.getTime() ?? 0))).toBeLessThan(60_000);
});

test('an empty audit is whole', async () => {
  expect(await verify()).toEqual({
    ok: true,
    checked: 0,
    firstBroken: null,
    broken: null,
    sealedUntil: null,
    unsealed: 0,
  });
});

test('personal data does not reach the record', async () => {
  const [id] = await write(1);
  const record = await database.read
    .selectFrom('audit_record')
    .selectAll()
    .where('id', '=', id!)
    .executeTakeFirstOrThrow();
  expect(JSON.stringify(record)).not.toMatch(/김서연|010-0000-1234/);
  expect(record.input).toEqual({ id: 'ticket-0', customer: { name: '김*연', phone: '010-****-1234' } });
});

test('the past cannot be changed by a mistake of ours', async () => {
  await sealed(1);
  await expect(sql`update audit_record set actor_name = 'x'`.execute(database.write)).rejects.toThrow('append-only');
  await expect(sql`delete from audit_record`.execute(database.write)).rejects.toThrow('append-only');
  await expect(sql`delete from audit_seal`.execute(database.write)).rejects.toThrow('append-only');
});

/** Waits until nothing is unsealed. */
async function sealedWhole(): Promise<Verdict> {
  for (;;) {
    const verdict = await verify();
    if (verdict.unsealed === 0) return verdict;
    await pause(50, new AbortController().signal);
  }
}

const FIELDS = [
  `actor_name = '다른 사람'`,
  `actor_id = 'x'`,
  `actor_kind = 'user'`,
  `at = at + interval '1 microsecond'`,
  `ip = null`,
  `user_agent = ''`,
  `session_id = null`,
  `request_id = 'x'`,
  `operation = 'tickets.reply'`,
  `subject_id = 'ticket-9'`,
  `outcome = 'not_allowed'`,
  `input = jsonb_set(input, '{id}', '"ticket-9"')`,
  `changes = jsonb_set(changes, '{0,after,n}', '7')`,
  `content_hash = repeat('0', 64)`,
];
test.each(FIELDS)('a changed field is found: %s', async (change) => {
  const ids = await sealed(4);
  await tamper(`update audit_record set ${change} where id in ('${ids[1]}', '${ids[2]}')`);
  const verdict = await verify();
  expect(verdict.broken).toMatchObject({ kind: 'changed', recordId: ids[1], seq: 2 });
  expect(verdict).toMatchObject({ ok: false, checked: 1 });
});

test('a record changed together with its own hash is found by its seal', async () => {
  const ids = await sealed(3);
  const [content] = (
    await sql<{ c: Parameters<typeof contentHash>[0] }>`
      select json_build_object('id', id, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'actorKind', actor_kind, 'actorId', actor_id, 'actorName', 'X', 'sessionId', session_id, 'ip', ip,
        'userAgent', user_agent, 'requestId', request_id, 'operation', operation, 'subjectId', subject_id,
        'changes', changes, 'input', input, 'outcome', outcome) as c from audit_record where id = ${ids[1]}`.execute(
      database.write,
    )
  ).rows;
  const hash = contentHash(content!.c);
  await tamper(`update audit_record set actor_name = 'X', content_hash = '${hash}' where id = '${ids[1]}'`);
  expect((await verify()).broken).toMatchObject({ kind: 'changed', recordId: ids[1], seq: 2 });
});

test('a removed record is found', async () => {
  const ids = await sealed(4);
  await tamper(`delete from audit_record where id = '${ids[2]}'`);
  expect((await verify()).broken).toMatchObject({ kind: 'removed', recordId: ids[2], seq: 3 });
});

test('a record removed together with its seal is found', async () => {
  const ids = await sealed(4);
  await tamper(`delete from audit_seal where seq = 2; delete from audit_record where id = '${ids[1]}'`);
  expect((await verify()).broken).toMatchObject({ kind: 'removed', seq: 2 });
});

test('a removal is found when the later seals were numbered anew', async () => {
  const ids = await sealed(4);
  await tamper(`delete from audit_seal where seq = 2; delete from audit_record where id = '${ids[1]}';
    update audit_seal set seq = seq - 1 where seq > 2`);
  expect((await verify()).broken).toMatchObject({ kind: 'relinked', recordId: ids[2], seq: 2 });
});

test('a waiting record that is removed is found', async () => {
  const ids = await write(2);
  await tamper(`delete from audit_record where id = '${ids[0]}'`);
  expect((await verify()).broken).toMatchObject({ kind: 'removed', recordId: ids[0] });
});

const COPY = (from: string, id: string) => `insert into audit_record
  select '${id}', at, actor_kind, actor_id, '누군가', session_id, ip, user_agent, request_id, operation, subject_id,
    changes, input, outcome, content_hash from audit_record where id = '${from}'`;

test('a record that was put in by hand is found', async () => {
  const ids = await sealed(3);
  const id = newId();
  await tamper(COPY(ids[0]!, id));
  expect((await verify()).broken).toMatchObject({ kind: 'inserted', recordId: id, seq: null });
});

test('a record that was put in with a forged seal in the middle is found', async () => {
  const ids = await sealed(3);
  const id = newId();
  const { rows } = await sql<{ hash: string; content_hash: string; at: string }>`
    select s.hash, r.content_hash, to_char(s.sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from audit_seal s join audit_record r on r.id = s.record_id where s.seq = 1`.execute(database.write);
  const { hash: previousHash, content_hash, at } = rows[0]!;
  const forged = sealHash({ seq: 2, recordId: id, contentHash: content_hash, previousHash, sealedAt: at });
  await tamper(`${COPY(ids[0]!, id)}; update audit_seal set seq = -seq - 1 where seq > 1;
    update audit_seal set seq = -seq where seq < 0;
    insert into audit_seal values (2, '${id}', '${previousHash}', '${forged}', '${at}')`);
  const verdict = await verify();
  // The copy's content is not what its hash says; with a right hash the next seal would not follow.
  expect(verdict.broken).toMatchObject({ kind: 'changed', recordId: id, seq: 2 });
});

test('seals in another order are found', async () => {
  const ids = await sealed(4);
  await tamper(
    'update audit_seal set seq = seq - 5 where seq in (2, 3); update audit_seal set seq = -seq where seq < 0',
  );
  const order = await database.read.selectFrom('audit_seal').select('record_id').orderBy('seq').execute();
  expect(order.map((seal) => seal.record_id)).toEqual([ids[0], ids[2], ids[1], ids[3]]);
  expect((await verify()).broken).toMatchObject({ kind: 'relinked', recordId: ids[2], seq: 2 });
});

test('a record that says it is older than those sealed before it is found', async () => {
  await sealed(20);
  const late = await writeAudit(database.write, { actor: SYSTEM, requestId: 'r', operation: 'x.y', at: new Date(NOW) });
  await sealBatch(database.write);
  expect((await verify()).broken).toMatchObject({ kind: 'backdated', recordId: late, seq: 21 });
});

test('a clock that was set back is no tampering', async () => {
  await sealed(20);
  await tamper(`delete from audit_seal where seq > 19; insert into audit_unsealed select r.id from audit_record r
    where not exists (select from audit_seal s where s.record_id = r.id)`);
  const end = await database.read
    .selectFrom('audit_seal')
    .select(['hash'])
    .where('seq', '=', 19)
    .executeTakeFirstOrThrow();
  const id = await writeAudit(database.write, { actor: SYSTEM, requestId: 'r', operation: 'x.y', at: new Date(NOW) });
  await tamper(`delete from audit_unsealed where record_id <> '${id}'; delete from audit_record r
    where r.id <> '${id}' and not exists (select from audit_seal s where s.record_id = r.id)`);
  const { content_hash } = await database.read
    .selectFrom('audit_record')
    .select('content_hash')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const sealedAt = '2026-01-01T00:00:00.000000Z';
  const hash = sealHash({ seq: 20, recordId: id, contentHash: content_hash, previousHash: end.hash, sealedAt });
  await tamper(
    `delete from audit_unsealed; insert into audit_seal values (20, '${id}', '${end.hash}', '${hash}', '${sealedAt}')`,
  );
  expect(await verify()).toMatchObject({ ok: true, checked: 20 });
});

test('the end of the chain cannot be cut off, nor the whole be written anew, without differing from the anchor', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'haedap-anchor-'));
  const anchorFile = join(folder, 'audit-anchors.ndjson');
  try {
    await write(5);
    const problems: unknown[] = [];
    const stop = startSealer(database, { intervalMs: 20, anchorFile, onError: (error) => problems.push(error) });
    await sealedWhole();
    await stop();
    expect(problems).toEqual([]);
    const heads = readFileSync(anchorFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number });
    expect(heads.at(-1)?.seq).toBe(5);
    expect(await verify(anchorFile)).toMatchObject({ ok: true, checked: 5 });
    await tamper(`delete from audit_record where id in (select record_id from audit_seal where seq = 5);
      delete from audit_seal where seq = 5`);
    expect(await verify()).toMatchObject({ ok: true });
    expect((await verify(anchorFile)).broken).toMatchObject({ kind: 'removed', seq: 5 });
    await tamper(`insert into audit_unsealed select record_id from audit_seal; delete from audit_seal`);
    await write(1, 9);
    await sealBatch(database.write);
    expect(await verify()).toMatchObject({ ok: true, checked: 5 });
    expect((await verify(anchorFile)).broken).toMatchObject({ kind: 'rewritten', seq: 5 });
    writeFileSync(anchorFile, '{"seq":1,"ha');
    expect(await verify(anchorFile)).toMatchObject({ ok: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('one of several sealers seals, the next takes over when it stops, and each record is sealed once', async () => {
  const errors: unknown[] = [];
  const sealers = [1, 2, 3].map(() =>
    startSealer(database, { intervalMs: 20, onError: (error) => errors.push(error) }),
  );
  for (const [n, stop] of sealers.entries()) {
    await write(10, n * 10);
    expect(await sealedWhole()).toMatchObject({ ok: true, checked: n * 10 + 10 });
    await stop();
  }
  expect(errors).toEqual([]);
});

test('the sealer outlives the loss of its connection', async () => {
  const errors: unknown[] = [];
  const stop = startSealer(database, { intervalMs: 20, onError: (error) => errors.push(error) });
  await write(3);
  await sealedWhole();
  await sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
    and pid <> pg_backend_pid() and database = (select oid from pg_database where datname = current_database())`.execute(
    database.read,
  );
  await write(3, 3);
  expect(await sealedWhole()).toMatchObject({ ok: true, checked: 6 });
  await stop();
});

test('a record is sealed only once it is committed, and later commits do not break the order', async () => {
  const trx = await database.write.startTransaction().execute();
  const slow = await writeAudit(trx, { actor: SYSTEM, requestId: 'slow', operation: 'x.y' });
  const [quick] = await write(1, Math.ceil((Date.now() - NOW) / 60_000));
  expect((await sealBatch(database.write)).count).toBe(1);
  await trx.commit().execute();
  expect((await sealBatch(database.write)).count).toBe(1);
  const seals = await database.read.selectFrom('audit_seal').select('record_id').orderBy('seq').execute();
  expect(seals.map((seal) => seal.record_id)).toEqual([quick, slow]);
  expect(await verify()).toMatchObject({ ok: true, checked: 2 });
});
