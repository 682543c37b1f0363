import type { Output } from '#platform/operation.ts';
import type { ScopedDb } from '#platform/scope.ts';
import type { orders } from '../contract.ts';
import { mallWord } from '../rules/mall-status.ts';

type Order = Output<typeof orders.operations.get>;
type Key = { id?: string | undefined; mall?: string | undefined; mallOrderNo?: string | undefined };

export function loadOrder(scoped: ScopedDb, { id, mall, mallOrderNo }: Key) {
  let rows = scoped.selectFrom('sales_order').selectAll('sales_order');
  if (id) rows = rows.where('sales_order.id', '=', id);
  if (mall) rows = rows.where('sales_order.mall', '=', mall);
  if (mallOrderNo) rows = rows.where('sales_order.mall_order_no', '=', mallOrderNo);
  return rows.executeTakeFirst();
}

export async function loadLines(scoped: ScopedDb, orderId: string, mall: string): Promise<Order['lines']> {
  const rows = await scoped
    .selectFrom('order_line')
    .leftJoin('partner', 'partner.id', 'order_line.partner_id')
    .selectAll('order_line')
    .select('partner.name as partner_name')
    .where('order_line.order_id', '=', orderId)
    .orderBy('order_line.position')
    .orderBy('order_line.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    group: row.group_id,
    product: row.product_id,
    sku: row.sku,
    name: row.name,
    optionText: row.option_text,
    listPrice: row.list_price_krw,
    qty: row.qty,
    taxKind: row.tax_kind,
    inventoryType: row.inventory_type as Order['lines'][number]['inventoryType'],
    partner: row.partner_id ? { id: row.partner_id, name: row.partner_name ?? '' } : null,
    returnability: row.returnability,
    rawStatus: row.raw_status,
    rawStage: stageSaid(mall, row.raw_status),
    noticeProof: row.notice_proof !== null,
    productNo: row.product_no,
    bundleId: row.bundle_id,
    giftOf: row.gift_of,
  }));
}

/** The stage that the mall's word says; null when it says none that we know. */
function stageSaid(mall: string, raw: string | null): Order['lines'][number]['rawStage'] {
  const word = raw === null ? null : mallWord(mall, raw);
  return word?.of === 'line' ? word.stage : null;
}

export async function loadGroups(scoped: ScopedDb, orderId: string): Promise<Order['groups']> {
  const rows = await scoped
    .selectFrom('shipping_group')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    feeKind: row.fee_kind as Order['groups'][number]['feeKind'],
    baseFee: row.base_fee_krw,
    freeThreshold: row.free_threshold_krw,
    paid: row.paid_krw,
    remotePaid: row.remote_paid_krw,
    returnFee: row.return_fee_krw,
    remoteReturn: row.remote_return_krw,
    exchangeFee: row.exchange_fee_krw,
    n: row.per_count,
    by: row.fee_by as Order['groups'][number]['by'],
    steps: (row.steps ?? []) as Order['groups'][number]['steps'],
    removalFee: row.removal_fee_krw,
    installFee: row.install_fee_krw,
  }));
}

export async function loadBenefits(scoped: ScopedDb, orderId: string): Promise<Order['benefits']> {
  const rows = await scoped
    .selectFrom('order_benefit')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as Order['benefits'][number]['kind'],
    name: row.name,
    amount: row.amount_krw,
    lines: row.line_ids,
    tender: row.tender_id,
    minPurchase: row.min_purchase_krw,
    funder: row.funder as Record<string, number>,
    units: row.units as Order['benefits'][number]['units'],
    restoreRule: row.restore_rule,
    expiresAt: row.expires_at,
  }));
}

export async function loadTenders(scoped: ScopedDb, orderId: string): Promise<Order['tenders']> {
  const rows = await scoped
    .selectFrom('order_tender')
    .selectAll()
    .where('order_id', '=', orderId)
    .orderBy('position')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as Order['tenders'][number]['kind'],
    name: row.name,
    amount: row.amount_krw,
    partialCancel: row.partial_cancel as Order['tenders'][number]['partialCancel'],
    instalments: row.instalments,
    taxFree: row.tax_free_krw,
    escrow: row.escrow,
    cashReceiptId: row.cash_receipt_id,
    expiresAt: row.expires_at,
    refundLimitAt: row.refund_limit_at,
  }));
}

export async function loadParcels(scoped: ScopedDb, orderId: string): Promise<Order['parcels']> {
  const [parcels, steps] = await Promise.all([
    scoped.selectFrom('parcel').selectAll().where('order_id', '=', orderId).orderBy('position').orderBy('id').execute(),
    scoped
      .selectFrom('tracking_step')
      .selectAll()
      .where('order_id', '=', orderId)
      .orderBy('at')
      .orderBy('seq')
      .execute(),
  ]);
  return parcels.map((row) => ({
    id: row.id,
    group: row.group_id,
    purpose: row.purpose as Order['parcels'][number]['purpose'],
    units: row.units as Order['parcels'][number]['units'],
    carrier: row.carrier,
    trackingNo: row.tracking_no,
    state: row.state as Order['parcels'][number]['state'],
    preparedAt: row.prepared_at,
    waybillAt: row.waybill_at,
    shippedAt: row.shipped_at,
    deliveredAt: row.delivered_at,
    steps: steps
      .filter((step) => step.parcel_id === row.id)
      .map(({ at, kind, place, note }) => ({
        at,
        kind: kind as Order['parcels'][number]['steps'][number]['kind'],
        place,
        note,
      })),
  }));
}
