import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '#platform/db.ts';
import { testDatabase } from '#platform/testing.ts';
import { createPeople } from './server/people.ts';
import { openSetUp, writeCompany } from './server/set-up.ts';
import { actorOf, openProcess, type Process } from './testing.ts';

let root: Database;
let server: Process;

beforeEach(async () => {
  root = await testDatabase();
  server = await openProcess(root.config);
});
afterEach(async () => {
  await server.close();
  await root.close();
});

const company = (code: string | null, more: object = {}) => ({
  code,
  company: '온결',
  name: '강지호',
  email: 'admin@ongyeol.example',
  password: 'calm-river-84',
  ...more,
});
const setUp = (body: object) => server.post('/api/auth-setup', body);

test('the first administrator sets the company up with the code of the terminal, and signs in', async () => {
  const code = await openSetUp(root.write);
  expect(code).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
  expect((await server.send('GET', '/api/auth-info')).body).toMatchObject({
    company: null,
    needsSetUp: true,
    sample: [],
  });
  expect((await setUp(company(code?.toUpperCase() ?? ''))).status).toBe(200);
  expect((await server.send('GET', '/api/auth-info')).body).toMatchObject({
    company: { name: '온결', kind: 'real' },
    needsSetUp: false,
    sample: [],
  });
  const admin = await actorOf(server, await server.signIn('admin@ongyeol.example', 'calm-river-84'));
  expect(await server.run(admin, 'accounts.me')).toMatchObject({
    body: { company: { name: '온결', kind: 'real' }, grants: [{ role: 'admin' }], mustChangePassword: false },
  });
  expect(await server.run(admin, 'accounts.company')).toMatchObject({
    body: { company: { name: '온결', kind: 'real' } },
  });
  expect(await server.run(admin, 'accounts.listCentres')).toMatchObject({ body: { items: [{ id: 'own' }] } });
});

test('without the right code nothing is set up', async () => {
  expect(await setUp(company('anything'))).toMatchObject({ status: 409, body: { code: 'wrong_set_up_code' } });
  const old = await openSetUp(root.write);
  const code = await openSetUp(root.write);
  for (const wrong of [old ?? '', '', 'aaaa-aaaa-aaaa']) {
    const { status } = await setUp(company(wrong));
    expect([400, 409]).toContain(status);
  }
  expect((await setUp(company(code, { password: 'admin-1234' }))).body.code).toBe('password_guessable');
  expect((await setUp(company(code, { email: 'x' }))).body).toMatchObject({
    code: 'bad_input',
    errors: [{ path: 'email' }],
  });
  expect(await root.read.selectFrom('person').select('id').execute()).toEqual([]);
  expect(await root.read.selectFrom('company').select('id').execute()).toEqual([]);
});

test('a company is set up once, however many try at the same moment', async () => {
  const code = await openSetUp(root.write);
  const tries = await Promise.all([1, 2, 3].map((i) => setUp(company(code, { email: `admin${i}@ongyeol.example` }))));
  expect(tries.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  expect((await setUp(company(code))).body.code).toBe('already_set_up');
  expect(await openSetUp(root.write)).toBeNull();
  expect(await root.read.selectFrom('person').select('id').execute()).toHaveLength(1);
});

test('the sign-in page offers the people of the sample company, and of no other', async () => {
  await createPeople(
    root.write,
    [
      { email: 'admin@haedap.example', name: '강지호', role: 'admin' },
      { email: 'agent1@haedap.example', name: '박지민', role: 'agent' },
      { email: 'agent2@haedap.example', name: '정수민', role: 'agent' },
    ],
    'calm-river-84',
  );
  await writeCompany(root.write, { name: '온결', kind: 'sample' });
  const { body } = await server.send('GET', '/api/auth-info');
  expect(body.sample).toEqual([
    expect.objectContaining({ email: 'agent1@haedap.example', name: '박지민', title: { ko: '상담사', en: 'Agent' } }),
    expect.objectContaining({ email: 'admin@haedap.example', name: '강지호' }),
  ]);
  await writeCompany(root.write, { name: '온결', kind: 'real' });
  expect((await server.send('GET', '/api/auth-info')).body.sample).toEqual([]);
});
