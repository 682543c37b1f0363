import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#platform/db.ts';
import { type Actor, ROLES } from '#platform/operation.ts';
import { rolesOf } from '#platform/registry.ts';
import { testDatabase } from '#platform/testing.ts';
import { newId } from '#platform/values.ts';
import { addUser } from './cli.ts';
import { accounts } from './contract.ts';
import { authOptions } from './server/auth.ts';
import { createPeople } from './server/people.ts';
import { writeCompany } from './server/set-up.ts';
import { actorOf, addStaff, openProcess, type Process } from './testing.ts';

let root: Database;
let server: Process;
let ids: Record<string, string>;
let admin: Actor;
let second: Actor;

beforeAll(async () => {
  root = await testDatabase();
  server = await openProcess(root.config);
  ids = await addStaff(server);
  admin = await actorOf(server, await server.signIn('admin1@example.com'));
  second = await actorOf(server, await server.signIn('admin2@example.com'));
});
afterAll(async () => {
  await server.close();
  await root.close();
});

const everywhere = { malls: null, centres: null, partners: null };

test('our tables are those that better-auth asks for', async () => {
  const options = authOptions({ db: root.write, secret: newId(), baseUrl: 'http://localhost' });
  const { toBeCreated, toBeAdded, schemaProblems } = await getMigrations(options);
  expect({ toBeCreated, toBeAdded, schemaProblems }).toEqual({ toBeCreated: [], toBeAdded: [], schemaProblems: [] });
});

test('an administrator adds somebody, whose first password works and is to be changed', async () => {
  const grants = [{ role: 'shift_lead', centres: ['own'] }];
  const made = await server.run(admin, 'accounts.createPerson', { email: 'New1@example.com', name: '신입', grants });
  expect(made).toMatchObject({
    status: 200,
    body: {
      person: {
        email: 'new1@example.com',
        mustChangePassword: true,
        grants: [{ role: 'shift_lead', malls: null, centres: ['own'], partners: null }],
      },
    },
  });
  const person = await actorOf(server, await server.signIn('new1@example.com', made.body.password as string));
  expect(await server.run(person, 'accounts.me')).toMatchObject({ body: { name: '신입', mustChangePassword: true } });
  const audit = await root.read
    .selectFrom('audit_record')
    .selectAll()
    .where('operation', '=', 'accounts.createPerson')
    .executeTakeFirstOrThrow();
  expect(audit.actor_id).toBe(admin.id);
  expect(JSON.stringify(audit)).not.toContain(made.body.password);
});

test('an e-mail has one account, and grants name centres that exist', async () => {
  const again = { email: 'AGENT1@example.com', name: 'x' };
  expect(await server.run(admin, 'accounts.createPerson', again)).toMatchObject({
    status: 409,
    body: { code: 'email_taken' },
  });
  const far = { email: 'far@example.com', name: 'x', grants: [{ role: 'agent', centres: ['own', 'moon'] }] };
  expect(await server.run(admin, 'accounts.createPerson', far)).toMatchObject({
    body: { code: 'centre_unknown', facts: { centre: 'moon' } },
  });
  const lost = { email: 'lost@example.com', name: 'x', grants: [{ role: 'partner' }] };
  expect(await server.run(admin, 'accounts.createPerson', lost)).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'grants[0].partners' }] },
  });
  const rows = await root.read
    .selectFrom('person')
    .select('id')
    .where('email', 'in', ['far@example.com', 'lost@example.com'])
    .execute();
  expect(rows).toEqual([]);
});

