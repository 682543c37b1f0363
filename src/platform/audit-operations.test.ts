import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { z } from 'zod';
import { actorWith, SYSTEM } from './actors.ts';
import { writeAudit } from './audit.ts';
import { sealBatch } from './audit-sealer.ts';
import { audit } from './contract/audit.ts';
import { jobs } from './contract/jobs.ts';
import type { Database } from './db.ts';
import { addJob } from './jobs.ts';
import { pause } from './leader.ts';
import type { Actor, Output } from './operation.ts';
import { type AuditFilter, auditCandidates } from './server/audit-store.ts';
import { testDatabase } from './testing.ts';
import { type Asker, askOn } from './testing-ask.ts';
import { newId } from './values.ts';

let database: Database;
let ask: Asker['ask'];
let refused: Asker['refused'];
let withJobs: Asker['withJobs'];
let admin: Actor;

beforeAll(async () => {
  database = await testDatabase();
  ({ ask, refused, withJobs, admin } = askOn(database));
});
afterAll(() => database.close());
beforeEach(async () => {
  await sql`truncate audit_record, audit_seal, audit_unsealed, job_run, export_part, outbox, graphile_worker._private_jobs`.execute(
    database.write,
  );
});

async function ended(id: string) {
  for (;;) {
    const job = await ask(jobs.operations.get, { id });
    if (['done', 'failed', 'cancelled'].includes(job.state)) return job;
    await pause(50, new AbortController().signal);
  }
}
const records = audit.operations;
const ops = jobs.operations;

const write = (operation: string, more: Partial<Parameters<typeof writeAudit>[1]> = {}) =>
  writeAudit(database.write, { actor: SYSTEM, requestId: newId(), operation, ...more });

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

test('audit.list: a record says what people call its operation, and is found by that', async () => {
  const exported = await write('audit.export', { input: {} });
  await write('gone.operation', { input: {} });
  const titles = async (q?: string) => (await ask(records.list, { q })).items.map(({ title }) => title);
  expect(await titles()).toEqual([null, records.export.title.ko]);
  expect(await titles(records.export.title.ko.slice(1))).toEqual([records.export.title.ko]);
  expect((await ask(records.get, { id: exported })).title).toBe(records.export.title.ko);
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
