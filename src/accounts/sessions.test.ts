import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#platform/db.ts';
import type { Actor } from '#platform/operation.ts';
import { testDatabase } from '#platform/testing.ts';
import { createKeyFor } from './cli.ts';
import { sweep } from './server/jobs.ts';
import { actorOf, addStaff, openProcess, type Process } from './testing.ts';

let root: Database;
let here: Process;
let there: Process;
let ids: Record<string, string>;
let admin: Actor;

beforeAll(async () => {
  root = await testDatabase();
  here = await openProcess(root.config);
  there = await openProcess(root.config);
  const names = ['stay', 'leave', 'role', 'renamed', 'owner', 'reset'];
  ids = await addStaff(
    here,
    names.map((name) => ({ email: `${name}@example.com`, name: `시험 ${name}`, role: 'agent' as const })),
  );
  admin = await actorOf(here, { cookie: (await here.signIn('admin1@example.com')).cookie });
});
afterAll(async () => {
  await here.close();
  await there.close();
  await root.close();
});

/** Signs in here; both processes have it in memory then. */
async function known(name: string) {
  const { cookie } = await here.signIn(`${name}@example.com`);
  const actor = await actorOf(here, { cookie });
  expect(await there.authenticator.resolve({ cookie })).toEqual(actor);
  return { cookie, actor };
}
/** Well below the ten seconds that a process remembers. */
const soon = { timeout: 1_000, interval: 10 };

test('a process asks once and remembers, until the database tells it of a change', async () => {
  const { cookie } = await known('stay');
  await sql`alter table session disable trigger user`.execute(root.write);
  await root.write.deleteFrom('session').where('person_id', '=', ids.stay!).execute();
  await sql`alter table session enable trigger user`.execute(root.write);
  expect(await there.authenticator.resolve({ cookie })).toMatchObject({ id: ids.stay });
  await sql`select pg_notify('haedap_session', ${ids.stay})`.execute(root.write);
  await expect.poll(() => there.authenticator.resolve({ cookie }), soon).toBeNull();
});

test('a session that is revoked in one process is nobody in another at once', async () => {
  const one = await known('leave');
  const two = await known('leave');
  const list = await here.run(one.actor, 'accounts.listSessions');
  expect(list.body.items).toHaveLength(2);
  expect(list.body.items).toContainEqual(
    expect.objectContaining({ id: one.actor.sessionId, current: true, ip: '127.0.0.1' }),
  );
  expect(await here.run(one.actor, 'accounts.revokeSession', { id: two.actor.sessionId })).toMatchObject({
    body: { ended: 1 },
  });
  await expect.poll(() => there.authenticator.resolve({ cookie: two.cookie }), soon).toBeNull();
  expect(await there.authenticator.resolve({ cookie: one.cookie })).not.toBeNull();
});

test('signing out everywhere leaves the present session, and ends it too when asked', async () => {
  const one = await known('leave');
  const two = await known('leave');
  await here.run(one.actor, 'accounts.signOutEverywhere');
  await expect.poll(() => there.authenticator.resolve({ cookie: two.cookie }), soon).toBeNull();
  expect(await there.authenticator.resolve({ cookie: one.cookie })).not.toBeNull();
  expect(await here.run(one.actor, 'accounts.signOutEverywhere', { current: true })).toMatchObject({
    body: { ended: 1 },
  });
  await expect.poll(() => there.authenticator.resolve({ cookie: one.cookie }), soon).toBeNull();
});

test('nobody but an administrator ends or sees the sessions of others', async () => {
  const { cookie, actor } = await known('stay');
  const agent = (await known('agent1')).actor;
  expect(await here.run(agent, 'accounts.revokeSession', { id: actor.sessionId })).toMatchObject({
    body: { ended: 0 },
  });
  expect((await here.run(agent, 'accounts.listSessions', { person: actor.id })).status).toBe(404);
  expect((await here.run(agent, 'accounts.signOutEverywhere', { person: actor.id })).status).toBe(404);
  expect((await here.run(agent, 'accounts.listKeys', { person: actor.id })).status).toBe(404);
  expect((await here.run(agent, 'accounts.createKey', { person: actor.id, name: 'x' })).status).toBe(404);
  expect(await there.authenticator.resolve({ cookie })).not.toBeNull();
  expect((await here.run(admin, 'accounts.listSessions', { person: actor.id })).status).toBe(200);
  expect(await here.run(admin, 'accounts.signOutEverywhere', { person: actor.id })).toMatchObject({
    body: { ended: 1 },
  });
  await expect.poll(() => there.authenticator.resolve({ cookie }), soon).toBeNull();
});

