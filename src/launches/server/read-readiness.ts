import { mallsOf } from '#malls/server/read.ts';
import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { launches } from '../contract.ts';
import { readinessOf } from './readiness-store.ts';

/** How each mall of the caller stands, in the company's order: a dozen rows. */
export const listReadiness = handle(launches.operations.list, async (ctx) => {
  const only = mallsOf(ctx.actor);
  let known = ctx.db.selectFrom('mall').select('id').orderBy('sort_no').orderBy('id');
  if (only) known = known.where('id', 'in', only.length > 0 ? only : ['']);
  const items = [];
  for (const { id } of await known.execute()) {
    const found = await readinessOf(ctx, id);
    if (found) items.push({ mall: id, state: found.state, done: found.done, of: found.of, opening: found.opening });
  }
  return { items, next: null };
});

/** One mall's list: what is there, what is missing and why, who ticked what. */
export const getReadiness = handle(
  launches.operations.get,
  async (ctx, { mall }) => (await readinessOf(ctx, mall)) ?? notFound(),
);
