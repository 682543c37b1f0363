import { handle } from '#platform/context.ts';
import { malls } from '../contract.ts';
import { visibleMalls } from './mall-store.ts';

/** A dozen rows: always all of them. */
export const listMalls = handle(malls.operations.list, async (ctx) => ({
  items: await visibleMalls(ctx.db, ctx.actor),
  next: null,
}));
