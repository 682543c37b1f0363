import { handle, type QueryContext } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { decodeCursor, encodeCursor, type Wire } from '#platform/values.ts';
import { orders } from '../contract.ts';
import type { Change } from '../rules/import/changes.ts';
import { wordsOf } from './import-failures.ts';
import { ownImport } from './import-store.ts';

type Page = { import: string; outcome: 'new' | 'changed' | 'unchanged' | 'rejected'; after: number; limit: number };

/** What an import would change, order by order; refused rows one by one with their reason. */
export const listImportRows = handle(orders.operations.listImportRows, async (ctx, input) => {
  if (!(await ownImport(ctx, input.import))) return notFound();
  const after = Number((input.cursor && decodeCursor(input.cursor, 1)?.[0]) ?? -1);
  const page = { import: input.import, outcome: input.outcome, after, limit: input.limit };
  const rows = input.outcome === 'rejected' ? await rejected(ctx, page) : await ordersOf(ctx, page);
  const more = rows.length > input.limit;
  const items = rows.slice(0, input.limit);
  const last = items.at(-1);
  return { items: items.map(({ at: _, ...item }) => item), next: more && last ? encodeCursor([last.at]) : null };
});

async function rejected(ctx: QueryContext, { import: id, after, limit }: Page) {
  const rows = await ctx.db
    .selectFrom('order_import_problem')
    .selectAll()
    .where('import_id', '=', id)
    .where('row_no', '>', after)
    .orderBy('row_no')
    .limit(limit + 1)
    .execute();
  return rows.map((row) => ({
    ...{ at: row.row_no, outcome: 'rejected' as const, rows: [row.row_no], mall: null, mallOrderNo: row.order_no },
    ...{
      reason: { code: row.code, text: wordsOf(row)[ctx.language] },
      changes: [] as Wire<Change>[],
      unknownSkus: [] as string[],
    },
  }));
}

async function ordersOf(ctx: QueryContext, { import: id, outcome, after, limit }: Page) {
  const rows = await ctx.db
    .selectFrom('order_import_order')
    .select(['seq', 'mall', 'mall_order_no', 'row_nos', 'changes', 'unknown_skus'])
    .where('import_id', '=', id)
    .where('outcome', '=', outcome)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit + 1)
    .execute();
  return rows.map((row) => ({
    ...{ at: row.seq, outcome: outcome as 'new', rows: row.row_nos, mall: row.mall, mallOrderNo: row.mall_order_no },
    ...{ reason: null, changes: row.changes as Change[], unknownSkus: row.unknown_skus },
  }));
}
