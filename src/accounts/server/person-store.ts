import { type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import type { z } from 'zod';
import type { Actor, Grant } from '#platform/operation.ts';
import type { Open } from '#platform/scope.ts';
import type { Person } from '../contract.ts';

export type PersonOut = z.input<typeof Person>;
type AccountsDb = Kysely<Open>;

const grants = sql<Grant[]>`(select coalesce(jsonb_agg(jsonb_build_object(
    'role', g.role, 'malls', g.malls, 'centres', g.centres, 'partners', g.partners) order by g.id), '[]')
  from role_grant g where g.person_id = person.id)`;

/** People with their grants, as `personOf` takes them. */
export const selectPeople = (db: AccountsDb) =>
  db
    .selectFrom('person')
    .select([
      'person.id',
      'person.name',
      'person.email',
      'person.language',
      'person.two_factor_enabled',
      'person.must_change_password',
      'person.locked_until',
      'person.disabled_at',
      'person.last_sign_in_at',
      'person.created_at',
      grants.as('grants'),
    ]);
export type PersonRow = Awaited<ReturnType<ReturnType<typeof selectPeople>['executeTakeFirstOrThrow']>>;

export function personOf(row: PersonRow, now: Date): PersonOut {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    language: row.language as PersonOut['language'],
    grants: row.grants.map((grant) => ({ ...grant })) as PersonOut['grants'],
    twoFactor: row.two_factor_enabled ?? false,
    mustChangePassword: row.must_change_password,
    lockedUntil: row.locked_until && row.locked_until > now ? row.locked_until : null,
    disabledAt: row.disabled_at,
    lastSignInAt: row.last_sign_in_at,
    createdAt: row.created_at,
  };
}

/** A person, or undefined; `lock` holds the row until the command ends. */
export async function loadPerson(db: AccountsDb, id: string, now: Date, { lock = false } = {}) {
  const query = selectPeople(db).where('person.id', '=', id);
  const row = await (lock ? query.forUpdate('person') : query).executeTakeFirst();
  return row && personOf(row, now);
}

/**
 * Whom the caller sees: everybody, or, when each of their roles holds in some centres only, colleagues of these
 * centres and of the company's own staff without a centre. Partners are seen by the former only.
 */
export function visibleTo(actor: Actor) {
  const staff = actor.grants.filter(({ role }) => role !== 'partner');
  if (actor.kind === 'system' || staff.some(({ centres }) => centres === null)) return null;
  const centres = staff.flatMap((grant) => grant.centres ?? []);
  return (eb: ExpressionBuilder<Open, 'person'>) =>
    eb.or([
      eb('person.id', '=', actor.id),
      eb.exists(
        eb
          .selectFrom('role_grant')
          .select('role_grant.id')
          .whereRef('role_grant.person_id', '=', 'person.id')
          .where('role_grant.role', '!=', 'partner')
          .where(sql<SqlBool>`(role_grant.centres is null or role_grant.centres && ${sql.val(centres)}::text[])`),
      ),
    ]);
}

/** An administrator everywhere who can sign in: one of these must always be left. */
const admins = (db: AccountsDb) =>
  db
    .selectFrom('role_grant')
    .innerJoin('person', 'person.id', 'role_grant.person_id')
    .where('role_grant.role', '=', 'admin')
    .where('role_grant.malls', 'is', null)
    .where('role_grant.centres', 'is', null)
    .where('role_grant.partners', 'is', null)
    .where('person.disabled_at', 'is', null);

/**
 * Whether nobody but this person could manage people. Holds other commands that ask the same until this one ends,
 * so that two administrators cannot remove each other at the same moment.
 */
export async function isLastAdmin(db: AccountsDb, personId: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtext('haedap last admin'))`.execute(db);
  const rows = await admins(db).select('person.id').distinct().execute();
  return rows.length === 1 && rows[0]?.id === personId;
}

export const isAdmin = (grants: readonly Grant[]): boolean =>
  grants.some(({ role, malls, centres, partners }) => role === 'admin' && !malls && !centres && !partners);

/** Ends sessions of a person, all or all but one. Answers how many. */
export async function endSessions(db: AccountsDb, personId: string, except: string | null = null): Promise<number> {
  const sessions = db.deleteFrom('session').where('person_id', '=', personId);
  const [result] = await (except ? sessions.where('id', '!=', except) : sessions).execute();
  return Number(result?.numDeletedRows ?? 0);
}

/** The first of these centres that does not exist, or undefined. */
export async function missingCentre(db: AccountsDb, grants: readonly Pick<Grant, 'centres'>[]) {
  const named = [...new Set(grants.flatMap(({ centres }) => centres ?? []))];
  if (named.length === 0) return undefined;
  const found = await db.selectFrom('centre').select('id').where('id', 'in', named).execute();
  return named.find((centre) => !found.some(({ id }) => id === centre));
}
