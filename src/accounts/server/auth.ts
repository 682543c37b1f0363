import { randomBytes } from 'node:crypto';
import { apiKey } from '@better-auth/api-key';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins';
import type { Kysely } from 'kysely';
import { SESSION_COOKIE } from '#platform/auth.ts';
import type { DB } from '#platform/db.gen.ts';
import type { Open } from '#platform/scope.ts';
import { newId } from '#platform/values.ts';
import { tables } from './auth-tables.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { audit, signInGuard } from './sign-in-guard.ts';

export type AuthConfig = {
  db: Kysely<DB>;
  /** At least 32 characters, the same in all server processes of a company. */
  secret: string;
  /** Where people open Haedap, `http://127.0.0.1:3000`: https makes the cookies Secure. */
  baseUrl: string;
  /** Where better-auth's own errors go; they hold no personal data. Nowhere unless given. */
  log?: (level: 'debug' | 'info' | 'warn' | 'error', message: string) => void;
};

/** By address, and a whole centre may come from one: these stop floods, the lock-out stops guessing. */
const RATES = {
  window: 60,
  max: 600,
  customRules: {
    '/sign-in/email': { window: 60, max: 300 },
    '/two-factor/*': { window: 60, max: 60 },
    '/change-password': { window: 60, max: 30 },
    '/get-session': false,
  },
} as const;

const KEYS = {
  defaultPrefix: 'haedap_',
  startingCharactersConfig: { charactersLength: 12 },
  // The host counts requests of keys and sessions alike.
  rateLimit: { enabled: false },
  keyExpiration: { defaultExpiresIn: null, minExpiresIn: 0, maxExpiresIn: 3650 },
};

const advanced = (baseUrl: string) =>
  ({
    // That our tables fit is a test's work (people.test.ts), not that of each start.
    database: { generateId: () => newId(), validateSchema: false },
    cookiePrefix: 'haedap',
    cookies: { session_token: { name: SESSION_COOKIE } },
    useSecureCookies: false,
    defaultCookieAttributes: { secure: baseUrl.startsWith('https:'), sameSite: 'lax', httpOnly: true },
    // mountAuth writes this header itself, over anything that a client sends.
    ipAddress: { ipAddressHeaders: ['x-haedap-address'] },
    // Said aloud, since better-auth leaves them out when it believes that it is being tested.
    disableCSRFCheck: false,
    disableOriginCheck: false,
  }) satisfies BetterAuthOptions['advanced'];

/** Nobody disabled gets a session; a sign-out is an audit record. */
const sessionHooks = (db: Kysely<DB>) =>
  ({
    create: {
      before: async (session) => {
        const people = db.selectFrom('person').select('disabled_at').where('id', '=', session.userId);
        const person = await people.executeTakeFirst();
        if (person?.disabled_at) throw new APIError('FORBIDDEN', { code: 'ACCOUNT_DISABLED', message: 'Disabled.' });
      },
    },
    delete: {
      after: async (session, context) => {
        if (context?.path === '/sign-out') await auditSignOut(db, session, context);
      },
    },
  }) satisfies NonNullable<BetterAuthOptions['databaseHooks']>['session'];

/** What better-auth says, with the stack of its cause: our tables' values are in neither. */
const stackOf = (said: readonly unknown[]): string =>
  said.map((part) => (part instanceof Error ? part.stack : typeof part === 'string' ? part : '')).join(' ');

/**
 * better-auth as Haedap uses it. The session cookie is `haedap_session` over http and https alike; the others are
 * `haedap.two_factor` (the second factor is asked for), `haedap.trust_device`, `haedap.dont_remember`.
 */
export function authOptions({ db, secret, baseUrl, log }: AuthConfig) {
  return {
    appName: 'Haedap',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    database: { db, type: 'postgres', transaction: true },
    advanced: advanced(baseUrl),
    // A centre is opened by several names (localhost, an address, a host name): its own pages may sign in on each.
    trustedOrigins: (request) => [ownOrigin(request)],
    telemetry: { enabled: false },
    logger: log ? { level: 'error', log: (level, ...said) => log(level, stackOf(said)) } : { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    user: tables.user,
    // A shift and its overtime; an open screen renews it by `get-session` each half hour.
    session: { ...tables.session, expiresIn: 12 * 3600, updateAge: 1800 },
    account: { ...tables.account, accountLinking: { enabled: false } },
    verification: tables.verification,
    databaseHooks: { session: sessionHooks(db) },
    rateLimit: { ...tables.rateLimit, enabled: true, storage: 'database', ...RATES },
    plugins: [
      twoFactor({ issuer: 'Haedap', schema: tables.twoFactor }),
      apiKey({ ...KEYS, schema: tables.apiKey }),
      signInGuard(db),
    ],
  } satisfies BetterAuthOptions;
}

/** The better-auth of one server process; `mountAuth` serves its routes. */
export function createAuth(config: AuthConfig) {
  return betterAuth(authOptions(config));
}
export type Auth = ReturnType<typeof createAuth>;

/** The origin of the page when it is on the host that it calls, else nothing. */
function ownOrigin(request: Request | undefined): string | undefined {
  const origin = request?.headers.get('origin') ?? '';
  return URL.parse(origin)?.host === request?.headers.get('host') ? origin : undefined;
}

async function auditSignOut(
  db: Kysely<DB>,
  session: { id: string; userId: string },
  context: { headers?: Headers | undefined },
) {
  const person = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', '=', session.userId)
    .executeTakeFirst();
  if (!person) return;
  const actor = { kind: 'user', ...person, sessionId: session.id } as const;
  await audit(db, context, { operation: 'accounts.signOut', outcome: 'ok', subjectId: person.id, actor });
}

/**
 * better-auth inside a command's transaction, to make people and keys in it. Nothing that it writes depends on the
 * secret, which is made up: it never signs or encrypts.
 */
export function authWithin(trx: Kysely<Open>) {
  const db = trx as unknown as Kysely<DB>;
  const options = authOptions({ db, secret: randomBytes(32).toString('base64'), baseUrl: 'http://localhost' });
  return betterAuth({ ...options, database: { ...options.database, transaction: false } });
}
