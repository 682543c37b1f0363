import { sql } from 'kysely';
import type { QueryContext } from '#platform/context.ts';

/** A change of many that the caller began; others' are not found. */
export function ownBulk({ db, actor }: QueryContext, id: string) {
  return bulks({ db })
    .where('id', '=', id)
    .$if(actor.kind !== 'system', (rows) => rows.where('requested_by', '=', actor.id))
    .executeTakeFirst();
}

const bulks = ({ db }: Pick<QueryContext, 'db'>) =>
  db.selectFrom('ticket_bulk').select(['id', 'change', 'state', 'total', 'requested_by', 'requested_by_name']);

/** Lines that are still to be done; of a change that is taken back, those that it has changed. */
export const linesLeft = (undo: boolean) => (undo ? sql<boolean>`outcome = 'changed'` : sql<boolean>`outcome is null`);
