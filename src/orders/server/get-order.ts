import { handle } from '#platform/context.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { orders } from '../contract.ts';
import { brokenBy } from '../rules/held.ts';
import { orderRow, seesMoney, summaryOf } from './order-row.ts';
import { sharesOf } from './order-shares.ts';
import { loadBenefits, loadGroups, loadLines, loadOrder, loadParcels, loadTenders } from './order-store.ts';
import { ownParcels, ownStage, toldToPartner } from './partner-view.ts';
import { unitsOf } from './unit-view.ts';

type Order = Output<typeof orders.operations.get>;
type Row = NonNullable<Awaited<ReturnType<typeof loadOrder>>>;

/** One order with everything in it. A partner gets its own lines, the parcels that hold them, and no payment. */
export const getOrder = handle(orders.operations.get, async (ctx, key) => {
  const row = await loadOrder(ctx.scoped, key);
  if (!row) return notFound();
  const money = seesMoney(ctx.actor);
  const [lines, groups, benefits, tenders, allParcels] = await Promise.all([
    loadLines(ctx.scoped, row.id, row.mall),
    loadGroups(ctx.scoped, row.id),
    money ? loadBenefits(ctx.scoped, row.id) : [],
    money ? loadTenders(ctx.scoped, row.id) : [],
    loadParcels(ctx.scoped, row.id),
  ]);
  const parcels = ownParcels(allParcels, lines);
  const stage = money ? row.stage : ownStage(row, lines, parcels);
  const apart = (row.unit_stages ?? {}) as Parameters<typeof unitsOf>[0]['apart'];
  const times = { stage: row.stage, paidAt: row.paid_at, confirmedAt: row.confirmed_at, apart };
  const allocation = money ? sharesOf(row.allocation, { lines, groups, benefits, tenders }) : null;
  const told = toldOf(row, brokenIn(row, parcels));
  return {
    ...orderRow({ ...row, stage, own_summary: summaryOf(lines.map(({ name }) => name)) }, money),
    authority: row.authority as 'SELF' | 'MALL',
    paidAt: row.paid_at,
    confirmedAt: row.confirmed_at,
    giftOrder: row.gift_order,
    subscription: row.subscription as Order['subscription'],
    desiredOn: row.desired_on,
    ...(money ? told : toldToPartner(told, { stage, lines, parcels })),
    groups: money ? groups : [],
    lines,
    units: unitsOf(times, lines, parcels).map((unit, i) => ({ ...unit, net: allocation?.units[i]?.net ?? null })),
    allocation,
    benefits,
    tenders,
    parcels,
    claims: [],
    version: row.version,
  };
});

/** What the order tells besides its goods and money: who ordered, who gets it, how. */
const toldOf = (row: Row, broken: string[]) => ({
  customer: { id: row.customer_id, name: row.orderer_name },
  orderer: { name: row.orderer_name, phone: row.orderer_phone, email: row.orderer_email },
  receiver: {
    name: row.receiver_name,
    phone: row.receiver_phone,
    phone2: row.receiver_phone2,
    postcode: row.receiver_postcode,
    address: row.receiver_address,
    memo: row.receiver_memo,
    same: row.receiver_name === row.orderer_name && row.receiver_phone === row.orderer_phone,
  },
  customs: row.customs as Order['customs'],
  rawStatus: row.raw_status,
  memo: row.note,
  hold: row.hold_reason !== null && row.held_at ? { reason: row.hold_reason, at: row.held_at, broken } : null,
});

const brokenIn = (row: Row, parcels: Parameters<typeof brokenBy>[1]): string[] =>
  row.held_at ? brokenBy({ at: row.held_at }, parcels) : [];
