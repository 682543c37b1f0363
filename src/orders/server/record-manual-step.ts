import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import { moveOrder } from './move-order.ts';

/** What an agent did in the mall's own admin: an event of the order. It changes no state: the mall tells of that. */
export const recordManualStep = handle(orders.operations.recordManualStep, async (ctx, { order: id, ...step }) => {
  const at = ctx.now.getTime();
  const book = await moveOrder(ctx, id, () => [{ type: 'order.manualStep', at, payload: step, personal: null }]);
  if (!book) return notFound();
  const { mall } = book.order;
  ctx.record('orders.manual_step', id, { after: step, scope: { mall }, data: { verb: step.verb } });
  return { seq: book.version, version: book.version };
});
