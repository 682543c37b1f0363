import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { actorWith, SYSTEM } from './actors.ts';
import { writeAudit } from './audit.ts';
import { sealBatch } from './audit-sealer.ts';
import { audit } from './contract/audit.ts';
import { jobs } from './contract/jobs.ts';
import type { Database } from './db.ts';
import { addJob, startJobs } from './jobs.ts';
import { pause } from './leader.ts';
import type { Actor, Known, Operation, OperationSpec, Output } from './operation.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';
import { createRegistry } from './registry.ts';
import { type AuditFilter, auditCandidates } from './server/audit-store.ts';
import { platformRooms } from './server/index.ts';
import { testDatabase } from './testing.ts';
import { platformKnown } from './testing-known.ts';
import { newId } from './values.ts';

let database: Database;
let pipeline: Pipeline;
const folder = mkdtempSync(join(tmpdir(), 'haedap-operations-'));
const admin = actorWith('admin');

beforeAll(async () => {
  database = await testDatabase();
  const rooms = platformRooms({ anchorFile: join(folder, 'audit-anchor') });
  pipeline = createPipeline({ database, registry: createRegistry(rooms), checkOutput: true });
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  await sql`truncate audit_record, audit_seal, audit_unsealed, job_run, export_part, outbox, graphile_worker._private_jobs`.execute(
    database.write,
  );
});

async function execute(operation: string, input: object, actor: Actor) {
  return await pipeline.execute({ operation, input, actor, language: 'ko', requestId: newId() });
}
async function ask<S extends OperationSpec>(op: Operation<S>, input: z.input<S['input']>, actor = admin) {
  const { status, body } = await execute(op.name, input, actor);
  expect(body).not.toHaveProperty('code');
  expect(status).toBe(200);
  return body as Output<S>;
}
async function refused<S extends OperationSpec>(op: Operation<S>, input: z.input<S['input']>, actor = admin) {
  const { status, body } = await execute(op.name, input, actor);
  return { status, code: (body as { code?: string }).code };
}

const DAY = 86_400_000;
const write = (operation: string, more: Partial<Parameters<typeof writeAudit>[1]> = {}) =>
  writeAudit(database.write, { actor: SYSTEM, requestId: newId(), operation, ...more });

async function withJobs(run: () => Promise<void>): Promise<void> {
  const stop = await startJobs({ database, pipeline, onProblem: () => undefined });
  try {
    await run();
  } finally {
    await stop();
  }
}
async function ended(id: string) {
  for (;;) {
    const job = await ask(jobs.operations.get, { id });
    if (['done', 'failed', 'cancelled'].includes(job.state)) return job;
    await pause(50, new AbortController().signal);
  }
}
const records = audit.operations;
const ops = jobs.operations;

test('audit.list: by actor, operation, room, subject, outcome, period and text, newest first', async () => {
  const agent = { kind: 'user' as const, id: 'agent-1', name: '정유진' };
  const a = await write('tickets.assign', { actor: agent, subjectId: 't1', at: new Date('2026-11-20T10:00:00+09:00') });
  const b = await write('tickets.merge', {
    subjectId: 't2',
    input: { reason: '중복 문의' },
    changes: [
      { event: 'tickets.merged', subjectId: 't2', before: null, after: { into: 't9' } },
      { event: 'tickets.closed', subjectId: 't3', before: { status: 'open' }, after: { status: 'closed' } },
    ],
    at: new Date('2026-11-21T23:30:00+09:00'),
  });
  const c = await write('ticketsx.odd', { at: new Date('2026-11-22T00:30:00+09:00') });
  const d = await write('accounts.signIn', { outcome: 'wrong_password', at: new Date('2026-11-22T09:00:00+09:00') });
  const found = async (filter: z.input<typeof records.list.input>) =>
    (await ask(records.list, filter)).items.map(({ id }) => id);
  expect(await found({})).toEqual([d, c, b, a]);
  expect(await found({ actor: 'agent-1' })).toEqual([a]);
  expect(await found({ operation: 'tickets.merge' })).toEqual([b]);
  expect(await found({ operation: 'tickets' })).toEqual([b, a]);
  expect(await found({ subject: 't1' })).toEqual([a]);
  expect(await found({ subject: 't3' })).toEqual([b]);
  expect(await found({ outcome: 'wrong_password' })).toEqual([d]);
  expect(await found({ from: '2026-11-21', to: '2026-11-21' })).toEqual([b]);
  expect(await found({ from: '2026-11-22' })).toEqual([d, c]);
  expect(await found({ q: '정유진' })).toEqual([a]);
  expect(await found({ q: '중복' })).toEqual([b]);
  expect(await found({ q: '100%' })).toEqual([]);
  expect(await found({ q: 'tickets', operation: 'tickets' })).toEqual([b, a]);
});