test('a person or centre that two administrators add at the same moment is added once', async () => {
  const person = { email: 'twin@example.com', name: '쌍둥이' };
  const centre = { id: 'jeju', name: { ko: '제주', en: 'Jeju' }, kind: 'own' };
  for (const [operation, input] of [
    ['createPerson', person],
    ['addCentre', centre],
  ] as const) {
    const both = await Promise.all([admin, second].map((actor) => server.run(actor, `accounts.${operation}`, input)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  }
});

test('the last administrator can be neither disabled nor lose the role', async () => {
  expect((await server.run(admin, 'accounts.disablePerson', { id: second.id })).status).toBe(200);
  const weaker = { id: admin.id, grants: [{ role: 'head' }, { role: 'admin', malls: ['own'] }] };
  expect(await server.run(admin, 'accounts.setGrants', weaker)).toMatchObject({
    status: 409,
    body: { code: 'last_admin' },
  });
  const key = { ...second, kind: 'key' as const };
  expect(await server.run(key, 'accounts.disablePerson', { id: admin.id })).toMatchObject({
    body: { code: 'last_admin' },
  });
  expect((await server.run(admin, 'accounts.enablePerson', { id: second.id })).status).toBe(200);
  expect((await server.run(admin, 'accounts.setGrants', { id: second.id, grants: [{ role: 'head' }] })).status).toBe(
    200,
  );
  expect(await server.run(admin, 'accounts.setGrants', { id: admin.id, grants: [] })).toMatchObject({
    body: { code: 'last_admin' },
  });
  expect((await server.run(admin, 'accounts.setGrants', { id: second.id, grants: [{ role: 'admin' }] })).status).toBe(
    200,
  );
});

test('two administrators who remove each other at the same moment leave one', async () => {
  for (let round = 0; round < 5; round++) {
    const out = await Promise.all([
      server.run(admin, 'accounts.setGrants', { id: second.id, grants: [] }),
      server.run(second, 'accounts.setGrants', { id: admin.id, grants: [] }),
    ]);
    expect(out.map(({ status }) => status).sort()).toEqual([200, 409]);
    const left = out[0]?.status === 200 ? admin : second;
    const other = left === admin ? second : admin;
    await server.run(left, 'accounts.setGrants', { id: other.id, grants: [{ role: 'admin' }] });
  }
});

test('an administrator of one centre manages its people only, and gives no more than that', async () => {
  const local: Actor = { ...admin, id: newId(), grants: [{ role: 'admin', ...everywhere, centres: ['own'] }] };
  const code = async (operation: string, input: object) => {
    const { status, body } = await server.run(local, `accounts.${operation}`, input);
    return body.code ?? status;
  };
  const own = [{ role: 'agent', centres: ['own'] }];
  expect(await code('setGrants', { id: ids.agent1, grants: own })).toBe(200);
  expect(await code('setGrants', { id: ids.agent1, grants: [{ role: 'admin' }] })).toBe('beyond_your_scope');
  expect(await code('setGrants', { id: ids.agent1, grants: [{ role: 'agent', centres: ['own', 'outsourced'] }] })).toBe(
    'beyond_your_scope',
  );
  expect(await code('createPerson', { email: 'b@example.com', name: 'b', grants: [{ role: 'admin' }] })).toBe(
    'beyond_your_scope',
  );
  expect(await code('createPerson', { email: 'b@example.com', name: 'b', grants: own })).toBe(200);
  expect(await code('addCentre', { id: 'c', name: { ko: 'c', en: 'c' }, kind: 'own' })).toBe('beyond_your_scope');
  for (const id of [ids.admin1, ids.outsourced1]) {
    for (const operation of ['disablePerson', 'enablePerson', 'unlockPerson', 'resetPassword']) {
      expect([operation, await code(operation, { id })]).toEqual([operation, 'not_found']);
    }
    expect(await code('setGrants', { id, grants: own })).toBe('not_found');
    expect(await code('signOutEverywhere', { person: id })).toBe('not_found');
    expect(await code('createKey', { person: id, name: 'x' })).toBe('not_found');
  }
  expect(await server.run(local, 'accounts.revokeSession', { id: admin.sessionId })).toMatchObject({
    body: { ended: 0 },
  });
  expect(await code('listSessions', { person: ids.agent1 })).toBe(200);
});

test('colleagues of another centre and partners are out of sight for a centre of its own', async () => {
  const outsourced = await actorOf(server, await server.signIn('outsourced1@example.com'));
  const agent = await actorOf(server, await server.signIn('agent1@example.com'));
  const names = async (actor: Actor) => {
    const { body } = await server.run(actor, 'accounts.listPeople', { limit: 200 });
    return (body.items as { email: string }[]).map(({ email }) => email.split('@')[0]);
  };
  expect(await names(admin)).toEqual(expect.arrayContaining(['agent1', 'outsourced1', 'partner1', 'admin2']));
  const seen = await names(outsourced);
  expect(seen).toEqual(expect.arrayContaining(['outsourced1', 'admin1']));
  expect(seen).not.toContain('agent1');
  expect(seen).not.toContain('partner1');
  expect(await names(agent)).toContain('agent2');
  expect((await server.run(outsourced, 'accounts.getPerson', { id: ids.agent1 })).status).toBe(404);
  expect((await server.run(agent, 'accounts.getPerson', { id: ids.agent2 })).status).toBe(200);
  const partner = await actorOf(server, await server.signIn('partner1@example.com'));
  expect((await server.run(partner, 'accounts.listPeople')).status).toBe(403);
});

test('people are found by a part of name or e-mail, role, centre and state, page by page', async () => {
  const people = Array.from({ length: 7 }, (_, i) => ({
    email: `page${i}@example.com`,
    name: `쪽 ${i % 3}`,
    role: 'md' as const,
    centres: ['outsourced'],
  }));
  await createPeople(root.write, people, 'sunny-lake-42');
  const seen: string[] = [];
  for (let cursor: unknown; seen.length < 20; ) {
    const { body } = await server.run(admin, 'accounts.listPeople', {
      role: 'md',
      limit: 3,
      ...(cursor ? { cursor } : {}),
    });
    seen.push(...(body.items as { email: string }[]).map(({ email }) => email));
    cursor = body.next;
    if (!cursor) break;
  }
  expect([...seen].sort()).toEqual(people.map(({ email }) => email));
  const backwards: string[] = [];
  for (let from: unknown = null; ; ) {
    const { body } = await server.run(admin, 'accounts.listPeople', {
      sort: '-email',
      q: 'page',
      limit: 3,
      ...(from ? { cursor: from } : {}),
    });
    backwards.push(...(body.items as { email: string }[]).map(({ email }) => email));
    from = body.next;
    if (!from) break;
  }
  expect(backwards).toEqual([...new Set(backwards)].sort().reverse());
  expect(backwards.length).toBeGreaterThan(5);
  const find = async (input: object) =>
    ((await server.run(admin, 'accounts.listPeople', input)).body.items as unknown[]).length;
  expect(await find({ q: '쪽 1' })).toBe(2);
  expect(await find({ q: 'PAGE6@' })).toBe(1);
  expect(await find({ q: '%' })).toBe(0);
  expect(await find({ centre: 'outsourced', role: 'agent' })).toBe(1);
  expect(await find({ state: 'disabled' })).toBe(0);
});

test('what the matrix shows is what the contracts say and the host does', async () => {
  const { body } = await server.run(admin, 'accounts.permissionMatrix');
  type Row = { permission: string; roles: string[]; operations: { name: string }[] };
  const rows = (body.rooms as { room: string; permissions: Row[] }[]).flatMap(({ permissions }) => permissions);
  const shown = new Map(rows.flatMap(({ roles, operations }) => operations.map(({ name }) => [name, roles] as const)));
  for (const { name } of body.signedIn as { name: string }[]) shown.set(name, [...ROLES]);
  const contracts = server.registry.contracts.flatMap((contract) =>
    Object.values(contract.operations).map((operation) => [operation.name, [...rolesOf(contract, operation)]] as const),
  );
  expect(new Map(contracts)).toEqual(shown);
  expect(shown.size).toBe(Object.keys(accounts.operations).length);
  for (const role of ROLES) {
    const actor: Actor = { ...admin, grants: [{ role, ...everywhere }] };
    const { permitted } = (await server.run(actor, 'accounts.me')).body as { permitted: string[] };
    expect([...permitted].sort()).toEqual(
      [...shown]
        .filter(([, roles]) => roles.includes(role))
        .map(([name]) => name)
        .sort(),
    );
  }
});

test('the command line adds people to the same tables and says plainly what is wrong', async () => {
  const nobodyYet = addUser(root.write, { email: 'cli@example.com', name: '명령', role: 'planner' });
  expect(await nobodyYet.catch((fault) => fault.code)).toBe('no_company');
  await writeCompany(root.write, { name: '온결', kind: 'real' });
  const made = await addUser(root.write, { email: 'Cli@example.com', name: '명령', role: 'planner' });
  expect((await server.signIn('cli@example.com', made.password)).status).toBe(200);
  const refused = (person: object) =>
    addUser(root.write, { email: 'x@example.com', name: 'x', role: 'agent', ...person }).catch((fault) => fault.code);
  expect(await refused({ email: 'cli@example.com' })).toBe('email_taken');
  expect(await refused({ role: 'boss' })).toBe('bad_option');
  expect(await refused({ email: 'x' })).toBe('bad_option');
  expect(await refused({ role: 'partner' })).toBe('bad_option');
});
