import { sql } from 'kysely';
import { ofCustomer } from '#customers/server/read.ts';
import { handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { before } from '#platform/keyset-sql.ts';
import type { Output } from '#platform/operation.ts';
import { intervalOf } from '#platform/period.ts';
import { voc } from '../contract.ts';

type Row = Output<typeof voc.operations.listRecords>['items'][number];

/** VOC records, newest first. A code of level 1 or 2 stands for all below it. */
export const listRecords = handle(voc.operations.listRecords, async (ctx, input) => {
  let rows = ctx.scoped
    .selectFrom('voc_record')
    .leftJoin('person', 'person.id', 'voc_record.recorded_by')
    .selectAll('voc_record')
    .select('person.name as recorder')
    .orderBy('voc_record.recorded_at', 'desc')
    .orderBy('voc_record.id', 'desc');
  const { from, until } = intervalOf(input);
  if (input.code?.split('-').length === 3) rows = rows.where('voc_record.code', '=', input.code);
  else if (input.code) rows = rows.where(sql<boolean>`starts_with(voc_record.code, ${`${input.code}-`})`);
  if (input.mall) rows = rows.where('voc_record.mall', '=', input.mall);
  if (input.ticket) rows = rows.where('voc_record.ticket_id', '=', input.ticket);
  if (input.customer) rows = rows.where(ofCustomer('voc_record.customer_id', input.customer));
  if (input.urgent !== undefined) rows = rows.where('voc_record.urgent', '=', input.urgent);
  if (from) rows = rows.where('voc_record.recorded_at', '>=', from);
  if (until) rows = rows.where('voc_record.recorded_at', '<', until);
  const seen = cursorValues(input.cursor, 2);
  if (seen) rows = rows.where(before(['voc_record.recorded_at', 'voc_record.id'], seen));
  const item = (row: Awaited<ReturnType<typeof rows.execute>>[number]): Row => ({
    id: row.id,
    ticket: row.ticket_id,
    mall: row.mall,
    channel: row.channel,
    customer: row.customer_id,
    product: row.product_id,
    code: row.code,
    attribute: row.attribute,
    department: row.department,
    result: row.result as Row['result'],
    urgent: row.urgent,
    repeat: row.repeat,
    memo: row.memo,
    recordedBy: row.recorded_by ? { id: row.recorded_by, name: row.recorder ?? '' } : null,
    recordedAt: row.recorded_at,
  });
  const page = await rows.limit(input.limit + 1).execute();
  return pageOf(page, input.limit, item, (row) => [row.recorded_at, row.id]);
});