test('audit.list: pages come without a gap or a repetition, also when a text is looked for', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 25; n++) ids.push(await write('tickets.assign', { input: { n: n % 2 ? 'odd' : 'even' } }));
  for (const [q, wanted] of [
    [undefined, ids],
    ['even', ids.filter((_, n) => n % 2 === 0)],
  ] as const) {
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await ask(records.list, { q, limit: 4, cursor });
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(seen).toEqual(wanted.toReversed());
  }
});

test('audit.list: a text that nothing holds goes on page by page instead of taking for ever', async () => {
  await sql`
    insert into audit_record (id, at, actor_kind, actor_id, actor_name, request_id, operation, outcome, content_hash)
    select gen_random_uuid(), now(), 'system', 'x', 'x', 'x', 'x.y', 'ok', '' from generate_series(1, 20010)`.execute(
    database.write,
  );
  const first = await ask(records.list, { q: '없는 말' });
  expect(first).toMatchObject({ items: [], next: expect.any(String) });
  expect(await ask(records.list, { q: '없는 말', cursor: first.next ?? '' })).toEqual({ items: [], next: null });
});

test('audit.get: the whole record, with its seal once there is one', async () => {
  const id = await write('customers.changePhone', {
    origin: { ip: '10.0.0.7', userAgent: 'Chrome' },
    subjectId: 'c1',
    input: { id: 'c1', phone: '010-0000-1234' },
    changes: [
      {
        event: 'customers.changed',
        subjectId: 'c1',
        before: { phone: '010-0000-1111' },
        after: { phone: '010-0000-1234' },
      },
    ],
  });
  const open = await ask(records.get, { id });
  expect(open).toMatchObject({ seal: null, sealed: false, ip: '10.0.0.7', userAgent: 'Chrome' });
  expect(open.changes[0]).toMatchObject({ before: { phone: '010-****-1111' }, after: { phone: '010-****-1234' } });
  await sealBatch(database.write);
  expect(await ask(records.get, { id })).toMatchObject({
    sealed: true,
    seal: { seq: 1, previousHash: '0'.repeat(64) },
  });
  expect(await refused(records.get, { id: newId() })).toEqual({ status: 404, code: 'not_found' });
});

test('audit.verify: a whole chain, then the first record that somebody changed', async () => {
  const ids = [await write('a.b'), await write('a.c')];
  await sealBatch(database.write);
  expect(await ask(records.verify, {})).toMatchObject({ ok: true, checked: 2, firstBroken: null, broken: null });
  await sql`set session_replication_role = replica; update audit_record set outcome = 'x' where id = ${sql.lit(ids[1])};
    reset session_replication_role`.execute(database.write);
  expect(await ask(records.verify, {})).toMatchObject({
    ok: false,
    checked: 1,
    firstBroken: ids[1],
    broken: { kind: 'changed', seq: 2, operation: 'a.c' },
  });
});

test('audit.verifyAll: the same as a job, whose result stays', async () => {
  for (let n = 0; n < 5; n++) await write('a.b');
  await sealBatch(database.write);
  const { jobId } = await ask(records.verifyAll, {});
  await withJobs(async () => {
    expect(await ended(jobId)).toMatchObject({
      state: 'done',
      progress: 1,
      requestedBy: { id: admin.id, name: admin.name },
      result: { ok: true, checked: 6, firstBroken: null },
    });
  });
});

