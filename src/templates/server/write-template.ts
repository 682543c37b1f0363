import { sql } from 'kysely';
import { type CommandContext, handle } from '#platform/context.ts';
import { type Input, notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { templates } from '../contract.ts';
import { parse } from '../rules/syntax.ts';
import { addVersion, createTemplate, folderKnown, lockTemplate, mayKeep, sees } from './template-store.ts';

/** What of a text cannot be read, as a refusal; null when all can. */
export function wrongIn(body: string) {
  const parsed = parse(body);
  if (!('wrong' in parsed)) return null;
  const { code, at, what } = parsed.wrong;
  return refuse('template_wrong', { problem: code, at: at + 1, what: what.slice(0, 60) });
}

/** A new template, or the next version of one. The earlier versions stay, with how often each was used. */
export const writeTemplate = handle(templates.operations.write, async (ctx, input) => {
  const wrong = wrongIn(input.body);
  if (wrong) return wrong;
  if (!(await folderKnown(ctx, input.folder))) return refuse('folder_unknown', {});
  if (!mayKeep(ctx.actor, input.malls)) return refuse('beyond_your_malls', {});
  if (input.id !== undefined) return nextVersion(ctx, input.id, input);
  const id = await createTemplate(ctx, input);
  ctx.record('templates.written', id, { after: { title: input.title, version: 1 } });
  return { id, version: 1 };
});

async function nextVersion(ctx: CommandContext, id: string, input: Input<typeof templates.operations.write>) {
  const row = await lockTemplate(ctx, id);
  if (!row || !sees(ctx.actor, row.malls)) return notFound();
  if (!mayKeep(ctx.actor, row.malls)) return refuse('beyond_your_malls', {});
  if (input.version !== undefined && input.version !== row.version)
    return refuse('stale_version', { version: row.version });
  const version = row.version + 1;
  await addVersion(ctx, { id, version, title: input.title, body: input.body, note: input.note });
  await ctx.db
    .updateTable('template')
    .set({
      ...{ folder_id: input.folder, title: input.title, channels: input.channels, malls: input.malls },
      ...{ codes: input.codes, version, updated_at: ctx.now },
    })
    .where('id', '=', id)
    .execute();
  ctx.record('templates.written', id, {
    before: { title: row.title, version: row.version },
    after: { title: input.title, version },
  });
  return { id, version };
}

/** Offered to nobody any more; its versions and its uses stay. */
export const retireTemplate = handle(templates.operations.retire, (ctx, { id }) => setRetired(ctx, id, ctx.now));
export const restoreTemplate = handle(templates.operations.restore, (ctx, { id }) => setRetired(ctx, id, null));

async function setRetired(ctx: CommandContext, id: string, at: Date | null) {
  const row = await lockTemplate(ctx, id);
  if (!row || !sees(ctx.actor, row.malls)) return notFound();
  if (!mayKeep(ctx.actor, row.malls)) return refuse('beyond_your_malls', {});
  if ((row.retired_at === null) === (at === null)) return { retired: at !== null };
  await ctx.db.updateTable('template').set({ retired_at: at, updated_at: ctx.now }).where('id', '=', id).execute();
  if (at) ctx.record('templates.retired', id, { before: { retiredAt: null }, after: { retiredAt: at } });
  else ctx.record('templates.restored', id, { before: { retiredAt: row.retired_at }, after: { retiredAt: null } });
  return { retired: at !== null };
}

export const saveFolder = handle(templates.operations.saveFolder, async (ctx, { id, name }) => {
  const same = await ctx.db.selectFrom('template_folder').select('id').where('name', '=', name).executeTakeFirst();
  if (same && same.id !== id) return refuse('folder_exists', {});
  if (id !== undefined) {
    const saved = await ctx.db
      .updateTable('template_folder')
      .set({ name })
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst();
    if (!saved) return notFound();
  }
  const made = id ?? newId();
  if (id === undefined)
    await ctx.db
      .insertInto('template_folder')
      .values({
        ...{ id: made, name, created_at: ctx.now },
        sort_no: sql<number>`(select coalesce(max(sort_no), 0) + 1 from template_folder)`,
      })
      .execute();
  ctx.record('templates.folder_saved', made, { after: { name } });
  return { id: made };
});
