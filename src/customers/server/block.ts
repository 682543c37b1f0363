import { type CommandContext, handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { before } from '#platform/keyset-sql.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { customers } from '../contract.ts';
import { isHeld, mayAskBlock, mayDecide } from '../rules/conduct.ts';
import { lockedConduct } from './conduct.ts';
import { blockOf, mallsOf } from './conduct-store.ts';

/** Asks a manager to block a customer; what was told before stands as the evidence. */
export const askBlock = handle(customers.operations.askBlock, async (ctx, { id, reason, until }) => {
  const found = await lockedConduct(ctx, id);
  if (!found) return notFound();
  const { root, level, told, block } = found;
  const open =
    block && (block.state === 'asked' || isHeld({ state: block.state as 'blocked', until: block.until_at }, ctx.now));
  if (open) return refuse('block_open', {});
  if (!mayAskBlock(level, told)) return refuse('too_early', {});
  // One that ran out makes room for the next.
  if (block?.state === 'blocked') await setBlock(ctx, block.id, { state: 'lifted', lifted_at: ctx.now });
  const asked = newId();
  await ctx.scoped
    .insertInto('conduct_block')
    .values({
      ...{ id: asked, customer_id: root, state: 'asked', reason, until_at: until ? new Date(until) : null },
      ...{ asked_by: ctx.actor.kind === 'system' ? null : ctx.actor.id, asked_by_name: ctx.actor.name },
      asked_at: ctx.now,
    })
    .execute();
  ctx.record('customers.block_asked', root, { after: { reason, until }, scope: { malls: await mallsOf(ctx, root) } });
  return { block: asked };
});

/** A manager's yes or no; never on one's own request. */
export const decideBlock = handle(customers.operations.decideBlock, async (ctx, { block: id, grant, note }) => {
  const block = await lockBlock(ctx, id);
  if (!block) return notFound();
  if (block.state !== 'asked') return refuse('already_decided', {});
  const decider = ctx.actor.kind === 'system' ? null : ctx.actor.id;
  if (!mayDecide(block.asked_by, decider)) return refuse('own_request', {});
  const state = grant ? ('blocked' as const) : ('denied' as const);
  const decided = {
    decided_by: decider,
    decided_by_name: ctx.actor.name,
    decided_at: ctx.now,
    decided_note: note ?? null,
  };
  await setBlock(ctx, id, { state, ...decided });
  ctx.record('customers.block_decided', block.customer_id, {
    ...{ before: { state: 'asked' }, after: { state, note }, scope: { malls: await mallsOf(ctx, block.customer_id) } },
    data: { state },
  });
  return { state };
});

export const liftBlock = handle(customers.operations.liftBlock, async (ctx, { block: id, why }) => {
  const block = await lockBlock(ctx, id);
  if (!block) return notFound();
  if (block.state !== 'blocked') return refuse('already_decided', {});
  const lifted = { lifted_at: ctx.now, lifted_by_name: ctx.actor.name, lifted_why: why };
  await setBlock(ctx, id, { state: 'lifted', ...lifted });
  ctx.record('customers.block_lifted', block.customer_id, {
    ...{ before: { state: 'blocked' }, after: { why }, scope: { malls: await mallsOf(ctx, block.customer_id) } },
  });
  return { state: 'lifted' as const };
});

export const listBlocks = handle(customers.operations.blocks, async (ctx, { state, limit, cursor }) => {
  let rows = ctx.scoped
    .selectFrom('conduct_block')
    .innerJoin('customer', 'customer.id', 'conduct_block.customer_id')
    .selectAll('conduct_block')
    .select('customer.name as customer_name')
    .orderBy('conduct_block.asked_at', 'desc')
    .orderBy('conduct_block.id', 'desc');
  if (state) rows = rows.where('conduct_block.state', '=', state);
  const from = cursorValues(cursor, 2);
  if (from) rows = rows.where(before(['conduct_block.asked_at', 'conduct_block.id'], from));
  return pageOf(
    await rows.limit(limit + 1).execute(),
    limit,
    (row) => ({ ...blockOf(row), customer: { id: row.customer_id, name: row.customer_name } }),
    (row) => [row.asked_at, row.id],
  );
});

const lockBlock = (ctx: CommandContext, id: string) =>
  ctx.scoped
    .selectFrom('conduct_block')
    .select(['conduct_block.id', 'conduct_block.customer_id', 'conduct_block.state', 'conduct_block.asked_by'])
    .where('conduct_block.id', '=', id)
    .forUpdate()
    .executeTakeFirst();

type Change = {
  state: string;
  decided_by?: string | null;
  decided_by_name?: string;
  decided_at?: Date;
  decided_note?: string | null;
  lifted_at?: Date;
  lifted_by_name?: string;
  lifted_why?: string;
};
const setBlock = (ctx: CommandContext, id: string, change: Change) =>
  ctx.scoped.updateTable('conduct_block').set(change).where('conduct_block.id', '=', id).execute();