test('audit.export and audit.readExport: a file with all that the filter lets through, and the reason in the audit', async () => {
  await write('tickets.assign', { input: { reason: '=cmd()' }, actor: { kind: 'user', id: 'u', name: '=1+1' } });
  await write('tickets.assign', { input: { reason: '쉼표, "따옴표"\n줄' } });
  await write('orders.get');
  const csv = await ask(records.export, { operation: 'tickets', reason: '월간 점검' });
  const ndjson = await ask(records.export, { operation: 'tickets', format: 'ndjson', reason: '외부 감사' });
  expect(await refused(records.readExport, { jobId: csv.jobId })).toEqual({ status: 409, code: 'not_ready' });
  await withJobs(async () => {
    expect(await ended(csv.jobId)).toMatchObject({ state: 'done', result: { rows: 2 } });
    await ended(ndjson.jobId);
  });
  const file = await ask(records.readExport, { jobId: csv.jobId });
  expect(file).toMatchObject({ mediaType: 'text/csv; charset=utf-8', next: null });
  expect(file.text.startsWith('\u{feff}시각(KST),')).toBe(true);
  expect(file.text).toContain(`,'=1+1,`);
  expect(file.text).toContain('""쉼표');
  const lines = (await ask(records.readExport, { jobId: ndjson.jobId })).text.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).operation)).toEqual(['tickets.assign', 'tickets.assign']);
  const asked = await ask(records.list, { operation: 'audit.export' });
  expect(asked.items).toHaveLength(2);
  expect((await ask(records.get, { id: asked.items[1]?.id ?? '' })).input).toMatchObject({ reason: '월간 점검' });
});

test('audit.readExport: a file larger than a part comes whole, part by part, cut at lines', async () => {
  for (let n = 0; n < 1_500; n++) await write('a.b', { input: { reason: '가'.repeat(400) } });
  const { jobId } = await ask(records.export, { reason: '점검', format: 'ndjson' });
  await withJobs(async () => void (await ended(jobId)));
  const parts: string[] = [];
  for (let part: number | null = 0; part !== null; ) {
    const { text, next }: Output<typeof records.readExport> = await ask(records.readExport, { jobId, part });
    expect(text.endsWith('\n')).toBe(true);
    parts.push(text);
    part = next;
  }
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.join('').trim().split('\n')).toHaveLength(1_501);
});

test('audit.export: a cancelled export leaves no file, and no job can be read as an export', async () => {
  const { jobId } = await ask(records.export, { reason: '점검' });
  await ask(ops.cancel, { id: jobId });
  expect(await refused(records.readExport, { jobId })).toEqual({ status: 409, code: 'not_ready' });
  const other = await addJob(database.write, 'jobs.tidy', {});
  expect(await refused(records.readExport, { jobId: other })).toEqual({ status: 404, code: 'not_found' });
});

test('the audit is closed to a role that is limited to some centre', async () => {
  const limited = actorWith('head', { centres: ['outsourced'] });
  const scope = { status: 409, code: 'scope_limited' };
  expect(await refused(records.list, {}, limited)).toEqual(scope);
  expect(await refused(records.get, { id: newId() }, limited)).toEqual(scope);
  expect(await refused(records.verify, {}, limited)).toEqual(scope);
  expect(await refused(records.verifyAll, {}, limited)).toEqual(scope);
  expect(await refused(records.export, { reason: 'x' }, limited)).toEqual(scope);
  expect(await refused(records.readExport, { jobId: '1' }, limited)).toEqual(scope);
  expect(await ask(records.list, {}, actorWith('head'))).toEqual({ items: [], next: null });
});

