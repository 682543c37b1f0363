import type { InjectOptions } from 'fastify';
import { pino } from 'pino';
import { createAuthenticator } from '#platform/auth.ts';
import { type Database, openDatabase } from '#platform/db.ts';
import { createHttp } from '#platform/http.ts';
import type { Actor } from '#platform/operation.ts';
import { createPipeline } from '#platform/pipeline.ts';
import { createRegistry } from '#platform/registry.ts';
import { newId } from '#platform/values.ts';
import { createAuth } from './server/auth.ts';
import { mountAuth } from './server/http.ts';
import { accountsRoom } from './server/index.ts';
import { createPeople, type NewPerson } from './server/people.ts';
import { addCentres } from './server/set-up.ts';

export const HOST = '127.0.0.1:3000';
export const PASSWORD = 'sunny-lake-42';
const SECRET = 'a-secret-of-the-tests-that-signs-cookies-0123456789';

/** One server process of a company: its routes, who its callers are, its operations. */
export async function openProcess(config: Database['config']) {
  const database = openDatabase(config, { max: 6 });
  const auth = createAuth({ db: database.write, secret: SECRET, baseUrl: `http://${HOST}` });
  const authenticator = await createAuthenticator({ db: database, secret: SECRET });
  const registry = createRegistry([accountsRoom(() => registry.contracts)]);
  const pipeline = createPipeline({ database, registry, checkOutput: true });
  const { app } = createHttp({ pipeline, authenticator, logger: pino({ level: 'silent' }) });
  mountAuth(app, { auth, database });

  /** A request as a browser on the page of this host sends it; answers status, body and the cookies it holds then. */
  async function send(method: 'GET' | 'POST', url: string, body?: object, headers: Record<string, string> = {}) {
    const options: InjectOptions = { method, url, headers: { host: HOST, origin: `http://${HOST}`, ...headers } };
    if (body) Object.assign(options, { payload: body });
    const answer = await app.inject(options);
    return {
      status: answer.statusCode,
      body: answer.body ? JSON.parse(answer.body) : null,
      cookie: answer.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; '),
    };
  }

  return {
    database,
    auth,
    authenticator,
    registry,
    send,
    post: (url: string, body: object, headers?: Record<string, string>) => send('POST', url, body, headers),
    signIn: (email: string, password = PASSWORD) => send('POST', '/api/auth/sign-in/email', { email, password }),
    /** Runs an operation as somebody. */
    run: async (actor: Actor, operation: string, input: object = {}) =>
      (await pipeline.execute({ operation, input, actor, language: 'ko', requestId: newId() })) as {
        status: number;
        body: Record<string, unknown>;
      },
    async close() {
      await authenticator.close();
      await app.close();
      await database.close();
    },
  };
}
export type Process = Awaited<ReturnType<typeof openProcess>>;

/** Two centres, two administrators, agents of each centre; all with `PASSWORD`. Answers the ids by e-mail name. */
export async function addStaff({ database }: Process, more: readonly NewPerson[] = []) {
  await addCentres(database.write, [
    { id: 'own', nameKo: '본사 센터', nameEn: 'Own centre', kind: 'own' },
    { id: 'outsourced', nameKo: '외주 센터', nameEn: 'Outsourced centre', kind: 'outsourced' },
  ]);
  const people: NewPerson[] = [
    { email: 'admin1@example.com', name: '강지호', role: 'admin' },
    { email: 'admin2@example.com', name: '마석진', role: 'admin' },
    { email: 'agent1@example.com', name: '박지민', role: 'agent', centres: ['own'] },
    { email: 'agent2@example.com', name: '정수민', role: 'agent', centres: ['own'] },
    {
      email: 'outsourced1@example.com',
      name: '고은별',
      role: 'agent',
      centres: ['outsourced'],
      malls: ['11st', 'ssg'],
    },
    { email: 'partner1@example.com', name: '코튼브릿지', role: 'partner', partners: [newId()] },
    ...more,
  ];
  const ids = await createPeople(database.write, people, PASSWORD);
  return Object.fromEntries(people.map(({ email }, i) => [email.split('@')[0] ?? '', ids[i] ?? '']));
}

/** The caller that a cookie or key stands for; fails when it is nobody. */
export async function actorOf(process: Process, headers: { cookie?: string; authorization?: string }): Promise<Actor> {
  const actor = await process.authenticator.resolve(headers);
  if (!actor) throw new Error('nobody');
  return actor;
}
