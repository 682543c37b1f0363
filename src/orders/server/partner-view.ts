import type { QueryContext } from '#platform/context.ts';
import type { Output } from '#platform/operation.ts';
import { searchDocument, searchQuery } from '#platform/search.ts';
import { matches } from '#platform/search-sql.ts';
import type { orders } from '../contract.ts';
import { type Delivery, needsRecipient } from '../rules/delivery-need.ts';
import { orderStage } from '../rules/order-book.ts';
import { seesMoney, summaryOf } from './order-row.ts';
import { unitsOf } from './unit-view.ts';

type Order = Output<typeof orders.operations.get>;
type Row = { id: string; stage: string; search_text: string; own_summary: string | null };

/**
 * Rows as a partner may know them: stage, summary and what they are found by follow from its own lines, their parcels
 * and the recipient, never from goods of others or from who ordered. `terms` must all hold in that too. Everybody
 * else's rows come back as they are.
 */
export async function asSeen<R extends Row>(ctx: QueryContext, rows: R[], terms: readonly string[] = []): Promise<R[]> {
  if (seesMoney(ctx.actor) || rows.length === 0) return rows;
  const ids = rows.map(({ id }) => id);
  const [facts, lines, parcels] = await Promise.all([factsOf(ctx, ids), linesOf(ctx, ids), parcelsOf(ctx, ids)]);
  const queries = terms.map(searchQuery).filter((query) => query !== null);
  return rows.map((row) => {
    const own = lines.filter(({ order_id }) => order_id === row.id);
    const held = ownParcels(
      parcels.filter(({ order_id }) => order_id === row.id),
      own,
    );
    const fact = facts.find(({ id }) => id === row.id);
    if (!fact) return { ...row, search_text: '' };
    const stage = ownStage(fact, own, held);
    const toDeliver = needsRecipient({ stage, lines: own, parcels: held });
    const { search_text } = searchDocument({
      names: [fact.receiver_name],
      phones: toDeliver ? [fact.receiver_phone, fact.receiver_phone2] : [],
      texts: own.flatMap(({ name, option_text }) => [name, option_text]),
      numbers: [fact.mall_order_no, ...held.map(({ tracking_no }) => tracking_no)],
    });
    const found = queries.every((query) => matches(search_text, query));
    return {
      ...row,
      stage,
      own_summary: summaryOf(own.map(({ name }) => name)),
      search_text: found ? search_text : '',
    };
  });
}

type Fact = { stage: string; paid_at: Date | null; confirmed_at: Date | null; unit_stages: unknown };
type Parcel = Parameters<typeof unitsOf>[2][number];

/** How far an order is as far as its own lines go. */
export function ownStage(
  fact: Fact,
  lines: readonly { id: string; qty: number }[],
  parcels: readonly Parcel[],
): Order['stage'] {
  const apart = (fact.unit_stages ?? {}) as Parameters<typeof unitsOf>[0]['apart'];
  const times = { stage: fact.stage, paidAt: fact.paid_at, confirmedAt: fact.confirmed_at, apart };
  const stages = unitsOf(times, lines, parcels).map(({ stage }) => stage);
  return stages.length > 0 ? (orderStage(stages) as Order['stage']) : (fact.stage as Order['stage']);
}

/** Parcels that hold some of these lines, with no other goods in them. */
export function ownParcels<P extends Pick<Parcel, 'units'>>(
  parcels: readonly P[],
  lines: readonly { id: string }[],
): P[] {
  const mine = new Set(lines.map(({ id }) => id));
  return parcels
    .map((parcel) => ({ ...parcel, units: parcel.units.filter(({ line }) => mine.has(line)) }))
    .filter(({ units }) => units.length > 0);
}

type Told = Pick<Order, 'orderer' | 'receiver' | 'customs' | 'rawStatus' | 'memo' | 'hold' | 'customer'>;

/**
 * What a partner is told of people: the recipient's name, and phone, address and delivery note as long as something
 * of its own is to be delivered. Who ordered, the desk's memo and the words of the whole order are not for it.
 */
export function toldToPartner(told: Told, delivery: Delivery): Told {
  const toDeliver = needsRecipient(delivery);
  const { name, phone, phone2, postcode, address, memo } = told.receiver;
  const place = toDeliver
    ? { phone, phone2, postcode, address, memo }
    : { phone: null, phone2: null, postcode: null, address: null, memo: null };
  return {
    orderer: null,
    customer: { id: null, name: null },
    receiver: { name, ...place, same: null },
    customs: toDeliver && told.customs ? { code: told.customs.code, duties: null, returnCost: null } : null,
    rawStatus: null,
    memo: null,
    hold: told.hold && { ...told.hold, reason: null },
  };
}

const factsOf = (ctx: QueryContext, ids: string[]) =>
  ctx.scoped
    .selectFrom('sales_order')
    .select(['id', 'mall_order_no', 'stage', 'paid_at', 'confirmed_at', 'unit_stages'])
    .select(['receiver_name', 'receiver_phone', 'receiver_phone2'])
    .where('id', 'in', ids)
    .execute();

const linesOf = (ctx: QueryContext, ids: string[]) =>
  ctx.scoped
    .selectFrom('order_line')
    .select(['order_id', 'id', 'name', 'option_text', 'qty'])
    .where('order_id', 'in', ids)
    .orderBy('position')
    .execute();

async function parcelsOf(ctx: QueryContext, ids: string[]) {
  const rows = await ctx.scoped
    .selectFrom('parcel')
    .select(['order_id', 'id', 'purpose', 'units', 'tracking_no', 'state'])
    .select(['prepared_at', 'waybill_at', 'shipped_at', 'delivered_at'])
    .where('order_id', 'in', ids)
    .execute();
  return rows.map(({ prepared_at, waybill_at, shipped_at, delivered_at, ...row }) => ({
    ...row,
    purpose: row.purpose as Parcel['purpose'],
    units: row.units as Parcel['units'],
    ...{ preparedAt: prepared_at, waybillAt: waybill_at, shippedAt: shipped_at, deliveredAt: delivered_at },
  }));
}