test('jobs.list, jobs.count and jobs.get: what waits, what failed, what ended, newest first, with masked payload', async () => {
  const waiting = await addJob(
    database.write,
    'a.wait',
    { phone: '010-0000-1234' },
    { runAt: new Date(Date.now() + DAY) },
  );
  const failed = await addJob(database.write, 'a.fail', {}, { maxAttempts: 1 });
  await sql`update graphile_worker._private_jobs set attempts = 1, last_error = 'no' where id = ${failed}`.execute(
    database.write,
  );
  const { jobId: done } = await ask(records.verifyAll, {});
  await withJobs(async () => void (await ended(done)));
  const list = async (input: z.input<typeof ops.list.input>) => (await ask(ops.list, input)).items;
  expect((await list({})).map(({ id, state }) => [id, state])).toEqual([
    [done, 'done'],
    [failed, 'failed'],
    [waiting, 'waiting'],
  ]);
  expect(await list({ state: 'failed' })).toMatchObject([{ id: failed, error: 'no', attempts: 1, maxAttempts: 1 }]);
  expect((await list({ name: 'a.wait' })).map(({ id }) => id)).toEqual([waiting]);
  const first = await ask(ops.list, { limit: 2 });
  expect((await list({ limit: 2, cursor: first.next ?? '' })).map(({ id }) => id)).toEqual([waiting]);
  expect(await ask(ops.count, {})).toEqual({ waiting: 1, running: 0, failed: 1 });
  expect(await ask(ops.get, { id: waiting })).toMatchObject({ payload: { phone: '010-****-1234' }, progress: null });
  expect(await refused(ops.get, { id: '999999' })).toEqual({ status: 404, code: 'not_found' });
});

test('jobs.mine: only what the caller started', async () => {
  const head = actorWith('head');
  const { jobId } = await ask(records.verifyAll, {}, head);
  await ask(records.verifyAll, {});
  expect((await ask(ops.mine, {}, head)).items.map(({ id }) => id)).toEqual([jobId]);
  expect((await ask(ops.mine, {}, actorWith('agent'))).items).toEqual([]);
});

test('jobs.retry: a dead letter runs again at once, and the audit tells who asked for it', async () => {
  const id = await addJob(database.write, 'jobs.tidy', {}, { maxAttempts: 1 });
  await sql`update graphile_worker._private_jobs set attempts = 1, run_at = now() + interval '1 day'`.execute(
    database.write,
  );
  await withJobs(async () => {
    expect(await ask(ops.retry, { id })).toEqual({ id, state: 'waiting' });
    while ((await ask(ops.count, {})).waiting > 0) await pause(20, new AbortController().signal);
  });
  expect((await ask(records.list, { operation: 'jobs.retry' })).items).toMatchObject([{ actor: { id: admin.id } }]);
  expect(await refused(ops.retry, { id })).toEqual({ status: 404, code: 'not_found' });
  const { jobId } = await ask(records.verifyAll, {});
  await ask(ops.cancel, { id: jobId });
  expect(await refused(ops.retry, { id: jobId })).toEqual({ status: 409, code: 'ended' });
});

test('jobs.cancel: a waiting job leaves the queue, a running one is asked to stop, an ended one stays as it is', async () => {
  const waiting = await addJob(database.write, 'a.wait', {});
  expect(await ask(ops.cancel, { id: waiting })).toEqual({ id: waiting, state: 'cancelled' });
  expect(await ask(ops.get, { id: waiting })).toMatchObject({ state: 'cancelled', cancelRequested: true });
  expect(await ask(ops.cancel, { id: waiting })).toEqual({ id: waiting, state: 'cancelled' });
  const running = await addJob(database.write, 'a.run', {});
  await sql`update graphile_worker._private_jobs set locked_at = now(), locked_by = 'w' where id = ${running}`.execute(
    database.write,
  );
  expect(await ask(ops.cancel, { id: running })).toEqual({ id: running, state: 'running' });
  expect(await ask(ops.get, { id: running })).toMatchObject({ state: 'running', cancelRequested: true });
  expect(await refused(ops.retry, { id: running })).toEqual({ status: 409, code: 'running' });
  expect(await refused(ops.discard, { id: running })).toEqual({ status: 409, code: 'running' });
});

