import type { Kysely } from 'kysely';
import type { Actor } from '#platform/operation.ts';
import type { Open } from '#platform/scope.ts';
import type { MallVerb } from '../contract.ts';
import { howTo, type MallLink, pageOf } from '../rules/capability.ts';

/** Malls that any grant of an actor reaches; null means all. */
export function mallsOf(actor: Actor): readonly string[] | null {
  if (actor.kind === 'system' || actor.grants.some((grant) => grant.malls === null)) return null;
  return [...new Set(actor.grants.flatMap((grant) => grant.malls ?? []))];
}

/** What creating a ticket needs of its mall: who answers it, and within how many hours the mall wants an answer. */
export function mallDesk(db: Kysely<Open>, mall: string) {
  return db
    .selectFrom('mall')
    .select(['default_centre as centre', 'answer_hours as answerHours'])
    .where('id', '=', mall)
    .executeTakeFirst();
}

/** How a verb is done at a mall, and the page for one of its orders where it is done by hand. */
export async function wayAt(db: Kysely<Open>, mall: string, verb: MallVerb, mallOrderNo: string) {
  const row = await db
    .selectFrom('mall')
    .select(['link', 'admin_url', 'verbs'])
    .where('id', '=', mall)
    .executeTakeFirst();
  if (!row) return null;
  const link = { link: row.link as MallLink['link'], adminUrl: row.admin_url, verbs: row.verbs as MallLink['verbs'] };
  const capability = howTo(link, verb);
  return { ...capability, url: pageOf(capability, mallOrderNo) };
}
