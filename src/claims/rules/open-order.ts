import type { FrozenOrder } from '#orders/rules/read-order.ts';
import { isShipped, isTerminalStage, type Place, type Stage, unitKey } from '#orders/rules/unit.ts';
import { cashReceipt } from './cash-receipt.ts';
import { post } from './evolve.ts';
import type { ParcelState, TenderState } from './order-parts.ts';
import type { Entry, State, Unit } from './state.ts';

/** The state of an order that has just come in, before any command. */
export function openOrder({ order, allocation }: FrozenOrder, stock: Record<string, number> | null = null): State {
  const paid = order.paidAt !== null;
  const units = openUnits(order, allocation);
  const entries: Entry[] = paid
    ? captureEntries(
        order.tenders.map((t) => [t.id, t.amount]),
        units,
        allocation,
      )
    : [];
  const total = order.tenders.reduce((sum, tender) => sum + tender.amount, 0);
  const tenders = order.tenders.map((tender) => openTender(tender, paid));
  return {
    ...emptyBooks(),
    order,
    allocation,
    now: order.orderedAt,
    paidAt: order.paidAt,
    units,
    parcels: order.parcels.map(openParcel),
    tenders,
    benefits: order.benefits,
    charged: Object.fromEntries(allocation.shipping.map((item) => [item.group, item.amount])),
    taken: allocation.shipping.flatMap((item) =>
      Object.entries(item.tenders).map(([tender, won]) => ({ account: `shipping/${item.group}`, tender, won })),
    ),
    ledger: post({}, entries),
    free: stock,
    vat: paid ? vatAtCapture(total, units) : 0,
    cashReceipt: cashReceipt({ tenders }),
  };
}

function openTender(tender: FrozenOrder['order']['tenders'][number], paid: boolean): TenderState {
  return { ...tender, role: 'ORDER', captured: paid ? tender.amount : 0, refunded: 0, replacedBy: null };
}

function emptyBooks() {
  return {
    version: 0,
    claims: [],
    receivables: [],
    compensations: [],
    reclaimed: 0,
    stock: {},
    vatReversed: 0,
    coupons: [],
    points: 0,
    usableUntil: {},
    notice: null,
    tasks: [],
    counters: { claim: 0, redelivery: 0, sendBack: 0, booking: 0 },
    orders: [],
    keys: {},
  } satisfies Partial<State>;
}

/** Entries of a capture: tenders against goods and shipping of the units that are not out. */
export function captureEntries(
  tenders: [string, number][],
  units: readonly Unit[],
  { shipping }: FrozenOrder['allocation'],
): Entry[] {
  const goods = units.reduce((sum, unit) => sum + unit.net, 0);
  const entries: Entry[] = tenders.map(([id, won]): Entry => [`captured/${id}`, 'order', won]);
  entries.push(['order', 'goods', goods]);
  for (const item of shipping) if (item.amount > 0) entries.push(['order', `shipping/${item.group}`, item.amount]);
  return entries;
}

function vatAtCapture(total: number, units: readonly Unit[]): number {
  const exempt = units.reduce((sum, unit) => sum + (unit.info.taxed ? 0 : unit.net), 0);
  return Math.floor((total - exempt) / 11);
}

function openUnits(order: FrozenOrder['order'], allocation: FrozenOrder['allocation']): Unit[] {
  const parcelOf = new Map<string, FrozenOrder['order']['parcels'][number]>();
  for (const parcel of order.parcels) for (const ref of parcel.units) parcelOf.set(unitKey(ref), parcel);
  const units: Unit[] = [];
  for (const line of order.lines)
    for (let unitNo = 1; unitNo <= line.qty; unitNo++) {
      const root = units.length;
      const parcel = parcelOf.get(`${line.id}.${unitNo}`);
      const stage = order.stages[root]!;
      const { price, net, benefits, tenders } = allocation.units[root]!;
      units.push({
        key: `${line.id}.${unitNo}`,
        info: {
          line: line.id,
          unitNo,
          child: 0,
          root,
          group: line.group,
          sku: line.sku,
          taxed: line.taxKind === 'TAXABLE',
          exceptionProven: line.returnability !== 'NORMAL' && line.noticeProof,
          partner: line.partner,
          consigned: line.inventoryType === 'CONSIGN',
        },
        stage,
        place: placeOf(stage),
        hold: null,
        price,
        net,
        benefits,
        tenders,
        reduced: {},
        parcel: parcel?.id ?? null,
        shipped: isShipped(stage),
        deliveredAt: stage === 'DELIVERED' || stage === 'CONFIRMED' ? (parcel?.deliveredAt ?? null) : null,
        holder: true,
        out: null,
        withdrawals: 0,
      });
    }
  return units;
}

function placeOf(stage: Stage): Place {
  if (stage === 'SHIPPED') return 'OUTBOUND';
  return isShipped(stage) && !isTerminalStage(stage) ? 'CUSTOMER' : 'WAREHOUSE';
}

function openParcel(parcel: FrozenOrder['order']['parcels'][number]): ParcelState {
  const packed = parcel.preparedAt !== null || parcel.waybillAt !== null;
  const state =
    parcel.deliveredAt !== null ? 'DELIVERED' : parcel.shippedAt !== null ? 'SHIPPED' : packed ? 'PACKED' : 'PLANNED';
  return {
    id: parcel.id,
    units: parcel.units.map(unitKey),
    purpose: 'ORDER',
    claim: null,
    state,
    carrier: parcel.carrier,
    trackingNo: parcel.trackingNo,
    waybillAt: parcel.waybillAt,
    shippedAt: parcel.shippedAt,
    deliveredAt: parcel.deliveredAt,
  };
}
