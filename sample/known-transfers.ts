import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { newId } from '#platform/values.ts';

const HOUR_MS = 3_600_000;
type Place = { id: string; number: number; mall: string; centre: string };

/** Live transfers within a scope to a person, or to a partner, made for the examples; the ticket of the examples has none. */
export async function transfersWithin(
  db: Kysely<DB>,
  row: RawBuilder<unknown>,
  userId: string,
  ticketId: string,
  partner: string | null,
) {
  await sql`delete from transfer where ticket_id = ${ticketId}`.execute(db);
  const { rows } = await sql<Place>`
    select id, number, mall, centre from ticket t where ${row} and id <> ${ticketId}
      and not exists (select 1 from transfer x where x.ticket_id = t.id and x.ended_at is null)
    order by id desc limit 5`.execute(db);
  const made = [];
  for (const at of rows) made.push(await transfer(db, at, userId, partner));
  const [first = '', accepted = '', answered = '', returned = '', withdrawn = ''] = made;
  return {
    transferId: first,
    acceptedTransferId: accepted,
    answeredTransferId: answered,
    returnedTransferId: returned,
    withdrawnTransferId: withdrawn,
  };
}

async function transfer(db: Kysely<DB>, at: Place, userId: string, partner: string | null): Promise<string> {
  const id = newId();
  const now = new Date();
  const to = partner
    ? { receiver: 'partner', partner_id: partner, to_name: '협력사' }
    : { receiver: 'team', to_centre: at.centre, to_role: 'agent', to_person: userId, to_name: '1차 상담 박지민' };
  await db
    .insertInto('transfer')
    .values({
      ...{ id, ticket_id: at.id, nth: 1, mall: at.mall, centres: [at.centre], kind: 'quality', state: 'open' },
      ...to,
      ...{ question: '판정 부탁드립니다.', ticket_number: at.number, ticket_subject: '하자 문의' },
      ...{ from_centre: at.centre, sent_by: userId, sent_by_name: '박지민', sent_at: now },
      ...{ due_at: new Date(now.getTime() + 4 * HOUR_MS), created_at: now, updated_at: now },
    })
    .execute();
  return id;
}
