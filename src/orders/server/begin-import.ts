import { mallsOf } from '#malls/server/read.ts';
import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { MOST_FILE_BYTES, PART_BYTES } from '../contract/import.ts';
import { orders } from '../contract.ts';
import { ownImport } from './import-store.ts';

/** Begins an import: its parts follow. The malls that the person works for are those that the file may hold. */
export const beginImport = handle(orders.operations.beginImport, async (ctx, { name, bytes }) => {
  const id = newId();
  const malls = mallsOf(ctx.actor);
  await ctx.db
    .insertInto('order_import')
    .values({
      ...{ id, name, state: 'uploading', bytes, malls: malls && [...malls] },
      ...{ requested_by: ctx.actor.id, created_at: ctx.now, updated_at: ctx.now },
    })
    .execute();
  ctx.record('orders.import_begun', id, { after: { bytes }, scope: { person: ctx.actor.id } });
  return { id, partBytes: PART_BYTES };
});

/** Keeps one part of the file. In the database: any process may do the work, and a back-up holds it all. */
export const addImportPart = handle(orders.operations.addImportPart, async (ctx, { import: id, part, content }) => {
  const it = await ownImport(ctx, id);
  if (!it) return notFound();
  const bytes = Buffer.from(content, 'base64');
  if (it.state !== 'uploading' || (part + 1) * PART_BYTES > MOST_FILE_BYTES + PART_BYTES)
    return refuse('wrong_state', {});
  await ctx.db
    .insertInto('order_import_part')
    .values({ import_id: id, kind: 'file', part, bytes })
    .onConflict((at) => at.columns(['import_id', 'kind', 'part']).doUpdateSet({ bytes }))
    .execute();
  return { bytes: bytes.length };
});
