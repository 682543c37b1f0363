import { handle } from '#platform/context.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import { named } from './change-ground.ts';
import { type ChangeRow, standing, toldIn } from './change-store.ts';
import { seesMoney } from './order-row.ts';

type Item = Output<typeof orders.operations.listChanges>['items'][number];
const MOST = 100;

/** Changes of an order, newest first. A partner sees those that ask it, its own answer, and not why we want them. */
export const listChanges = handle(orders.operations.listChanges, async (ctx, { order: id }) => {
  const order = await ctx.scoped
    .selectFrom('sales_order')
    .select(['sales_order.id', 'sales_order.stage'])
    .where('sales_order.id', '=', id)
    .executeTakeFirst();
  if (!order) return notFound();
  const [rows, lines] = await Promise.all([
    ctx.scoped
      .selectFrom('order_change')
      .selectAll('order_change')
      .where('order_change.order_id', '=', id)
      .orderBy('order_change.id', 'desc')
      .limit(MOST)
      .execute(),
    ctx.scoped
      .selectFrom('order_line')
      .select(['order_line.id', 'order_line.name'])
      .where('order_line.order_id', '=', id)
      .execute(),
  ]);
  const names = await named(ctx, [...new Set(rows.flatMap(({ needs }) => needs))]);
  const inside = seesMoney(ctx.actor);
  const seen = inside ? names : names.filter(({ who }) => who !== 'warehouse');
  const over = !ON_ITS_WAY.includes(order.stage);
  const items = rows.map((row) => {
    const item = itemOf(row, lines, seen);
    return inside ? item : { ...item, reason: null, ...toldPartner(row, over) };
  });
  return { items, next: null };
});

const ON_ITS_WAY = ['UNPAID', 'PAID', 'PREPARING', 'SHIPPED'];

/** What a partner is told of a change: of a person only while it is asked and still has to deliver; no reason of a hold. */
function toldPartner(row: ChangeRow, over: boolean): Pick<Item, 'before' | 'after'> {
  if (row.kind === 'HOLD' || row.kind === 'RELEASE') return { before: {}, after: {} };
  return row.personal && (over || row.state !== 'ASKED') ? { before: {}, after: {} } : toldIn(row);
}

type Named = { who: string; name: string };

function itemOf(row: ChangeRow, lines: readonly { id: string; name: string }[], names: Named[]): Item {
  const { state, needs, answers } = standing(row);
  return {
    ...{ id: row.id, order: row.order_id, kind: row.kind as Item['kind'], state },
    line: lines.find(({ id }) => id === row.line_id) ?? null,
    ...toldIn(row),
    needs: names
      .filter(({ who }) => needs.includes(who))
      .map(({ who, name }) => {
        const answer = answers[who];
        return {
          ...{ who, name, yes: answer?.yes ?? null, by: answer?.by ?? null, byPhone: answer?.byPhone ?? false },
          ...{ note: answer?.note ?? null, at: answer ? new Date(answer.at) : null },
        };
      }),
    wisher: row.wisher as Item['wisher'],
    reason: row.reason,
    remoteFeeWaived: row.remote_fee_waived,
    deadlineAt: row.deadline_at,
    askedBy: row.asked_by_name,
    askedAt: row.asked_at,
    settledAt: row.settled_at,
    settledBy: row.settled_by_name,
  };
}
