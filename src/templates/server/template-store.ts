import { mallsOf } from '#malls/server/read.ts';
import type { CommandContext, QueryContext } from '#platform/context.ts';
import type { Actor, Output } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import type { templates } from '../contract.ts';

export type Row = Output<typeof templates.operations.list>['items'][number];
type Db = Pick<QueryContext, 'db'>;

/** Templates with the text in force. */
export const templatesOf = ({ db }: Db) =>
  db
    .selectFrom('template')
    .innerJoin('template_folder', 'template_folder.id', 'template.folder_id')
    .innerJoin('template_version', (join) =>
      join
        .onRef('template_version.template_id', '=', 'template.id')
        .onRef('template_version.version', '=', 'template.version'),
    )
    .selectAll('template')
    .select(['template_folder.name as folder_name', 'template_version.body']);
export type Selected = Awaited<ReturnType<ReturnType<typeof templatesOf>['execute']>>[number];

export const templateRow = (row: Selected): Row => ({
  id: row.id,
  folder: { id: row.folder_id, name: row.folder_name },
  title: row.title,
  body: row.body,
  channels: row.channels as Row['channels'],
  malls: row.malls,
  codes: row.codes,
  version: row.version,
  used: row.used,
  lastUsedAt: row.last_used_at,
  retiredAt: row.retired_at,
});

/** Whether a template is for a mall that the caller works for. */
export function sees(actor: Actor, malls: readonly string[] | null): boolean {
  const mine = mallsOf(actor);
  return malls === null || mine === null || malls.some((mall) => mine.includes(mall));
}

/** Whether the caller may change it: who works for some malls only changes what is for those alone. */
export function mayKeep(actor: Actor, malls: readonly string[] | null): boolean {
  const mine = mallsOf(actor);
  return mine === null || malls?.every((mall) => mine.includes(mall)) === true;
}

export const lockTemplate = ({ db }: Pick<CommandContext, 'db'>, id: string) =>
  db.selectFrom('template').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();

type Written = {
  id: string;
  version: number;
  title: string;
  body: string;
  note?: string | undefined;
  fromTicket?: string;
};

/** Keeps a version as it was written. */
export async function addVersion(ctx: CommandContext, written: Written): Promise<void> {
  await ctx.db
    .insertInto('template_version')
    .values({
      ...{ template_id: written.id, version: written.version, title: written.title, body: written.body },
      ...{ note: written.note ?? null, from_ticket: written.fromTicket ?? null },
      ...{ written_by: ctx.actor.id, written_by_name: ctx.actor.name, written_at: ctx.now },
    })
    .execute();
}

type New = Omit<Written, 'id' | 'version'> & {
  folder: string;
  channels: string[] | null;
  malls: string[] | null;
  codes: string[];
};

/** A new template, first version. */
export async function createTemplate(ctx: CommandContext, made: New): Promise<string> {
  const id = newId();
  await ctx.db
    .insertInto('template')
    .values({
      ...{ id, folder_id: made.folder, title: made.title, channels: made.channels, malls: made.malls },
      ...{ codes: made.codes, version: 1, created_at: ctx.now, updated_at: ctx.now },
    })
    .execute();
  await addVersion(ctx, { ...made, id, version: 1 });
  return id;
}

export const folderKnown = ({ db }: Db, id: string) =>
  db.selectFrom('template_folder').select('id').where('id', '=', id).executeTakeFirst();
