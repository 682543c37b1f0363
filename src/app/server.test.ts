import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestServer, testServer } from './testing.ts';

let at: TestServer;
let key: string;

beforeAll(async () => {
  at = await testServer();
  await at.database.write.insertInto('company').values({ name: '시험', kind: 'real' }).execute();
  key = await at.keyOf({ email: 'admin@example.com', role: 'admin' });
});
afterAll(() => at?.stop());

const call = (operation: string, body: unknown, headers: Record<string, string> = {}) =>
  at.post(operation, body, { key, headers });

test('a call with a key is answered, with a request id', async () => {
  const reply = await call('accounts.me', {}, { 'x-request-id': 'request-from-outside' });
  expect(reply).toMatchObject({ status: 200, body: { email: 'admin@example.com' } });
  expect(reply.headers.get('x-request-id')).toBe('request-from-outside');
});

test('nobody, a wrong key and a wrong cookie get 401 as a problem document', async () => {
  const nobody = await at.post('accounts.me', {});
  expect(nobody).toMatchObject({ status: 401, body: { code: 'unauthenticated', status: 401 } });
  expect(nobody.headers.get('content-type')).toMatch('application/problem+json');
  expect((await at.post('accounts.me', {}, { key: 'haedap_wrong' })).status).toBe(401);
  expect((await at.post('accounts.me', {}, { headers: { cookie: 'haedap_session=abc.def' } })).status).toBe(401);
});

test('problems speak the language that the caller asks for', async () => {
  expect((await at.post('accounts.me', {}, { headers: { 'accept-language': 'en-US' } })).body.title).toBe(
    'Please sign in.',
  );
  expect((await at.post('accounts.me', {}, { headers: { 'accept-language': 'ko' } })).body.title).toBe(
    '로그인이 필요합니다.',
  );
});

test('bodies that are no good are refused with the path of the field', async () => {
  const faults: [unknown, string][] = [
    ['{"limit":', ''],
    ['[]', ''],
    [Uint8Array.from([0x7b, 0xff, 0x7d]), ''],
    ['{"text":"\\u0000"}', 'text'],
    ['{"text":"\\ud800"}', 'text'],
    [{ limit: 'many' }, 'limit'],
    [{ nonsense: 1 }, 'nonsense'],
    [`{"a":${'['.repeat(200)}${']'.repeat(200)}}`, 'a'],
  ];
  for (const [body, path] of faults) {
    const reply = await call('accounts.listPeople', body);
    expect([reply.status, reply.body.code]).toEqual([400, 'bad_input']);
    expect((reply.body.errors as { path: string }[])[0]?.path).toMatch(new RegExp(`^${path}`));
  }
});

test('a body above the limit gets 413, another type of content 415', async () => {
  expect((await call('accounts.listPeople', { q: 'x'.repeat(1_100_000) })).status).toBe(413);
  expect((await call('accounts.listPeople', '{}', { 'content-type': 'text/plain' })).status).toBe(415);
});

test('an unknown operation and an unknown address are 404, each with its code', async () => {
  expect((await call('tickets.nothing', {})).body.code).toBe('unknown_operation');
  const page = await fetch(`${at.base}/api/not/there`);
  expect([page.status, ((await page.json()) as { code: string }).code]).toEqual([404, 'not_found']);
});

test('a bad Idempotency-Key is refused', async () => {
  const reply = await call('accounts.listPeople', {}, { 'idempotency-key': 'x'.repeat(300) });
  expect(reply.body).toMatchObject({ code: 'bad_input', errors: [{ path: 'Idempotency-Key' }] });
});

test('a cookie does not work from another site', async () => {
  const headers = { cookie: 'haedap_session=a.b', origin: 'https://evil.example' };
  expect((await at.post('accounts.me', {}, { headers })).body.code).toBe('cross_site');
  expect((await at.post('accounts.me', {}, { headers: { ...headers, origin: at.base } })).body.code).toBe(
    'unauthenticated',
  );
});

