import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { runsByName } from '#platform/file-kind.ts';
import { hangOn } from '#platform/files.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { channels } from '../contract.ts';
import { fileOf } from './of-ticket.ts';

/** What receiving mail servers commonly take. */
const MOST_BYTES = 20_000_000;
const MOST_FILES = 20;

/** Puts an upload of the caller to the caller's next reply on a ticket. */
export const attachFile = handle(channels.operations.attach, async (ctx, { ticket, upload }) => {
  const mine = await ctx.scoped
    .selectFrom('ticket')
    .select(['ticket.id', 'mall', 'centre'])
    .where('ticket.id', '=', ticket)
    .executeTakeFirst();
  if (!mine) return notFound();
  const file = await ctx.db
    .selectFrom('file_upload')
    .innerJoin('file_blob', 'file_blob.sha256', 'file_upload.sha256')
    .select(['file_upload.name', 'file_blob.sha256', 'file_blob.bytes', 'file_blob.mime', 'risk', 'width'])
    .where('file_upload.id', '=', upload)
    .where('uploaded_by', '=', ctx.actor.id)
    .executeTakeFirst();
  if (!file || !(await hangOn(ctx.db, [file.sha256]))) return refuse('upload_gone', {});
  if (file.risk || runsByName(file.name)) return refuse('runs', {});
  const { bytes, count } = await ctx.scoped
    .selectFrom('channel_file')
    .innerJoin('file_blob', 'file_blob.sha256', 'channel_file.sha256')
    .select([sql<number>`coalesce(sum(file_blob.bytes), 0)::int`.as('bytes'), sql<number>`count(*)::int`.as('count')])
    .where('channel_file.ticket_id', '=', ticket)
    .where('message_id', 'is', null)
    .where('added_by', '=', ctx.actor.id)
    .executeTakeFirstOrThrow();
  if (bytes + file.bytes > MOST_BYTES || count >= MOST_FILES) return refuse('too_much', {});
  const id = newId();
  await ctx.scoped
    .insertInto('channel_file')
    .values({
      ...{ id, ticket_id: ticket, sha256: file.sha256, name: file.name, position: count, added_by: ctx.actor.id },
      created_at: ctx.now,
    })
    .execute();
  ctx.record('channels.file_attached', ticket, {
    after: { file: id },
    scope: { mall: mine.mall, centre: mine.centre },
  });
  return fileOf({ ...file, id, inline: false });
});

/** Takes a file off again before the reply is written. */
export const detachFile = handle(channels.operations.detach, async (ctx, { id }) => {
  const gone = await ctx.scoped
    .deleteFrom('channel_file')
    .where('channel_file.id', '=', id)
    .where('message_id', 'is', null)
    .where('added_by', '=', ctx.actor.id)
    .returning(['channel_file.ticket_id', 'channel_file.id'])
    .executeTakeFirst();
  if (!gone) return notFound();
  ctx.record('channels.file_detached', gone.ticket_id, { after: { file: id }, scope: { person: ctx.actor.id } });
  return {};
});
