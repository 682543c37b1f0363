import type { Kysely } from 'kysely';
import type { Actor } from '#platform/operation.ts';
import type { Open } from '#platform/scope.ts';

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
