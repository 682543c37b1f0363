import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { newId } from '#platform/values.ts';

const HOUR_MS = 3_600_000;

type Place = { id: string; mall: string; centre: string; customer_id: string };

/** Promises and call-backs on tickets within a scope, made for the examples: open, to be closed, claimed, one's own. */
export async function followupsWithin(db: Kysely<DB>, row: RawBuilder<unknown>, userId: string, ticketId: string) {
  await promisable(db, ticketId);
  const { rows } = await sql<Place>`
    select id, mall, centre, customer_id from ticket t where ${row} and id <> ${ticketId} and not exists (select 1 from reply_promise p where p.ticket_id = t.id and p.state = 'open')
    order by id desc limit 2`.execute(db);
  const [first, second] = rows;
  if (!first || !second) throw new Error('the sample has too few tickets');
  return {
    promiseId: await promise(db, first, userId),
    closingPromiseId: await promise(db, second, userId),
    callBackId: await callBack(db, first, null),
    closingCallBackId: await callBack(db, first, null),
    claimedCallBackId: await callBack(db, first, userId),
    ownCallBackId: await callBack(db, first, userId),
  };
}

async function promise(db: Kysely<DB>, at: Place, userId: string): Promise<string> {
  const id = newId();
  const now = new Date();
  const later = (hours: number) => new Date(now.getTime() + hours * HOUR_MS);
  await db
    .insertInto('reply_promise')
    .values({
      ...{ id, ticket_id: at.id, mall: at.mall, centre: at.centre, customer_id: at.customer_id },
      ...{ channel: 'phone', state: 'open', owner: userId, owner_name: '박지민' },
      ...{ promised_by: userId, promised_by_name: '박지민', promised_at: now },
      ...{ remind_at: later(2), due_at: later(3), broken_at: later(27), created_at: now, updated_at: now },
    })
    .execute();
  return id;
}

async function callBack(db: Kysely<DB>, at: Place, claimedBy: string | null): Promise<string> {
  const id = newId();
  const now = new Date();
  await db
    .insertInto('call_back')
    .values({
      ...{ id, ticket_id: at.id, mall: at.mall, centre: at.centre, customer_id: at.customer_id },
      ...{
        phone: '010-0000-1234',
        about: '교환 절차 문의',
        asked_by: 'customer',
        state: 'open',
        due_at: new Date(now.getTime() + HOUR_MS),
      },
      ...(claimedBy ? { claimed_by: claimedBy, claimed_by_name: '박지민', claimed_at: now } : {}),
      ...{ created_by_name: '박지민', created_at: now, updated_at: now },
    })
    .execute();
  return id;
}

/** The ticket of the examples is open and has no promise yet. */
async function promisable(db: Kysely<DB>, ticketId: string): Promise<void> {
  await sql`delete from reply_promise where ticket_id = ${ticketId}`.execute(db);
  await sql`update ticket set status = 'open', solved_at = null where id = ${ticketId} and status = 'solved'`.execute(
    db,
  );
}
