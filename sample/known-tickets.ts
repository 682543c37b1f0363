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
  return {
    replyId: rows[0].id,
    heldReplyId: rows[1].id,
    failedReplyId: rows[2].id,
    otherFailedReplyId: rows[3].id,
  };
}
