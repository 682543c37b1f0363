import { handle } from '#platform/context.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { malls } from '../contract.ts';
import { picturesIn } from '../rules/manual.ts';
import { picturesOf, reaches, versionsOf } from './manual-store.ts';

type Topic = Output<typeof malls.operations.getManual>['topic'];

/** Which manuals a mall has, each with its newest version. */
export const listManuals = handle(malls.operations.listManuals, async (ctx, { mall }) => {
  if (!(await reaches(ctx, mall))) return notFound();
  const rows = await ctx.scoped
    .selectFrom('mall_manual')
    .distinctOn('mall_manual.topic')
    .select(['mall_manual.topic', 'mall_manual.version'])
    .select(['mall_manual.author_name as by', 'mall_manual.created_at as at'])
    .where('mall_manual.mall', '=', mall)
    .orderBy('mall_manual.topic')
    .orderBy('mall_manual.version', 'desc')
    .execute();
  return { items: rows.map((row) => ({ ...row, topic: row.topic as Topic })), next: null };
});

/** One manual with its pictures, as it stands or as an older version. */
export const getManual = handle(malls.operations.getManual, async (ctx, { mall, topic, version }) => {
  if (!(await reaches(ctx, mall))) return notFound();
  const versions = await versionsOf(ctx, mall, topic);
  const shown = versions.find((row) => row.version === (version ?? versions[0]?.version)) ?? null;
  if (!shown) return version ? notFound() : { mall, topic, body: null, shown, versions, pictures: [] };
  const { body } = await ctx.scoped
    .selectFrom('mall_manual')
    .select('mall_manual.body')
    .where('mall_manual.mall', '=', mall)
    .where('mall_manual.topic', '=', topic)
    .where('mall_manual.version', '=', shown.version)
    .executeTakeFirstOrThrow();
  return { mall, topic, body, shown, versions, pictures: await picturesOf(ctx, mall, picturesIn(body)) };
});
