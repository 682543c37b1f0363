import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { ticketPlace } from '#tickets/server/read.ts';
import { newestCode } from '#voc/server/read.ts';
import { templates } from '../contract.ts';
import { fits, inOrder } from '../rules/choose.ts';
import { sees, templateRow, templatesOf } from './template-store.ts';

const MOST = 500;

/** Templates of the caller's malls; with a ticket those that fit it, the nearest first. */
export const listTemplates = handle(templates.operations.list, async (ctx, { ticket: id, folder, retired }) => {
  const ticket = id === undefined ? null : await ticketPlace(ctx, id);
  if (id !== undefined && !ticket) return notFound();
  const rows = await templatesOf(ctx)
    .where('template.retired_at', retired ? 'is not' : 'is', null)
    .$if(folder !== undefined, (q) => q.where('template.folder_id', '=', folder as string))
    .orderBy('template_folder.sort_no')
    .orderBy('template.title')
    .limit(MOST)
    .execute();
  const items = rows.filter(({ malls }) => sees(ctx.actor, malls)).map(templateRow);
  if (!ticket) return { items };
  const at = { channel: ticket.channel, mall: ticket.mall, code: await newestCode(ctx, ticket.id) };
  return {
    items: inOrder(
      items.filter((template) => fits(template, at)),
      at,
    ),
  };
});

export const getTemplate = handle(templates.operations.get, async (ctx, { id }) => {
  const row = await templatesOf(ctx).where('template.id', '=', id).executeTakeFirst();
  if (!row || !sees(ctx.actor, row.malls)) return notFound();
  const versions = await ctx.db
    .selectFrom('template_version')
    .selectAll()
    .where('template_id', '=', id)
    .orderBy('version', 'desc')
    .limit(100)
    .execute();
  return {
    ...templateRow(row),
    versions: versions.map((one) => ({
      ...{ version: one.version, title: one.title, body: one.body, note: one.note },
      ...{ writtenBy: one.written_by_name, writtenAt: one.written_at },
      ...{ fromTicket: one.from_ticket !== null, used: one.used },
    })),
  };
});

export const listFolders = handle(templates.operations.folders, async (ctx) => {
  const rows = await ctx.db
    .selectFrom('template_folder')
    .leftJoin('template', (join) =>
      join.onRef('template.folder_id', '=', 'template_folder.id').on('template.retired_at', 'is', null),
    )
    .select(['template_folder.id', 'template_folder.name', 'template_folder.sort_no'])
    .select(({ fn }) => fn.count<number>('template.id').as('templates'))
    .groupBy('template_folder.id')
    .orderBy('template_folder.sort_no')
    .execute();
  return { items: rows.map(({ id, name, templates: many }) => ({ id, name, templates: Number(many) })) };
});