test('new grants and a new name hold in another process at once', async () => {
  const { cookie } = await known('role');
  await here.run(admin, 'accounts.setGrants', { id: ids.role, grants: [{ role: 'manager', malls: ['own'] }] });
  await expect
    .poll(async () => (await there.authenticator.resolve({ cookie }))?.grants, soon)
    .toEqual([{ role: 'manager', malls: ['own'], centres: null, partners: null }]);
  const { actor } = await known('role');
  await here.run(actor, 'accounts.updateProfile', { name: '새 이름', language: 'en', theme: 'dark' });
  await expect
    .poll(() => there.authenticator.resolve({ cookie }), soon)
    .toMatchObject({ name: '새 이름', language: 'en' });
});

test('keys that somebody moved are kept with them and told in every process', async () => {
  const { actor } = await known('agent1');
  const hotkeys = [{ layer: 'page', keys: 'J', to: 'N' }];
  expect((await here.run(actor, 'accounts.updateProfile', { hotkeys })).status).toBe(200);
  expect((await there.run(actor, 'accounts.me')).body.hotkeys).toEqual(hotkeys);
  expect((await here.run(actor, 'accounts.updateProfile', { theme: 'light' })).status).toBe(200);
  expect((await there.run(actor, 'accounts.me')).body.hotkeys).toEqual(hotkeys);
  expect((await here.run(actor, 'accounts.updateProfile', { hotkeys: [] })).status).toBe(200);
  expect((await there.run(actor, 'accounts.me')).body.hotkeys).toEqual([]);
});

test('somebody disabled is nobody at once, with sessions and keys, also when enabled again', async () => {
  const { cookie } = await known('owner');
  const { key } = await createKeyFor(root.write, 'owner@example.com', { name: 'ERP' });
  const authorization = `Bearer ${key}`;
  expect(await there.authenticator.resolve({ authorization })).toMatchObject({ kind: 'key', id: ids.owner });
  expect((await here.run(admin, 'accounts.disablePerson', { id: ids.owner })).status).toBe(200);
  await expect.poll(() => there.authenticator.resolve({ cookie }), soon).toBeNull();
  await expect.poll(() => there.authenticator.resolve({ authorization }), soon).toBeNull();
  expect((await here.run(admin, 'accounts.enablePerson', { id: ids.owner })).status).toBe(200);
  expect(await here.authenticator.resolve({ authorization })).toBeNull();
  expect((await here.signIn('owner@example.com')).status).toBe(200);
});

test('a reset password ends the sessions and is asked to be changed', async () => {
  const { cookie } = await known('reset');
  const { body } = await here.run(admin, 'accounts.resetPassword', { id: ids.reset });
  await expect.poll(() => there.authenticator.resolve({ cookie }), soon).toBeNull();
  expect((await here.signIn('reset@example.com')).status).toBe(401);
  const signedIn = await here.signIn('reset@example.com', body.password as string);
  const actor = await actorOf(here, { cookie: signedIn.cookie });
  expect(await here.run(actor, 'accounts.me')).toMatchObject({ body: { mustChangePassword: true } });
  const change = { currentPassword: body.password, newPassword: 'quiet-hill-31' };
  const changed = await here.post('/api/auth/change-password', change, { cookie: signedIn.cookie });
  const after = await actorOf(here, { cookie: changed.cookie });
  expect(await here.run(after, 'accounts.me')).toMatchObject({ body: { mustChangePassword: false } });
});

test('a key is shown once, kept as a hash, and works until it is revoked', async () => {
  const { actor } = await known('agent2');
  const { body } = await here.run(actor, 'accounts.createKey', { name: 'ERP', expiresInDays: 30 });
  const key = body.key as string;
  expect(key).toMatch(/^haedap_[a-zA-Z]{64}$/);
  const dump = JSON.stringify(await root.read.selectFrom('api_key').selectAll().execute());
  expect(dump).not.toContain(key);
  const audits = await root.read
    .selectFrom('audit_record')
    .selectAll()
    .where('operation', '=', 'accounts.createKey')
    .execute();
  expect(JSON.stringify(audits)).not.toContain(key);
  const authorization = `Bearer ${key}`;
  expect(await there.authenticator.resolve({ authorization })).toMatchObject({ kind: 'key', id: actor.id, only: null });
  const list = await here.run(actor, 'accounts.listKeys');
  expect(list.body.items).toEqual([
    expect.objectContaining({ name: 'ERP', start: key.slice(0, 12), enabled: true, lastUsedAt: expect.any(Date) }),
  ]);
  await here.run(actor, 'accounts.revokeKey', { id: body.id });
  await expect.poll(() => there.authenticator.resolve({ authorization }), soon).toBeNull();
  for (const none of ['Bearer', 'Bearer x', `Basic ${key}`, key, `Bearer ${key}x`]) {
    expect(await here.authenticator.resolve({ authorization: none })).toBeNull();
  }
});

