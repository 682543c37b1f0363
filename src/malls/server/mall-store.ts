import type { Kysely } from 'kysely';
import type { Actor, Output } from '#platform/operation.ts';
import type { Open } from '#platform/scope.ts';
import type { malls } from '../contract.ts';
import { capabilitiesOf, type MallLink } from '../rules/capability.ts';
import { mallsOf } from './read.ts';

type Mall = Output<typeof malls.operations.get>;

/** Malls within the actor's scope, in the company's order. */
export async function visibleMalls(db: Kysely<Open>, actor: Actor, id?: string): Promise<Mall[]> {
  const only = mallsOf(actor);
  let rows = db.selectFrom('mall').selectAll().orderBy('sort_no').orderBy('id');
  if (only) rows = rows.where('id', 'in', only.length > 0 ? only : ['']);
  if (id) rows = rows.where('id', '=', id);
  return (await rows.execute()).map((row) => ({
    id: row.id,
    name: { ko: row.name_ko, en: row.name_en },
    short: row.short_ko,
    link: row.link as Mall['link'],
    adminUrl: row.admin_url,
    verbs: capabilitiesOf({
      link: row.link as Mall['link'],
      adminUrl: row.admin_url,
      verbs: row.verbs as MallLink['verbs'],
    }),
    answerHours: row.answer_hours,
  }));
}
