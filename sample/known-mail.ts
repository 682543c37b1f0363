import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { newId } from '#platform/values.ts';

/** A mail with HTML and a file on a ticket, and a file that a person is about to send. */
export async function mailOn(db: Kysely<DB>, ticketId: string, writer: string) {
  const now = new Date();
  const text = Buffer.from(`<p>보낸 메일 ${ticketId}</p>`);
  const sha256 = createHash('sha256').update(text).digest('hex');
  await db
    .insertInto('file_blob')
    .values({ sha256, bytes: text.length, mime: 'text/plain', created_at: now })
    .onConflict((at) => at.doNothing())
    .execute();
  await db
    .insertInto('file_part')
    .values({ sha256, part: 0, data: text })
    .onConflict((at) => at.doNothing())
    .execute();
  const message = newId();
  const mail = { id: newId(), source: 'email:help@shop.example', key: message, kind: 'message', message_id: message };
  await db
    .insertInto('channel_mail')
    .values({ ...mail, ticket_id: ticketId, raw_bytes: text.length, html: sha256, raw: sha256, received_at: now })
    .execute();
  const file = { ticket_id: ticketId, sha256, name: '메모.txt', position: 0, created_at: now };
  const [received, waiting] = [newId(), newId()];
  await db
    .insertInto('channel_file')
    .values([
      { ...file, id: received, message_id: message },
      { ...file, id: waiting, added_by: writer },
    ])
    .execute();
  const upload = newId();
  await db
    .insertInto('file_upload')
    .values({ id: upload, sha256, name: '사진.txt', uploaded_by: writer, created_at: now })
    .execute();
  return { channelMailId: mail.id, channelFileId: received, waitingFileId: waiting, uploadId: upload };
}
