import { sql } from 'kysely';
import type { QueryContext } from '#platform/context.ts';

export type Filters = {
  show?: 'stuck' | 'moving' | undefined;
  mall?: string | undefined;
  carrier?: string | undefined;
  partner?: string | undefined;
  kind?: string | undefined;
  olderDays?: number | undefined;
};
const DAY = 86_400_000;

/** Parcels that have not arrived, within the caller's scope, that pass the filters. */
export function deliveriesThat(ctx: QueryContext, { show, mall, carrier, partner, kind, olderDays }: Filters) {
  let rows = ctx.scoped.selectFrom('delivery');
  const until = new Date(ctx.now.getTime() - (olderDays ?? 0) * DAY);
  if (show === 'stuck' || olderDays) rows = rows.where('delivery.stuck_at', '<=', until);
  if (show === 'moving') rows = rows.where('delivery.stuck_at', '>', ctx.now);
  if (mall) rows = rows.where('delivery.mall', '=', mall);
  if (carrier) rows = rows.where('delivery.carrier', '=', carrier);
  if (partner) rows = rows.where(sql<boolean>`${partner}::uuid = any(delivery.partner_ids)`);
  if (kind) rows = rows.where('delivery.stuck_kind', '=', kind);
  return rows;
}