test('OpenAPI describes every operation with an example, and the docs page is served from here', async () => {
  const document = (await (await fetch(`${at.base}/api/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<string, { post: { requestBody: { content: { 'application/json': { example: unknown } } } } }>;
  };
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths).length).toBe(at.server.pipeline.registry.entries.size);
  for (const path of Object.values(document.paths))
    expect(path.post.requestBody.content['application/json'].example).toBeDefined();
  const page = await (await fetch(`${at.base}/api/docs`)).text();
  for (const file of page.matchAll(/(?:src|href)="([^"]+)"/g))
    expect((await fetch(at.base + file[1])).status).toBe(200);
  expect(page).not.toMatch(/https?:\/\//);
});

test('health, readiness and metrics are served', async () => {
  expect((await fetch(`${at.base}/healthz`)).status).toBe(200);
  expect((await fetch(`${at.base}/readyz`)).status).toBe(200);
  await call('accounts.me', {});
  expect(await (await fetch(`${at.base}/metrics`)).text()).toMatch(
    /haedap_requests_total\{operation="accounts.me",status="200"\} \d+/,
  );
});

test('a session that asks too often gets 429, others do not', async () => {
  const slow = await testServer({ database: at.database, ratePerSecond: 2 });
  const replies = await Promise.all(Array.from({ length: 30 }, () => slow.post('accounts.me', {}, { key })));
  const other = await slow.post(
    'accounts.me',
    {},
    { key: await at.keyOf({ email: 'other@example.com', role: 'agent' }) },
  );
  await slow.stop();
  expect(replies.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(12);
  expect(replies.some(({ status, body }) => status === 429 && body.code === 'too_many_requests')).toBe(true);
  expect(other.status).toBe(200);
});

test('a stop lets running requests end, and closes connections on which nothing was asked', async () => {
  const other = await testServer({ database: at.database });
  const idle = connect(Number(new URL(other.base).port), '127.0.0.1');
  await new Promise((resolve) => idle.once('connect', resolve));
  const gone = new Promise((resolve) => idle.once('close', resolve));
  const lock = await at.database.pool.connect();
  await lock.query('begin; lock table centre in access exclusive mode');
  const running = other.post(
    'accounts.addCentre',
    { id: 'late', name: { ko: '늦은', en: 'Late' }, kind: 'own' },
    { key },
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  const stopped = other.stop();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await lock.query('rollback');
  lock.release();
  const reply = await running;
  expect([reply.status, reply.body.code]).not.toEqual([503, 'unavailable']);
  await stopped;
  await gone;
  await expect(other.post('accounts.me', {}, { key })).rejects.toThrow();
});

test('a client has the address that a trusted proxy says, and nobody else may say one', async () => {
  const behind = await testServer({ database: at.database, trustProxy: '127.0.0.1' });
  const headers = { 'x-forwarded-for': '203.0.113.7' };
  const body = (id: string) => ({ id, name: { ko: '새', en: 'New' }, kind: 'own' });
  await behind.post('accounts.addCentre', body('proxied'), { key, headers });
  await at.post('accounts.addCentre', body('direct'), { key, headers });
  await behind.stop();
  const records = await at.database.write
    .selectFrom('audit_record')
    .select(['subject_id', 'ip'])
    .where('operation', '=', 'accounts.addCentre')
    .where('subject_id', 'in', ['proxied', 'direct'])
    .orderBy('id')
    .execute();
  expect(records).toEqual([
    { subject_id: 'proxied', ip: '203.0.113.7' },
    { subject_id: 'direct', ip: '127.0.0.1' },
  ]);
});

test('the log says what was asked, by whom, and no personal data', async () => {
  const lines: string[] = [];
  const { default: pino } = await import('pino');
  const logged = await testServer({
    database: at.database,
    logger: pino({}, { write: (line: string) => void lines.push(line) }),
  });
  await logged.post('accounts.listPeople', { q: '김서연 010-2841-1234' }, { key });
  await logged.stop();
  expect(lines.join('')).toMatch(/"op":"accounts.listPeople","status":200/);
  expect(lines.join('')).not.toMatch(/김서연|2841|admin@example.com/);
});
