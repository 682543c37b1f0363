import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { malls } from '../contract.ts';
import { picturesIn, pictureType } from '../rules/manual.ts';
import { oneAfterAnother, picturesOf, reaches, versionsOf } from './manual-store.ts';

/** Saves a manual as its next version; the older ones stay. */
export const saveManual = handle(malls.operations.saveManual, async (ctx, { mall, topic, body, basedOn }) => {
  if (!(await reaches(ctx, mall))) return notFound();
  await oneAfterAnother(ctx, mall);
  const [newest] = await versionsOf(ctx, mall, topic);
  const last = newest?.version ?? 0;
  if (basedOn !== undefined && basedOn !== last)
    return refuse('newer_version', { version: last, by: newest?.by ?? '' });
  const pictures = picturesIn(body);
  if ((await picturesOf(ctx, mall, pictures)).length < pictures.length) return refuse('picture_unknown', {});
  const version = last + 1;
  const author = { author_id: ctx.actor.kind === 'system' ? null : ctx.actor.id, author_name: ctx.actor.name };
  await ctx.scoped
    .insertInto('mall_manual')
    .values({ mall, topic, version, body, ...author, created_at: ctx.now })
    .execute();
  ctx.record('malls.manual_saved', mall, { after: { topic, version, body }, scope: { mall } });
  return { version };
});

/** Keeps a picture for the manuals of a mall. */
export const addPicture = handle(malls.operations.addPicture, async (ctx, { mall, content }) => {
  if (!(await reaches(ctx, mall))) return notFound();
  const bytes = Buffer.from(content, 'base64');
  const mime = pictureType(bytes);
  if (!mime) return refuse('not_a_picture', {});
  const id = newId();
  await ctx.scoped
    .insertInto('mall_picture')
    .values({ id, mall, mime, bytes, author_name: ctx.actor.name, created_at: ctx.now })
    .execute();
  ctx.record('malls.picture_added', id, { after: { mall, mime, bytes: bytes.length }, scope: { mall } });
  return { id };
});
