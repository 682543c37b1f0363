import { type Kysely, sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import type { Open } from '#platform/scope.ts';
import { orders } from '../contract.ts';
import { maskedCells } from './file-cells.ts';

/** Keeps what the file's other columns say of the orders of a batch, in the place of what an earlier file said. */
export async function keepFileRows(
  db: Kysely<Open>,
  { id, name }: { id: string; name: string },
  seqs: readonly number[],
): Promise<void> {
  await sql`
    with told as (
      select o.id as order_id, told.rest
      from order_import_order told
      join sales_order o on o.mall = told.mall and o.mall_order_no = told.mall_order_no
      where told.import_id = ${id} and told.seq = any(${seqs}::int[]) and told.rest <> '[]'),
    gone as (
      delete from order_file_row r using told where r.order_id = told.order_id and r.import_id <> ${id})
    insert into order_file_row (order_id, row_no, import_id, file_name, cells, at)
    select told.order_id, (row ->> 'no')::int, ${id}, ${name}, row -> 'cells', now()
    from told, jsonb_array_elements(told.rest) as row
    on conflict (order_id, row_no) do update
      set import_id = excluded.import_id, file_name = excluded.file_name, cells = excluded.cells, at = excluded.at`.execute(
    db,
  );
}

/** The columns of an order's file that no field reads, row by row. */
export const fileRows = handle(orders.operations.fileRows, async (ctx, { id }) => {
  const order = await ctx.scoped
    .selectFrom('sales_order')
    .select('sales_order.id')
    .where('id', '=', id)
    .executeTakeFirst();
  if (!order) return notFound();
  const rows = await ctx.scoped
    .selectFrom('order_file_row')
    .select(['row_no', 'file_name', 'cells', 'at'])
    .where('order_file_row.order_id', '=', id)
    .orderBy('row_no')
    .limit(200)
    .execute();
  return {
    file: rows[0]?.file_name ?? null,
    at: rows[0]?.at ?? null,
    rows: rows.map(({ row_no, cells }) => ({ no: row_no, cells: maskedCells(cells as Record<string, string>) })),
  };
});
