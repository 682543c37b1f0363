import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { malls } from '../contract.ts';
import { visibleMalls } from './mall-store.ts';

export const getMall = handle(malls.operations.get, async (ctx, { id }) => {
  const [mall] = await visibleMalls(ctx.db, ctx.actor, id);
  return mall ?? notFound();
});
