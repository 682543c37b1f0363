import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { after } from '#platform/keyset-sql.ts';
import { catalogue } from '../contract.ts';
import { PARTNER_COLUMNS, partnerRow } from './partner-row.ts';

/** Partners by name; `q` is any part of the name or the code. */
export const listPartners = handle(catalogue.operations.listPartners, async (ctx, { q, limit, cursor }) => {
  let rows = ctx.scoped.selectFrom('partner').select(PARTNER_COLUMNS).orderBy('partner.name').orderBy('partner.id');
  if (q) {
    // A few hundred rows at most: no index is worth it. strpos takes % and _ as they are.
    rows = rows.where(sql<boolean>`strpos(lower(partner.name || ' ' || partner.code), lower(${q})) > 0`);
  }
  const from = cursorValues(cursor, 2);
  if (from) rows = rows.where(after(['partner.name', 'partner.id'], from));
  return pageOf(await rows.limit(limit + 1).execute(), limit, partnerRow, (row) => [row.name, row.id]);
});
