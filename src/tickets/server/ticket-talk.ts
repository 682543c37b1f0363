import { sql } from 'kysely';
import type { QueryContext } from '#platform/context.ts';
import type { Said } from '../rules/status.ts';

type Reads = Pick<QueryContext, 'db' | 'scoped'>;
/** Messages beyond these are too old to decide who waits. */
const MOST_TALK = 500;

/** The ticket and all that were merged into it, itself first. */
export async function familyOf({ db }: Reads, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive family(id, depth) as (
      select ${id}::uuid, 0 union all
      select t.id, f.depth + 1 from ticket t join family f on t.merged_into = f.id where f.depth < 50)
    select id from family`.execute(db);
  return rows.map((row) => row.id);
}

/** What is shown on a ticket: what was said on it and on those merged into it, without what was split off. */
export function shownOn({ scoped }: Pick<Reads, 'scoped'>, family: readonly string[]) {
  const ids = sql.val([...family]);
  return scoped
    .selectFrom('ticket_message')
    .where(sql<boolean>`((ticket_message.ticket_id = any(${ids}) and split_into is null) or split_into = any(${ids}))`);
}

/** What was said on a ticket, oldest first, as far as it decides who waits. */
export async function talkOf(ctx: Reads, id: string): Promise<Said[]> {
  return talkOn(ctx, await familyOf(ctx, id));
}

export async function talkOn(ctx: Reads, family: readonly string[]): Promise<Said[]> {
  const rows = await shownOn(ctx, family)
    .select(['ticket_message.id', 'kind', 'delivery', 'thanks', 'created_at', 'said_at'])
    .where('kind', 'in', ['inbound', 'outbound', 'call_note'])
    .orderBy('created_at', 'desc')
    .orderBy('ticket_message.id', 'desc')
    .limit(MOST_TALK)
    .execute();
  return rows.reverse().map((row) => ({
    ...{ kind: row.kind, delivery: row.delivery, thanks: row.thanks, at: row.created_at.getTime() },
    saidAt: (row.said_at ?? row.created_at).getTime(),
  }));
}
