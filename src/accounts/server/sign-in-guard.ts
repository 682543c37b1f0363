import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthMiddleware, getSessionFromCtx } from 'better-auth/api';
import { type Kysely, type SqlBool, sql } from 'kysely';
import { type AuditActor, writeAudit } from '#platform/audit.ts';
import type { DB } from '#platform/db.gen.ts';
import { Refusal } from '#platform/operation.ts';
import { checkPassword } from '../rules/password.ts';

/** Wrong passwords in a row after which none is tried any more, and for how long. */
export const TRIES = 8;
export const LOCK_MINUTES = 15;

type Known = { id: string; name: string; email: string };
/** What a hook has of a request, as far as it is used here. */
type HookContext = {
  path?: string;
  body?: Record<string, unknown>;
  headers?: Headers | undefined;
  context: {
    returned?: unknown;
    session?: { user: Known; session: { id: string } } | null;
    newSession?: { user: Known; session: { id: string } } | null;
  };
};

/** Audit operation for each route of better-auth that people use. */
const WATCHED: Record<string, string> = {
  '/sign-in/email': 'accounts.signIn',
  '/two-factor/verify-totp': 'accounts.signIn',
  '/two-factor/verify-backup-code': 'accounts.signIn',
  '/change-password': 'accounts.changePassword',
  '/two-factor/enable': 'accounts.startTwoFactor',
  '/two-factor/disable': 'accounts.disableTwoFactor',
  '/two-factor/generate-backup-codes': 'accounts.renewRecoveryCodes',
};

/**
 * What better-auth leaves to its host: lock-out of an account after wrong passwords, our password rules, and an
 * audit record of each sign-in, failed sign-in and change of password or second factor. The last plug-in, so that
 * it sees the outcome of the second factor.
 */
export function signInGuard(db: Kysely<DB>) {
  return {
    id: 'haedap-sign-in-guard',
    hooks: {
      before: [
        {
          matcher: ({ path }) => path === '/sign-in/email',
          handler: createAuthMiddleware(async (ctx) => {
            const email: unknown = ctx.body?.email;
            if (typeof email === 'string') await takeTry(db, email.toLowerCase(), ctx as HookContext);
          }),
        },
        {
          matcher: ({ path }) => path === '/change-password',
          handler: createAuthMiddleware(async (ctx) => {
            const session = await getSessionFromCtx(ctx);
            if (session) refuseWeakPassword(String(ctx.body?.newPassword ?? ''), session.user);
            // Whoever changes a password fears that somebody knows it: the other sessions end.
            return { context: { body: { ...ctx.body, revokeOtherSessions: true } } };
          }),
        },
      ],
      after: [
        {
          matcher: ({ path }) => path !== undefined && path in WATCHED,
          handler: createAuthMiddleware(async (ctx) => {
            const challenge = await ctx.getSignedCookie(
              ctx.context.createAuthCookie('two_factor').name,
              ctx.context.secret,
            );
            await settle(db, ctx as HookContext, challenge || null);
          }),
        },
      ],
    },
  } satisfies BetterAuthPlugin;
}

/**
 * Counts a try before the password is looked at, so that tries sent at the same moment count too. The last try that
 * is left locks the account; success takes the lock off again.
 */
