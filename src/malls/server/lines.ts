import { handle } from '#platform/context.ts';
import { notFound, type Output, refuse } from '#platform/operation.ts';
import { malls } from '../contract.ts';
import { oneAfterAnother, reaches } from './manual-store.ts';

type Line = Output<typeof malls.operations.listLines>['items'][number];

/** What is said and done on a mall's numbers: the order line first. */
export const listLines = handle(malls.operations.listLines, async (ctx, { mall }) => {
  if (!(await reaches(ctx, mall))) return notFound();
  const rows = await ctx.scoped
    .selectFrom('mall_line')
    .selectAll('mall_line')
    .where('mall_line.mall', '=', mall)
    .orderBy('mall_line.line', 'desc')
    .execute();
  const items = rows.map((row) => ({
    ...{ line: row.line as Line['line'], number: row.number, greeting: row.greeting, steps: row.steps },
    ...{ opens: row.opens.slice(0, 5), closes: row.closes.slice(0, 5) },
    ...{ version: row.version, by: row.updated_by_name, at: row.updated_at },
  }));
  return { items, next: null };
});

/** Saves what is said and done on one number. What it was before stays in the audit. */
export const saveLine = handle(malls.operations.saveLine, async (ctx, { mall, line, basedOn, ...given }) => {
  if (!(await reaches(ctx, mall))) return notFound();
  if (given.closes <= given.opens) return refuse('closes_first', {});
  await oneAfterAnother(ctx, mall);
  const before = await ctx.scoped
    .selectFrom('mall_line')
    .selectAll('mall_line')
    .where('mall_line.mall', '=', mall)
    .where('mall_line.line', '=', line)
    .executeTakeFirst();
  const last = before?.version ?? 0;
  if (basedOn !== undefined && basedOn !== last)
    return refuse('newer_version', { version: last, by: before?.updated_by_name ?? '' });
  const row = { ...given, version: last + 1, updated_by_name: ctx.actor.name, updated_at: ctx.now };
  await ctx.scoped
    .insertInto('mall_line')
    .values({ mall, line, ...row })
    .onConflict((at) => at.columns(['mall', 'line']).doUpdateSet(row))
    .execute();
  const was = before && { number: before.number, greeting: before.greeting, steps: before.steps };
  ctx.record('malls.line_saved', `${mall} ${line}`, { before: was ?? null, after: given, scope: { mall } });
  return { version: row.version };
});
