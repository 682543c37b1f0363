import { handle, type QueryContext } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { notFound } from '#platform/operation.ts';
import { tickets } from '../contract.ts';

const PEOPLE = new Set(['assignee']);
/** Follows from others, or says nothing to people. */
const HIDDEN = new Set(['solved_at', 'snoozed_minutes', 'merged_into']);

/** Who changed what, newest first, with people by name. */
export const ticketHistory = handle(tickets.operations.history, async (ctx, { id, limit, cursor }) => {
  const there = await ctx.scoped
    .selectFrom('ticket')
    .select('ticket.id')
    .where('ticket.id', '=', id)
    .executeTakeFirst();
  if (!there) return notFound();
  const [before] = cursorValues(cursor, 1) ?? [];
  const rows = await ctx.scoped
    .selectFrom('ticket_change')
    .selectAll('ticket_change')
    .where('ticket_change.ticket_id', '=', id)
    .$if(before !== undefined, (some) => some.where('ticket_change.version', '<', Number(before)))
    .orderBy('ticket_change.version', 'desc')
    .limit(limit + 1)
    .execute();
  const ids = rows.flatMap(({ before: one, after }) => [one, after].map((part) => (part as Part).assignee));
  const names = await namesOf(ctx, ids);
  const told = (field: string, value: unknown) =>
    PEOPLE.has(field) && typeof value === 'string' ? (names.get(value) ?? null) : (value ?? null);
  const line = (row: (typeof rows)[number]) => ({
    ...{ version: row.version, event: row.event, by: row.actor_name, at: row.at },
    changes: Object.keys(row.after as Part)
      .filter((field) => !HIDDEN.has(field))
      .map((field) => ({
        field,
        before: told(field, (row.before as Part)[field]),
        after: told(field, (row.after as Part)[field]),
      })),
    ...{ bulk: row.bulk_id, undone: row.undone_by !== null },
  });
  return pageOf(rows, limit, line, (row) => [row.version]);
});

type Part = Record<string, unknown>;

async function namesOf({ db }: Pick<QueryContext, 'db'>, ids: readonly unknown[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id): id is string => typeof id === 'string'))];
  if (wanted.length === 0) return new Map<string, string>();
  const people = await db.selectFrom('person').select(['id', 'name']).where('id', 'in', wanted).execute();
  return new Map(people.map(({ id, name }) => [id, name]));
}
