import type { Kysely } from 'kysely';
import { z } from 'zod';
import { SYSTEM } from '#platform/actors.ts';
import { writeAudit } from '#platform/audit.ts';
import type { DB } from '#platform/db.gen.ts';
import { Fault } from '#platform/fault.ts';
import { ROLES, type Role } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { readCompany } from './server/company.ts';
import { makeKey, type NewKey } from './server/create-key.ts';
import { createPeople, firstPassword, type NewPerson } from './server/people.ts';

/**
 * `haedap user add`: works on the database of a running server and on a stopped one alike. Answers the first
 * password, to be shown once. Faults: `no_company`, `email_taken`, `bad_option`.
 */
export async function addUser(
  db: Kysely<DB>,
  person: Omit<NewPerson, 'role'> & { role: string },
): Promise<{ id: string; email: string; password: string }> {
  const email = person.email.trim().toLowerCase();
  const role = ROLES.find((known) => known === person.role);
  if (!role) throw badOption('--role', person.role, ROLES.join(', '));
  if (!z.email().safeParse(email).success) throw badOption('--email', email, 'name@example.com');
  if (!person.name.trim()) throw badOption('--name', person.name, '김서연');
  if (role === 'partner' && !person.partners?.length) throw badOption('--partners', '', 'ids of partners');
  const password = firstPassword();
  const id = await db.transaction().execute(async (trx: Kysely<DB>) => {
    if (!(await readCompany(trx))) throw noCompany();
    const taken = await trx.selectFrom('person').select('id').where('email', '=', email).executeTakeFirst();
    if (taken)
      throw new Fault('email_taken', { ko: `${email}은(는) 이미 있는 사용자입니다.`, en: `${email} exists already.` });
    const [made = ''] = await createPeople(trx, [{ ...person, email, role: role as Role }], password, {
      mustChange: true,
    });
    const after = { email, name: person.name, role };
    await leave(trx, 'accounts.createPerson', {
      event: 'accounts.person_created',
      subjectId: made,
      before: null,
      after,
    });
    return made;
  });
  return { id, email, password };
}

/** `haedap key create --email`: a key of somebody, with all their rights. Fault: `person_unknown`. */
export async function createKeyFor(db: Kysely<DB>, email: string, key: NewKey): Promise<{ id: string; key: string }> {
  return db.transaction().execute(async (trx: Kysely<DB>) => {
    const owner = await trx
      .selectFrom('person')
      .select('id')
      .where('email', '=', email.trim().toLowerCase())
      .where('disabled_at', 'is', null)
      .executeTakeFirst();
    if (!owner) {
      throw new Fault('person_unknown', {
        ko: `${email} 사용자가 없습니다. 'haedap user add'로 먼저 추가하세요.`,
        en: `There is nobody with ${email}. Add them first with 'haedap user add'.`,
      });
    }
    const made = await makeKey(trx, owner.id, key);
    const after = { person: owner.id, key: key.name };
    await leave(trx, 'accounts.createKey', { event: 'accounts.key_created', subjectId: made.id, before: null, after });
    return made;
  });
}

type Change = { event: string; subjectId: string; before: null; after: object };

/** Who owns the data folder acts as Haedap itself. */
const leave = (trx: Kysely<DB>, operation: string, change: Change) =>
  writeAudit(trx, { actor: SYSTEM, requestId: newId(), operation, subjectId: change.subjectId, changes: [change] });

const noCompany = () =>
  new Fault('no_company', {
    ko: "아직 회사가 없습니다. 'npm start'로 예시 회사를, 'npm start -- --no-sample'로 새 회사를 먼저 만드세요.",
    en: "There is no company yet. Start the sample one with 'npm start', or a new one with 'npm start -- --no-sample'.",
  });

const badOption = (option: string, given: string, wanted: string): Fault =>
  new Fault('bad_option', {
    ko: `${option} '${given}': 쓸 수 없는 값입니다. 예: ${wanted}`,
    en: `${option} '${given}' is not possible. For example: ${wanted}`,
  });
