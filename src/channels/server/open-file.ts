import { handle } from '#platform/context.ts';
import { wholeFile } from '#platform/files.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { channels } from '../contract.ts';

/** Opens a file of a message for download; a program is not handed out. */
export const openFile = handle(channels.operations.openFile, async (ctx, { id }) => {
  const row = await ctx.scoped
    .selectFrom('channel_file')
    .innerJoin('file_blob', 'file_blob.sha256', 'channel_file.sha256')
    .select(['channel_file.name', 'channel_file.risk', 'file_blob.sha256', 'file_blob.mime'])
    .where('channel_file.id', '=', id)
    .executeTakeFirst();
  if (!row) return notFound();
  if (row.risk) return refuse('quarantined', {});
  return { sha256: row.sha256, name: row.name, mime: row.mime };
});

/** Opens the message as it came. */
export const openRaw = handle(channels.operations.openRaw, async (ctx, { id }) => {
  const row = await ctx.scoped
    .selectFrom('channel_mail')
    .select(['raw', 'received_at'])
    .where('channel_mail.id', '=', id)
    .executeTakeFirst();
  if (!row?.raw) return notFound();
  const name = `mail-${row.received_at.toISOString().slice(0, 16).replaceAll(/[:T]/g, '-')}.eml`;
  return { sha256: row.raw, name, mime: 'application/octet-stream' };
});

/** The sanitised HTML of a mail and the images that came along with it. */
export const openHtml = handle(channels.operations.openHtml, async (ctx, { id }) => {
  const row = await ctx.scoped
    .selectFrom('channel_mail')
    .select(['html', 'message_id', 'channel_mail.ticket_id as ticket'])
    .where('channel_mail.id', '=', id)
    .executeTakeFirst();
  if (!row?.html || !row.ticket || !row.message_id) return notFound();
  const images = await ctx.scoped
    .selectFrom('channel_file')
    .innerJoin('file_blob', 'file_blob.sha256', 'channel_file.sha256')
    .select(['channel_file.cid', 'channel_file.id as file'])
    .where('channel_file.ticket_id', '=', row.ticket)
    .where('message_id', '=', row.message_id)
    .where('cid', 'is not', null)
    .where('file_blob.width', 'is not', null)
    .execute();
  const html = (await wholeFile(ctx.db, row.html)).toString('utf8');
  return { html, images: images.map(({ cid, file }) => ({ cid: cid as string, file })) };
});