test('a session that has expired, or whose owner was disabled by hand, is nobody', async () => {
  const late = await here.signIn('stay@example.com');
  const past = new Date(Date.now() - 1_000);
  await root.write.updateTable('session').set({ expires_at: past }).where('person_id', '=', ids.stay!).execute();
  expect(await here.authenticator.resolve({ cookie: late.cookie })).toBeNull();
  const gone = await here.signIn('renamed@example.com');
  expect(await here.authenticator.resolve({ cookie: gone.cookie })).not.toBeNull();
  await root.write.updateTable('person').set({ disabled_at: past }).where('id', '=', ids.renamed!).execute();
  await expect.poll(() => here.authenticator.resolve({ cookie: gone.cookie }), soon).toBeNull();
});

test('what has ended by itself is taken away each hour, what lives stays', async () => {
  const { cookie, actor } = await known('agent1');
  const past = new Date(Date.now() - 1_000);
  const old = (await known('agent1')).actor;
  await root.write.updateTable('session').set({ expires_at: past }).where('id', '=', old.sessionId).execute();
  const ctx = { db: root.write, now: new Date() } as unknown as Parameters<typeof sweep>[0];
  await sweep(ctx, {});
  const left = await root.read.selectFrom('session').select('id').where('person_id', '=', actor.id).execute();
  expect(left).toContainEqual({ id: actor.sessionId });
  expect(left).not.toContainEqual({ id: old.sessionId });
  expect(await there.authenticator.resolve({ cookie })).not.toBeNull();
});

test('a key that has expired is nobody', async () => {
  const { key } = await createKeyFor(root.write, 'agent2@example.com', { name: 'old', expiresInDays: 1 });
  await root.write
    .updateTable('api_key')
    .set({ expires_at: new Date(Date.now() - 1_000) })
    .where('name', '=', 'old')
    .execute();
  expect(await here.authenticator.resolve({ authorization: `Bearer ${key}` })).toBeNull();
});

test('a key may do what it names and its owner may, and cannot free itself', async () => {
  const { body } = await here.run(admin, 'accounts.createKey', { name: 'reader', permissions: ['accounts.read'] });
  const key = await actorOf(there, { authorization: `Bearer ${body.key}` });
  expect(key.only).toEqual(['accounts.read']);
  expect((await there.run(key, 'accounts.listPeople')).status).toBe(200);
  expect((await there.run(key, 'accounts.unlockPerson', { id: ids.agent1 })).status).toBe(403);
  for (const [operation, input] of [
    ['createKey', { name: 'free' }],
    ['revokeKey', { id: body.id }],
    ['signOutEverywhere', {}],
    ['revokeSession', { id: admin.sessionId }],
    ['updateProfile', { name: 'x' }],
  ] as const) {
    expect(await there.run(key, `accounts.${operation}`, input)).toMatchObject({
      status: 409,
      body: { code: 'key_is_limited' },
    });
  }
  expect((await there.run(key, 'accounts.listKeys', { person: ids.agent1 })).status).toBe(404);
  const me = await there.run(key, 'accounts.me');
  expect(me.body.permitted).toContain('accounts.listPeople');
  expect(me.body.permitted).not.toContain('accounts.setGrants');
  const agent = (await known('agent1')).actor;
  const more = await here.run(agent, 'accounts.createKey', { name: 'more', permissions: ['accounts.manage'] });
  const wish = await actorOf(here, { authorization: `Bearer ${more.body.key}` });
  expect((await here.run(wish, 'accounts.unlockPerson', { id: ids.agent2 })).status).toBe(403);
  const odd = await here.run(agent, 'accounts.createKey', { name: 'odd', permissions: ['accounts.fly'] });
  expect(odd).toMatchObject({
    status: 409,
    body: { code: 'permission_unknown', facts: { permission: 'accounts.fly' } },
  });
});