async function takeTry(db: Kysely<DB>, email: string, ctx: HookContext): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update person set
      failed_sign_ins = case when locked_until is null then failed_sign_ins + 1 else 1 end,
      locked_until = case when locked_until is null and failed_sign_ins + 1 >= ${TRIES}
        then now() + make_interval(mins => ${LOCK_MINUTES}) end
    where email = ${email} and (locked_until is null or locked_until <= now())
    returning id`.execute(db);
  if (rows[0]) return;
  const person = await db
    .selectFrom('person')
    .select(['id', 'locked_until'])
    .where('email', '=', email)
    .executeTakeFirst();
  if (!person?.locked_until) return;
  await audit(db, ctx, {
    operation: 'accounts.signIn',
    subjectId: person.id,
    outcome: 'account_locked',
    input: { email },
  });
  throw new APIError('TOO_MANY_REQUESTS', {
    code: 'ACCOUNT_LOCKED',
    message: 'Too many wrong passwords.',
    until: person.locked_until.toISOString(),
  });
}

async function settle(db: Kysely<DB>, ctx: HookContext, challenge: string | null): Promise<void> {
  const { returned, session, newSession } = ctx.context;
  const failed = returned instanceof APIError ? codeOf(returned) : null;
  const email = typeof ctx.body?.email === 'string' ? ctx.body.email.toLowerCase() : undefined;
  const person = newSession?.user ?? session?.user ?? (await whoTries(db, email, challenge));
  let operation = WATCHED[ctx.path ?? ''] ?? 'accounts.signIn';
  let outcome = failed ?? 'ok';
  if (ctx.path === '/sign-in/email' && person && !failed) {
    await sql`update person set failed_sign_ins = 0, locked_until = null
      where id = ${person.id} and failed_sign_ins > 0`.execute(db);
    if (!newSession) outcome = 'second_factor_asked';
  }
  if (newSession && !session && person) {
    await db.updateTable('person').set({ last_sign_in_at: new Date() }).where('id', '=', person.id).execute();
  }
  // The first right code of somebody who is signed in already switches the second factor on.
  if (ctx.path?.startsWith('/two-factor/verify') && session) operation = 'accounts.enableTwoFactor';
  if (ctx.path === '/change-password' && person && !failed) {
    await db.updateTable('person').set({ must_change_password: false }).where('id', '=', person.id).execute();
  }
  const known = outcome === 'ok' && person ? { ...person, sessionId: (newSession ?? session)?.session.id } : undefined;
  const actor = session && person ? { ...person, sessionId: session.session.id } : known;
  await audit(db, ctx, {
    operation,
    outcome,
    subjectId: person?.id,
    ...(actor ? { actor: { kind: 'user', ...pick(actor) } } : {}),
    ...(email ? { input: { email } } : {}),
  });
}

const pick = ({ id, name, sessionId }: Known & { sessionId?: string | undefined }) => ({ id, name, sessionId });

/** Whose account somebody without a session tries: by e-mail, or by the challenge for the second factor. */
async function whoTries(
  db: Kysely<DB>,
  email: string | undefined,
  challenge: string | null,
): Promise<Known | undefined> {
  const people = db.selectFrom('person').select(['person.id', 'person.name', 'person.email']);
  if (email) return people.where('person.email', '=', email).executeTakeFirst();
  if (!challenge) return undefined;
  return people
    .innerJoin('verification', (join) => join.on(sql<SqlBool>`verification.value = person.id::text`))
    .where('verification.identifier', '=', challenge)
    .executeTakeFirst();
}

const codeOf = (error: APIError): string => String(error.body?.code ?? error.status).toLowerCase();

const NOBODY: AuditActor = { kind: 'anonymous', id: 'anonymous', name: 'anonymous' };

type Doing = { operation: string; subjectId?: string | undefined; outcome: string; input?: object; actor?: AuditActor };

/** Writes an audit record of something that happened on a route of better-auth; mountAuth puts the headers there. */
export async function audit(db: Kysely<DB>, ctx: { headers?: Headers | undefined }, doing: Doing): Promise<void> {
  await writeAudit(db, {
    actor: NOBODY,
    origin: {
      ip: ctx.headers?.get('x-haedap-address') ?? '',
      userAgent: (ctx.headers?.get('user-agent') ?? '').slice(0, 300),
    },
    requestId: ctx.headers?.get('x-request-id') ?? '',
    ...doing,
  });
}

/** Throws for a password that our rules refuse; for better-auth's routes that take a new one. */
export function refuseWeakPassword(password: string, person: { email: string; name: string }): void {
  const no = checkPassword(password, person);
  if (no instanceof Refusal) throw new APIError('BAD_REQUEST', { code: no.code.toUpperCase(), message: no.code });
}
