import { randomInt } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import type { Grant, Language, Role } from '#platform/operation.ts';
import type { Open } from '#platform/scope.ts';
import { newId } from '#platform/values.ts';
import { authWithin } from './auth.ts';
import { hashPassword } from './password.ts';

export type NewPerson = {
  email: string;
  name: string;
  role: Role;
  /** Where the role holds; absent: everywhere. A partner names its partners. */
  malls?: readonly string[] | null | undefined;
  centres?: readonly string[] | null | undefined;
  partners?: readonly string[] | null | undefined;
  language?: Language | undefined;
};

/**
 * Creates people with one role each and the same password, hashed once: the sample company and the command line.
 * Whoever runs it owns the database; screens go through `accounts.createPerson`. Answers the ids, in order.
 */
export async function createPeople(
  db: Kysely<DB>,
  people: readonly NewPerson[],
  password: string,
  { mustChange = false }: { mustChange?: boolean } = {},
): Promise<string[]> {
  const hash = await hashPassword(password);
  const add = async (trx: Kysely<DB>) => {
    const ids: string[] = [];
    for (const { email, name, language } of people) {
      ids.push(await addPerson(trx, { email, name, language: language ?? 'ko' }, hash, { mustChange }));
    }
    await writeGrants(
      trx,
      people.map((person, i) => ({ personId: ids[i] as string, grant: grantOf(person) })),
      null,
    );
    return ids;
  };
  return db.isTransaction ? add(db) : db.transaction().execute(add);
}

/** Adds one person who signs in with the password of this hash. Answers the id. */
export async function addPerson(
  trx: Kysely<Open>,
  { email, name, language }: { email: string; name: string; language: Language },
  passwordHash: string,
  { mustChange }: { mustChange: boolean },
): Promise<string> {
  const { internalAdapter } = await authWithin(trx).$context;
  const { id } = await internalAdapter.createUser(
    { name, email, emailVerified: true, language, mustChangePassword: mustChange },
    { method: 'admin' },
  );
  await internalAdapter.createAccount({ userId: id, accountId: id, providerId: 'credential', password: passwordHash });
  return id;
}

const grantOf = ({ role, malls, centres, partners }: NewPerson): Grant => ({
  role,
  malls: malls ?? null,
  centres: centres ?? null,
  partners: partners ?? null,
});

/** Adds grants; `by` is the person who gives them, null for Haedap or its owner. */
export async function writeGrants(
  db: Kysely<Pick<DB, 'role_grant'>>,
  rows: readonly { personId: string; grant: Grant }[],
  by: string | null,
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map(({ personId, grant }) => ({
    id: newId(),
    person_id: personId,
    role: grant.role,
    malls: grant.malls && [...grant.malls],
    centres: grant.centres && [...grant.centres],
    partners: grant.partners && [...grant.partners],
    granted_by: by,
  }));
  await db.insertInto('role_grant').values(values).execute();
}

// No 0/O, 1/l/I: read from a screen, typed by hand.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A text that is hard to guess and easy to type, `k7qm-2xwd-9hta`: `groups` of four, 20 bits each. */
export function easySecret(groups: number): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}

/** A first password that is shown once and changed by its owner. */
export const firstPassword = (): string => easySecret(4);
