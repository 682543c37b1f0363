import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { fileKind } from '#platform/file-kind.ts';
import { damagedPhoto } from './photo.ts';
import { rngOf, uuidAt } from './random.ts';

/** The newest contacts by mail, which people open. */
const MAILS = 60;
const QUOTED = `2026년 11월 (월) 오전 9:12, 고객센터 <help@haedap.example>님이 작성:
> 주문해 주셔서 감사합니다.
> 문의하신 내용은 확인하는 대로 알려 드리겠습니다.`;

type Row = { ticket: string; message: string; body: string; at: Date; name: string | null; email: string | null };

/** What mails carry besides their text: sender, quotes, HTML, and photos of what arrived damaged. */
export async function fillMails(trx: Kysely<DB>, { seed }: { seed: number }): Promise<void> {
  const photos = [0, 1, 2].map((at) => damagedPhoto(at));
  for (const photo of photos) await keep(trx, photo);
  const { rows } = await sql<Row>`
    select t.id as ticket, m.id as message, m.body, m.created_at as at, c.name, c.email
    from (select id, customer_id from ticket where channel = 'email' order by created_at desc limit ${MAILS}) t
    join ticket_message m on m.ticket_id = t.id and m.kind = 'inbound'
    join customer c on c.id = t.customer_id order by m.created_at, m.id`.execute(trx);
  for (const [index, row] of rows.entries()) {
    const rng = rngOf(seed, 'mail', index);
    const id = uuidAt(row.at.getTime(), rng);
    const text = row.body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>');
    const html = await keep(trx, Buffer.from(`<div>${text}</div>`));
    const common = { source: 'email:help@haedap.example', kind: 'message', received_at: row.at };
    await trx
      .insertInto('channel_mail')
      .values({
        ...{
          ...common,
          id,
          key: id,
          ticket_id: row.ticket,
          message_id: row.message,
          mail_id: `${id}@example.com`,
          html,
        },
        ...{
          sender: row.email,
          sender_name: row.name,
          raw_bytes: text.length + 900,
          quoted: index % 3 === 1 ? QUOTED : null,
        },
      })
      .execute();
    if (!/불량|파손|찢|얼룩|오염|하자|구멍|깨/.test(row.body) && index % 5 !== 0) continue;
    const photo = photos[index % photos.length] as Buffer;
    await trx
      .insertInto('channel_file')
      .values({
        ...{ id: uuidAt(row.at.getTime(), rng), ticket_id: row.ticket, message_id: row.message, position: 0 },
        ...{ sha256: await keep(trx, photo), name: '사진.png', created_at: row.at },
      })
      .execute();
  }
}

async function keep(trx: Kysely<DB>, bytes: Buffer): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { mime, size } = fileKind(bytes);
  const fresh = await trx
    .insertInto('file_blob')
    .values({
      sha256,
      bytes: bytes.length,
      mime,
      width: size?.width ?? null,
      height: size?.height ?? null,
      created_at: new Date(),
    })
    .onConflict((at) => at.doNothing())
    .returning('sha256')
    .executeTakeFirst();
  if (fresh) await trx.insertInto('file_part').values({ sha256, part: 0, data: bytes }).execute();
  return sha256;
}
