import { createHash, timingSafeEqual } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { SYSTEM } from '#platform/actors.ts';
import { writeAudit } from '#platform/audit.ts';
import type { DB } from '#platform/db.gen.ts';
import { Refusal, refusal, refuse } from '#platform/operation.ts';
import type { Open } from '#platform/scope.ts';
import { newId, text } from '#platform/values.ts';
import { checkPassword, passwordRefusals } from '../rules/password.ts';
import { createPeople, easySecret } from './people.ts';

const IDENTIFIER = 'haedap-set-up';
const DAY_MS = 86_400_000;

/** Body of the first-run set-up; `code` is what the server printed on its terminal. */
export const SetUp = z.strictObject({
  code: text(40),
  company: text(100),
  name: text(100),
  email: z.email().max(200),
  password: z.string().max(1000),
  language: z.enum(['ko', 'en']).default('ko'),
});

export const setUpRefusals = {
  already_set_up: refusal({
    ko: '이미 설정을 마친 회사입니다. 로그인해 주세요.',
    en: 'Already set up. Please sign in.',
  }),
  wrong_set_up_code: refusal({
    ko: '설정 코드가 맞지 않습니다. 서버를 켠 터미널에 나온 코드를 입력해 주세요.',
    en: 'The set-up code is wrong. Enter the one that the server printed on its terminal.',
  }),
  ...passwordRefusals,
};

/** Whether nobody has an account yet, so that somebody has to set the company up. */
export async function needsSetUp(db: Kysely<DB>): Promise<boolean> {
  return (await db.selectFrom('person').select('id').limit(1).executeTakeFirst()) === undefined;
}

/**
 * At the start of a server: the code to print when the company still has to be set up, else null. Each start makes
 * a new one and the earlier ends, so that only who sees the terminal now can use it.
 */
export async function openSetUp(db: Kysely<DB>): Promise<string | null> {
  if (!(await needsSetUp(db))) return null;
  const code = easySecret(3);
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('verification').where('identifier', '=', IDENTIFIER).execute();
    await trx
      .insertInto('verification')
      .values({ id: newId(), identifier: IDENTIFIER, value: hashOf(code), expires_at: new Date(Date.now() + DAY_MS) })
      .execute();
  });
  return code;
}

const hashOf = (code: string): string =>
  createHash('sha256')
    .update(
      code
        .trim()
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, ''),
    )
    .digest('hex');

/**
 * Sets a real company up: its name, its own centre and the first administrator. Only while nobody has an account,
 * only with the printed code, once. Refuses as `setUpRefusals` says.
 */
export async function setUpCompany(
  db: Kysely<DB>,
  input: z.output<typeof SetUp>,
  { ip, userAgent, requestId }: { ip: string; userAgent: string; requestId: string },
) {
  return db.transaction().execute(async (trx: Kysely<DB>) => {
    await sql`select pg_advisory_xact_lock(hashtext('haedap set-up'))`.execute(trx);
    if (!(await needsSetUp(trx))) return refuse('already_set_up', {});
    if (!(await isCode(trx, input.code))) return refuse('wrong_set_up_code', {});
    const weak = checkPassword(input.password, input);
    if (weak instanceof Refusal) return weak;
    const { company: name, email, language } = input;
    await writeCompany(trx, { name, kind: 'real' });
    await addCentres(trx, [{ id: 'own', nameKo: '고객센터', nameEn: 'Customer centre', kind: 'own' }]);
    const [id = ''] = await createPeople(trx, [{ email, name: input.name, role: 'admin', language }], input.password);
    await trx.deleteFrom('verification').where('identifier', '=', IDENTIFIER).execute();
    await writeAudit(trx, {
      actor: SYSTEM,
      origin: { ip, userAgent },
      requestId,
      operation: 'accounts.setUp',
      subjectId: id,
      changes: [
        { event: 'accounts.company_set_up', subjectId: id, before: null, after: { company: name, role: 'admin' } },
      ],
    });
    return { personId: id };
  });
}

async function isCode(db: Kysely<DB>, code: string): Promise<boolean> {
  const kept = await db
    .selectFrom('verification')
    .select('value')
    .where('identifier', '=', IDENTIFIER)
    .where('expires_at', '>', new Date())
    .executeTakeFirst();
  return kept !== undefined && timingSafeEqual(Buffer.from(kept.value), Buffer.from(hashOf(code)));
}

/** Names the company; the sample's generator calls it too. */
export async function writeCompany(
  db: Kysely<DB>,
  { name, kind }: { name: string; kind: 'sample' | 'real' },
): Promise<void> {
  await db
    .insertInto('company')
    .values({ id: 1, name, kind })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name, kind }))
    .execute();
}

export type NewCentre = { id: string; nameKo: string; nameEn: string; kind: 'own' | 'outsourced' };

/** Adds centres that are not there yet; answers how many. */
export async function addCentres(db: Kysely<Open>, centres: readonly NewCentre[]): Promise<number> {
  const values = centres.map(({ id, nameKo, nameEn, kind }) => ({ id, name_ko: nameKo, name_en: nameEn, kind }));
  const rows = await db
    .insertInto('centre')
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return rows.length;
}