test('keys that are none, that belong to the browser or that would do two things are refused, each with its reason', async () => {
  const { actor } = await known('agent1');
  const move = (keys: string, to: string, layer = 'page') => ({ layer, keys, to });
  const cases: [object[], string][] = [
    [[move('J', 'n')], 'keys_malformed'],
    [[move('J', 'Hyper+N')], 'keys_malformed'],
    [[move('그만', 'N')], 'keys_malformed'],
    [[move('J', 'Ctrl+W')], 'keys_reserved'],
    [[move('J', 'Ctrl+Alt+N')], 'keys_reserved'],
    [[move('J', 'Alt+Shift+T')], 'keys_reserved'],
    [[move('J', 'Alt+3')], 'keys_reserved'],
    [[move('J', 'Esc')], 'keys_reserved'],
    [[move('J', 'N'), move('K', 'N')], 'keys_twice'],
    [[move('J', 'N'), move('J', 'P')], 'keys_twice'],
  ];
  for (const [hotkeys, code] of cases)
    expect(await here.run(actor, 'accounts.updateProfile', { hotkeys }), JSON.stringify(hotkeys)).toMatchObject({
      status: 409,
      body: { code },
    });
  const { body } = await here.run(actor, 'accounts.updateProfile', { hotkeys: [move('J', 'Ctrl+W')] });
  expect(body.title).toMatch(/^Ctrl\+W: .*다른 키/);
  const both = [move('J', 'N'), move('R', 'N', 'panel')];
  expect((await here.run(actor, 'accounts.updateProfile', { hotkeys: both })).status).toBe(200);
  expect((await here.run(actor, 'accounts.updateProfile', { hotkeys: [] })).status).toBe(200);
});

test('what screens remember is kept by name, told in every process, and is no event for others', async () => {
  const { actor } = await known('agent2');
  const list = { hidden: ['malls'], widths: { name: 220 } };
  const events = () =>
    root.read.selectFrom('outbox').select('id').where('event', '=', 'accounts.profile_changed').execute();
  const before = (await events()).length;
  const keep = (preferences: object) => here.run(actor, 'accounts.updateProfile', { preferences });
  expect((await keep({ 'list.customers': list, cases: [] })).status).toBe(200);
  expect((await keep({ 'draft.t1.reply': { text: '고객님, 확인했습니다' } })).status).toBe(200);
  const { body } = await there.run(actor, 'accounts.me');
  expect(body).toMatchObject({ preferences: { 'list.customers': list, cases: [] }, drafts: ['draft.t1.reply'] });
  expect((await there.run(actor, 'accounts.getPreference', { name: 'draft.t1.reply' })).body).toEqual({
    value: { text: '고객님, 확인했습니다' },
  });
  expect((await keep({ 'list.customers': null, 'draft.t1.reply': null })).status).toBe(200);
  expect((await there.run(actor, 'accounts.me')).body).toMatchObject({ preferences: { cases: [] }, drafts: [] });
  expect((await there.run(actor, 'accounts.getPreference', { name: 'draft.t1.reply' })).body).toEqual({ value: null });
  expect((await events()).length).toBe(before);
  const { rows } = await sql<{ input: unknown }>`select input from audit_record where actor_id = ${actor.id}`.execute(
    root.read,
  );
  expect(JSON.stringify(rows)).not.toContain('확인했습니다');
});

test('a preference of a strange name or too long is refused with its path, and so is more than a person may keep', async () => {
  const { actor } = await known('role');
  const keep = (preferences: object) => here.run(actor, 'accounts.updateProfile', { preferences });
  expect(await keep({ '../x': 1 })).toMatchObject({ status: 400 });
  expect(await keep({ 'list.x': 'x'.repeat(64_001) })).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'preferences.list.x' }] },
  });
  const many = (from: number) =>
    Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`draft.t${from + i}.reply`, { text: 'x' }]));
  expect((await keep(many(0))).status).toBe(200);
  expect(await keep(many(200))).toMatchObject({ status: 409, body: { code: 'preferences_full' } });
  expect((await there.run(actor, 'accounts.me')).body.drafts).toHaveLength(200);
});

test('a draft that nobody has touched for 30 days is taken away by itself, other settings stay', async () => {
  const { actor } = await known('stay');
  await here.run(actor, 'accounts.updateProfile', { preferences: { 'draft.old.reply': { text: 'x' }, cases: [] } });
  const later = new Date(Date.now() + 31 * 86_400_000);
  await sweep({ db: root.write, now: later } as unknown as Parameters<typeof sweep>[0], {});
  expect((await there.run(actor, 'accounts.me')).body).toMatchObject({ preferences: { cases: [] }, drafts: [] });
});