test('jobs.discard: a dead letter goes, its trace and who let it go stay', async () => {
  const id = await addJob(database.write, 'a.fail', {}, { maxAttempts: 1 });
  await sql`update graphile_worker._private_jobs set attempts = 1, last_error = 'the mall says no'`.execute(
    database.write,
  );
  expect(await ask(ops.discard, { id })).toEqual({ id, state: 'cancelled' });
  expect(await ask(ops.get, { id })).toMatchObject({ state: 'cancelled', error: 'the mall says no' });
  expect(await ask(ops.count, {})).toEqual({ waiting: 0, running: 0, failed: 0 });
  expect((await ask(records.list, { operation: 'jobs.discard' })).items).toHaveLength(1);
});

test('what is kept for a time only goes after that time: old answers, events, job traces and exported files', async () => {
  const old = new Date(Date.now() - 31 * DAY);
  for (const at of [old, new Date()]) {
    await database.write
      .insertInto('idempotency_key')
      .values({ actor_id: 'a', operation: 'x.y', key: at.toISOString(), body_hash: '', at })
      .execute();
    await database.write
      .insertInto('job_run')
      .values({ job_id: at.getTime(), name: 'x', state: 'done', created_at: at, finished_at: at })
      .execute();
    await database.write
      .insertInto('export_part')
      .values({ job_id: at.getTime(), part: 0, text: at === old ? 'old' : 'new' })
      .execute();
  }
  for (const [position, at] of [
    [1, old],
    [2, old],
    [null, old],
  ] as const) {
    await database.write
      .insertInto('outbox')
      .values({ id: newId(), position, event: 'x.y', subject_id: 's', at })
      .execute();
  }
  await addJob(database.write, 'jobs.tidy', {});
  await withJobs(async () => {
    while ((await ask(ops.count, {})).waiting + (await ask(ops.count, {})).running > 0)
      await pause(20, new AbortController().signal);
  });
  expect(await database.write.selectFrom('idempotency_key').select('key').execute()).toHaveLength(1);
  expect(await database.write.selectFrom('job_run').select('job_id').execute()).toHaveLength(1);
  // The newest position stays: positions count on from it. What is not published yet stays too.
  expect(await database.write.selectFrom('outbox').select('position').orderBy('position').execute()).toEqual([
    { position: 2 },
    { position: null },
  ]);
  const parts = await database.write.selectFrom('export_part').select('text').execute();
  expect(parts).toEqual([{ text: 'new' }]);
});

test('the examples of both rooms succeed, one after another, for whoever has the permissions', async () => {
  const known = { ...(await platformKnown(database.write)), userId: admin.id } as unknown as Known;
  for (const operation of [...Object.values(records), ...Object.values(ops)]) {
    const { status, body } = await execute(operation.name, operation.example(known), admin);
    expect([operation.name, status, body]).toEqual([operation.name, 200, expect.anything()]);
  }
});

test('each filter of the audit is answered by an index, however much there is', async () => {
  await sql`
    insert into audit_record (id, at, actor_kind, actor_id, actor_name, request_id, operation, subject_id, changes,
      outcome, content_hash)
    select gen_random_uuid(), now() - n * interval '1 minute', 'user', 'u' || n % 500, 'x', 'x', 'r' || n % 40 || '.do',
      's' || n, jsonb_build_array(jsonb_build_object('subject', 'c' || n)), 'ok', ''
    from generate_series(1, 30000) n`.execute(database.write);
  await sql`analyze audit_record`.execute(database.write);
  const filters: AuditFilter[] = [
    { actor: 'u7' },
    { operation: 'r7.do' },
    { subject: 'c77' },
    { from: '2026-11-01', to: '2026-11-02' },
    {},
  ];
  for (const filter of filters) {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${auditCandidates(filter, null, 51)}`.execute(
      database.write,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).not.toContain('Seq Scan');
  }
});
