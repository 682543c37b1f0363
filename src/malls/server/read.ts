import type { Kysely } from 'kysely';
import type { Actor } from '#platform/operation.ts';
import type { Open, ScopedDb } from '#platform/scope.ts';
import { howTo, type MallLink, pageOf } from '../rules/capability.ts';
import { MALL_VERBS, type MallVerb } from '../rules/verbs.ts';

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

/** How a mall is set up, for whoever asks what it lacks: null when there is no such mall within scope. */
export async function mallSetUp({ db, scoped }: { db: Kysely<Open>; scoped: ScopedDb }, mall: string) {
  const row = scoped.allows({ mall })
    ? await db.selectFrom('mall').selectAll().where('id', '=', mall).executeTakeFirst()
    : undefined;
  if (!row) return null;
  const link = { link: row.link as MallLink['link'], adminUrl: row.admin_url, verbs: row.verbs as MallLink['verbs'] };
  const topics = await scoped
    .selectFrom('mall_manual')
    .select('mall_manual.topic')
    .distinct()
    .where('mall_manual.mall', '=', mall)
    .execute();
  const written = topics.map(({ topic }) => topic);
  const line = await scoped
    .selectFrom('mall_line')
    .select('mall_line.number')
    .where('mall_line.mall', '=', mall)
    .where('mall_line.line', '=', 'general')
    .executeTakeFirst();
  const contacts = await scoped
    .selectFrom('mall_contact')
    .select('mall_contact.kind')
    .where('mall_contact.mall', '=', mall)
    .execute();
  const byHand = MALL_VERBS.filter((verb) => howTo(link, verb).how === 'deep_link');
  return {
    ...{ link: link.link, adminUrl: row.admin_url, centre: row.default_centre },
    manuals: written.length,
    manualsMissing: (['overview', ...byHand] as const).filter((topic) => !written.includes(topic)),
    generalLine: line?.number ?? null,
    contacts: contacts.map(({ kind }) => kind),
  };
}

/** What a mall is called in Korean. */
export async function mallNamed(db: Kysely<Open>, mall: string): Promise<string | null> {
  const row = await db.selectFrom('mall').select('name_ko').where('id', '=', mall).executeTakeFirst();
  return row?.name_ko ?? null;
}
