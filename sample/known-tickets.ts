import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { newId } from '#platform/values.ts';

/** Replies of a person on a ticket: one that is on its way, one that is held, two that could not be delivered. */
export async function repliesOn(db: Kysely<DB>, ticketId: string, writer: string) {
  const now = Date.now();
  const reply = (delivery: string, sendAfter: number, failure: string | null) => ({
    ...{
      ticket_id: ticketId,
      id: newId(),
      kind: 'outbound',
      channel: 'email',
      author_id: writer,
      author_name: '박지민',
    },
    ...{ body: '확인하고 알려 드리겠습니다.', delivery, failure, created_at: new Date(now - 60_000) },
    send_after: new Date(sendAfter),
  });
  const rows = [
    reply('queued', now - 50_000, null),
    reply('queued', now + 86_400_000, null),
    reply('failed', now - 50_000, '받는 주소가 없습니다'),
    reply('failed', now - 50_000, '받는 편지함이 가득 찼습니다'),
  ] as const;
  await db
    .insertInto('ticket_message')
    .values([...rows])
    .execute();
  await sql`update ticket set status = 'open', snoozed_until = null, merged_into = null where id = ${ticketId}`.execute(
    db,
  );
  const { rows: others } = await sql<{ number: number }>`
    select t.number from ticket t join ticket o on o.mall = t.mall and o.centre = t.centre
      and o.partner_id is not distinct from t.partner_id
    where o.id = ${ticketId} and t.id <> o.id order by t.id desc limit 1`.execute(db);
  return {
    ...{ undoTicketId: await changedBy(db, ticketId, writer), otherTicketNumber: String(others[0]?.number ?? 1) },
    ...(await togetherWith(db, ticketId, writer)),
    ...(await queueOf(db, ticketId, writer)),
    replyId: rows[0].id,
    heldReplyId: rows[1].id,
    failedReplyId: rows[2].id,
    otherFailedReplyId: rows[3].id,
  };
}

/** Tickets of one customer to be merged and split, one that was merged and one that was split off. */
async function togetherWith(db: Kysely<DB>, like: string, person: string) {
  const copies = { mergeTicketId: '', mergeIntoId: '', mergedTicketId: '', splitTicketId: '', splitOffId: '' };
  for (const name of Object.keys(copies) as (keyof typeof copies)[]) copies[name] = await changedBy(db, like, person);
  const message = () => ({
    ...{ ticket_id: copies.splitTicketId, id: newId(), kind: 'inbound', channel: 'email', body: '환불은 언제 되나요?' },
    created_at: new Date(),
  });
  const said = [message(), message()] as const;
  await db
    .insertInto('ticket_message')
    .values([...said])
    .execute();
  await sql`update ticket set merged_into = ${copies.mergeIntoId} where id = ${copies.mergedTicketId}`.execute(db);
  await sql`
    insert into ticket_link (ticket_id, other_id, kind, at)
    values (${copies.splitOffId}, ${copies.mergeIntoId}, 'split_from', now())`.execute(db);
  return { ...copies, splitMessageId: said[0].id };
}

/** A copy of a ticket whose priority a person has just raised. */
async function changedBy(db: Kysely<DB>, like: string, person: string): Promise<string> {
  const id = newId();
  await sql`
    insert into ticket (id, subject, status, priority, channel, mall, centre, customer_id, partner_id, version,
      waiting_since, created_at, updated_at)
    select ${id}, subject, 'open', 'high', channel, mall, centre, customer_id, partner_id, 2, null, created_at, created_at
    from ticket where id = ${like}`.execute(db);
  await db
    .insertInto('ticket_change')
    .values({
      ...{ ticket_id: id, version: 2, event: 'priority_set', actor_id: person, actor_name: '박지민', at: new Date() },
      ...{ before: JSON.stringify({ priority: 'normal' }), after: JSON.stringify({ priority: 'high' }) },
    })
    .execute();
  return id;
}

/** A saved view of a person, a change of many that runs and one that is done. */
async function queueOf(db: Kysely<DB>, ticketId: string, person: string) {
  const known = { viewId: newId(), bulkId: newId(), doneBulkId: newId() };
  await sql`
    insert into ticket_view (id, name, owner, shared, filter, created_at, updated_at)
    values (${known.viewId}, '자사몰 긴급', ${person}, 'own', '{"mall": "own"}', now(), now())`.execute(db);
  for (const [id, state] of [
    [known.bulkId, 'running'],
    [known.doneBulkId, 'done'],
  ]) {
    await sql`
      insert into ticket_bulk (id, change, requested_by, requested_by_name, state, total, created_at)
      values (${id}, '{"addTags": ["일괄"]}', ${person}, '박지민', ${state}, 1, now())`.execute(db);
    await sql`
      insert into ticket_bulk_row (bulk_id, seq, ticket_id, number, outcome)
      select ${id}, 1, id, number, ${state === 'done' ? 'unchanged' : null} from ticket where id = ${ticketId}`.execute(
      db,
    );
  }
  return known;
}
