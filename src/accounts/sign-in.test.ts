import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#platform/db.ts';
import { testDatabase } from '#platform/testing.ts';
import { TRIES } from './server/sign-in-guard.ts';
import { addStaff, openProcess, PASSWORD, type Process } from './testing.ts';

let root: Database;
let server: Process;
let ids: Record<string, string>;

beforeAll(async () => {
  root = await testDatabase();
  server = await openProcess(root.config);
  const names = ['lock', 'crowd', 'totp', 'codes', 'phone', 'change', 'out', 'gone'];
  ids = await addStaff(
    server,
    names.map((name) => ({ email: `${name}@example.com`, name: `시험 ${name}`, role: 'agent' as const })),
  );
});
afterAll(async () => {
  await server.close();
  await root.close();
});

const audits = async (subject: string | undefined) =>
  (
    await root.read
      .selectFrom('audit_record')
      .select(['operation', 'outcome', 'actor_kind'])
      .where('subject_id', '=', subject ?? '')
      .orderBy('id')
      .execute()
  ).map(({ operation, outcome, actor_kind }) => `${operation} ${outcome} ${actor_kind}`);

test('the right password opens a session, whatever the case of the e-mail', async () => {
  const { status, body, cookie } = await server.signIn('Agent1@Example.com');
  expect({ status, email: body.user.email }).toEqual({ status: 200, email: 'agent1@example.com' });
  expect(cookie).toMatch(/^haedap_session=/);
  expect(JSON.stringify(body)).not.toContain('token');
  const actor = await server.authenticator.resolve({ cookie });
  expect(actor).toMatchObject({
    kind: 'user',
    id: ids.agent1,
    name: '박지민',
    grants: [{ role: 'agent', malls: null, centres: ['own'], partners: null }],
    only: null,
  });
  const kept = await root.read
    .selectFrom('person')
    .select('last_sign_in_at')
    .where('id', '=', ids.agent1!)
    .executeTakeFirst();
  expect(Date.now() - (kept?.last_sign_in_at?.getTime() ?? 0)).toBeLessThan(60_000);
});

test('a wrong password and an unknown e-mail get the same answer', async () => {
  const wrong = await server.signIn('agent2@example.com', 'not-this-one-1');
  const unknown = await server.signIn('nobody@example.com', 'not-this-one-1');
  expect([wrong.status, wrong.body.code, wrong.body.title]).toEqual([
    401,
    'wrong_password',
    '이메일 또는 비밀번호가 맞지 않습니다.',
  ]);
  expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
  expect(wrong.cookie).toBe('');
  expect(await audits(ids.agent2)).toEqual(['accounts.signIn invalid_email_or_password anonymous']);
});

test('after eight wrong passwords even the right one is refused, until the lock ends', async () => {
  for (let i = 0; i < TRIES; i++) expect((await server.signIn('lock@example.com', 'not-this-1')).status).toBe(401);
  const locked = await server.signIn('lock@example.com');
  expect([locked.status, locked.body.code]).toEqual([429, 'account_locked']);
  const minutes = (Date.parse(locked.body.facts.until) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(14);
  expect(minutes).toBeLessThanOrEqual(15);
  expect((await audits(ids.lock)).at(-1)).toBe('accounts.signIn account_locked anonymous');
  const past = new Date(Date.now() - 1_000);
  await root.write.updateTable('person').set({ locked_until: past }).where('id', '=', ids.lock!).execute();
  expect((await server.signIn('lock@example.com')).status).toBe(200);
  const after = await root.read
    .selectFrom('person')
    .select(['failed_sign_ins', 'locked_until'])
    .where('id', '=', ids.lock!)
    .executeTakeFirst();
  expect(after).toEqual({ failed_sign_ins: 0, locked_until: null });
});

test('tries sent at the same moment count too', async () => {
  const tries = await Promise.all(Array.from({ length: 20 }, () => server.signIn('crowd@example.com', 'not-this-1')));
  const codes = tries.map(({ body }) => body.code as string);
  expect(codes.filter((code) => code === 'wrong_password')).toHaveLength(TRIES);
  expect(codes.filter((code) => code === 'account_locked')).toHaveLength(20 - TRIES);
});

/** The secret of an `otpauth://` address: base32. */
function secretOf(uri: string): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...(new URL(uri).searchParams.get('secret') ?? '')]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return (bits.match(/.{8}/g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 2))).join('');
}

