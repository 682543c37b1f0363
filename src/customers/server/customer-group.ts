import type { QueryContext } from '#platform/context.ts';

/** The customer that an id stands for now: itself, or the one that it was merged into. Null: none in scope. */
export async function rootOf({ scoped }: Pick<QueryContext, 'scoped'>, id: string): Promise<string | null> {
  const row = await scoped
    .selectFrom('customer')
    .select(['customer.id', 'customer.merged_into'])
    .where('customer.id', '=', id)
    .executeTakeFirst();
  return row ? (row.merged_into ?? row.id) : null;
}

/** All ids under which a customer's orders and contacts came in: its own first, then those merged into it. */
export async function groupOf(ctx: Pick<QueryContext, 'scoped'>, id: string): Promise<string[]> {
  const root = await rootOf(ctx, id);
  if (root === null) return [];
  const merged = await ctx.scoped
    .selectFrom('customer')
    .select('customer.id')
    .where('customer.merged_into', '=', root)
    .execute();
  return [root, ...merged.map((row) => row.id)];
}
