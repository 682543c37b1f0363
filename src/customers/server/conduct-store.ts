import type { QueryContext } from '#platform/context.ts';
import { type Block, type ConductKind, type ConductLevel, conductLevel, type Step } from '../rules/conduct.ts';
import { groupOf } from './customer-group.ts';

/** Steps and newest block of a customer and of those merged into it. Null: no such customer in scope. */
export async function conductOf(ctx: QueryContext, id: string) {
  const group = await groupOf(ctx, id);
  const root = group[0];
  return root === undefined ? null : { root, ...(await conductIn(ctx, group)) };
}

export const levelOf = async (ctx: QueryContext, group: readonly string[]): Promise<ConductLevel> =>
  (await conductIn(ctx, group)).level;

async function conductIn(ctx: QueryContext, group: readonly string[]) {
  const steps = await stepsOf(ctx, group);
  const block = await newestBlock(ctx, group);
  const told = steps.map(asStep);
  const held = block ? { state: block.state as Block['state'], until: block.until_at } : null;
  return { steps, told, block: block ?? null, level: conductLevel(told, held, ctx.now) };
}

const stepsOf = (ctx: QueryContext, group: readonly string[]) =>
  ctx.scoped
    .selectFrom('conduct_step')
    .selectAll('conduct_step')
    .where('conduct_step.customer_id', 'in', group)
    .orderBy('at', 'desc')
    .orderBy('conduct_step.id', 'desc')
    .execute();

const newestBlock = (ctx: QueryContext, group: readonly string[]) =>
  ctx.scoped
    .selectFrom('conduct_block')
    .selectAll('conduct_block')
    .where('conduct_block.customer_id', 'in', group)
    .orderBy('asked_at', 'desc')
    .orderBy('conduct_block.id', 'desc')
    .limit(1)
    .executeTakeFirst();

const asStep = (row: { step: string; kind: string; revoked_at: Date | null }): Step => ({
  ...{ step: row.step as Step['step'], kind: row.kind as ConductKind, revoked: row.revoked_at !== null },
});

/** Malls of a customer: who hears of what is recorded about them. */
export async function mallsOf(ctx: QueryContext, id: string): Promise<string[]> {
  const row = await ctx.scoped
    .selectFrom('customer')
    .select('customer.malls')
    .where('customer.id', '=', id)
    .executeTakeFirst();
  return row?.malls ?? [];
}

type BlockRow = {
  id: string;
  state: string;
  reason: string;
  until_at: Date | null;
  asked_by_name: string;
  asked_at: Date;
  decided_by_name: string | null;
  decided_at: Date | null;
  decided_note: string | null;
};
export const blockOf = (row: BlockRow) => ({
  ...{ id: row.id, state: row.state as Block['state'], reason: row.reason, until: row.until_at },
  ...{ askedBy: row.asked_by_name, askedAt: row.asked_at },
  ...{ decidedBy: row.decided_by_name, decidedAt: row.decided_at, note: row.decided_note },
});