async function enrol(name: string) {
  const { cookie } = await server.signIn(`${name}@example.com`);
  const start = await server.post('/api/auth/two-factor/enable', { password: PASSWORD }, { cookie });
  expect(start.status).toBe(200);
  const code = async () =>
    (await server.auth.api.generateTOTP({ body: { secret: secretOf(start.body.totpURI) } })).code;
  const on = await server.post('/api/auth/two-factor/verify-totp', { code: await code() }, { cookie });
  expect(on.status).toBe(200);
  return { code, recovery: start.body.backupCodes as string[], cookie: on.cookie };
}

test('with the second factor a password alone opens nothing, and the code of the phone completes it', async () => {
  const { code } = await enrol('totp');
  const half = await server.signIn('totp@example.com');
  expect([half.status, half.body.twoFactorRedirect, half.body.twoFactorMethods]).toEqual([200, true, ['totp']]);
  expect(await server.authenticator.resolve({ cookie: half.cookie })).toBeNull();
  const wrong = await server.post('/api/auth/two-factor/verify-totp', { code: '000000' }, { cookie: half.cookie });
  expect([wrong.status, wrong.body.code]).toEqual([401, 'wrong_code']);
  const whole = await server.post('/api/auth/two-factor/verify-totp', { code: await code() }, { cookie: half.cookie });
  expect(whole.status).toBe(200);
  expect(await server.authenticator.resolve({ cookie: whole.cookie })).toMatchObject({ id: ids.totp });
  expect(await audits(ids.totp)).toEqual([
    'accounts.signIn ok user',
    'accounts.startTwoFactor ok user',
    'accounts.enableTwoFactor ok user',
    'accounts.signIn second_factor_asked anonymous',
    'accounts.signIn invalid_code anonymous',
    'accounts.signIn ok user',
  ]);
});

test('a recovery code signs in once', async () => {
  const { recovery } = await enrol('codes');
  expect(recovery).toHaveLength(10);
  const first = await server.signIn('codes@example.com');
  const used = await server.post(
    '/api/auth/two-factor/verify-backup-code',
    { code: recovery[0] },
    { cookie: first.cookie },
  );
  expect(used.status).toBe(200);
  expect(await server.authenticator.resolve({ cookie: used.cookie })).toMatchObject({ id: ids.codes });
  const again = await server.signIn('codes@example.com');
  const refused = await server.post(
    '/api/auth/two-factor/verify-backup-code',
    { code: recovery[0] },
    { cookie: again.cookie },
  );
  expect([refused.status, refused.body.code]).toEqual([401, 'wrong_code']);
});

test('ten wrong codes lock the second factor, also over several sign-ins', async () => {
  await enrol('phone');
  const seen: string[] = [];
  for (let i = 0; i < 3; i++) {
    const { cookie } = await server.signIn('phone@example.com');
    for (let j = 0; j < 4; j++) {
      const { body } = await server.post('/api/auth/two-factor/verify-totp', { code: '000000' }, { cookie });
      seen.push(body.code);
    }
  }
  expect(seen.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 'wrong_code'));
  expect(seen.slice(10)).toEqual(['account_locked', 'account_locked']);
});

test('a new password follows the rules, ends the other sessions and is asked for from then on', async () => {
  const other = await server.signIn('change@example.com');
  const mine = await server.signIn('change@example.com');
  const change = (currentPassword: string, newPassword: string) =>
    server.post('/api/auth/change-password', { currentPassword, newPassword }, { cookie: mine.cookie });
  expect((await change(PASSWORD, 'short-1')).body.code).toBe('password_too_short');
  expect((await change(PASSWORD, 'change-change-1')).body.code).toBe('password_guessable');
  expect((await change('not-mine-at-all', 'river-stone-77')).body.code).toBe('wrong_password');
  const changed = await change(PASSWORD, 'river-stone-77');
  expect(changed.status).toBe(200);
  expect(await server.authenticator.resolve({ cookie: changed.cookie })).toMatchObject({ id: ids.change });
  await expect.poll(() => server.authenticator.resolve({ cookie: other.cookie })).toBeNull();
  expect((await server.signIn('change@example.com')).status).toBe(401);
  expect((await server.signIn('change@example.com', 'river-stone-77')).status).toBe(200);
});

test('signing out ends the session on the server, not only the cookie', async () => {
  const { cookie } = await server.signIn('out@example.com');
  expect(await server.authenticator.resolve({ cookie })).not.toBeNull();
  expect((await server.post('/api/auth/sign-out', {}, { cookie })).status).toBe(200);
  await expect.poll(() => server.authenticator.resolve({ cookie })).toBeNull();
  expect(await audits(ids.out)).toEqual(['accounts.signIn ok user', 'accounts.signOut ok user']);
});

test('somebody disabled learns so only with the right password', async () => {
  await root.write.updateTable('person').set({ disabled_at: new Date() }).where('id', '=', ids.gone!).execute();
  expect((await server.signIn('gone@example.com', 'not-this-1')).body.code).toBe('wrong_password');
  const right = await server.signIn('gone@example.com');
  expect([right.status, right.body.code, right.cookie]).toEqual([403, 'account_disabled', '']);
});

test('a cookie counts only with our signature', async () => {
  const { cookie } = await server.signIn('agent1@example.com');
  const value = decodeURIComponent(cookie.slice('haedap_session='.length));
  const [token = '', signature = ''] = value.split('.');
  const other = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
  for (const forged of [token, `${token}.`, `${token}.${other}`, `x${token}.${signature}`, '', '%', `${value}x`]) {
    expect(await server.authenticator.resolve({ cookie: `haedap_session=${encodeURIComponent(forged)}` })).toBeNull();
  }
  expect(
    await server.authenticator.resolve({ cookie: `other=1; haedap_session=${encodeURIComponent(value)}` }),
  ).not.toBeNull();
});

test('another site can neither sign somebody in nor out', async () => {
  const { cookie } = await server.signIn('agent1@example.com');
  const evil = { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
  const out = await server.post('/api/auth/sign-out', {}, { cookie, ...evil });
  expect([out.status, out.body.code]).toEqual([403, 'cross_site']);
  const credentials = { email: 'agent1@example.com', password: PASSWORD };
  expect((await server.post('/api/auth/sign-in/email', credentials, evil)).status).toBe(403);
  expect(await server.authenticator.resolve({ cookie })).not.toBeNull();
});

test('routes of better-auth that nobody needs do not exist', async () => {
  const { cookie } = await server.signIn('agent1@example.com');
  for (const path of [
    'sign-up/email',
    'update-user',
    'delete-user',
    'api-key/create',
    'revoke-sessions',
    'change-email',
  ]) {
    const { status } = await server.post(`/api/auth/${path}`, {}, { cookie });
    expect({ path, status }).toEqual({ path, status: 404 });
  }
});

test('a body that is wrong in itself is refused without a stack', async () => {
  const url = '/api/auth/sign-in/email';
  for (const body of [
    {},
    { email: 1, password: 2 },
    { email: 'a\0@example.com', password: 'x' },
    { email: 'ㅎ', password: '' },
  ]) {
    const { status, body: problem } = await server.post(url, body);
    expect([400, 401]).toContain(status);
    expect(problem).toMatchObject({ type: 'about:blank', code: expect.any(String), title: expect.any(String) });
  }
});

test('one address may try 300 times a minute', async () => {
  await root.write.deleteFrom('auth_rate_limit').execute();
  await server.signIn('nobody');
  await root.write.updateTable('auth_rate_limit').set({ count: 298 }).execute();
  const codes: string[] = [];
  for (let i = 0; i < 4; i++) codes.push((await server.signIn('nobody')).body.code);
  expect(codes).toEqual(['wrong_password', 'wrong_password', 'too_many_requests', 'too_many_requests']);
  await root.write.deleteFrom('auth_rate_limit').execute();
});
