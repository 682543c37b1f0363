import type { Benefit, BenefitKind, Order, TenderKind } from './order.ts';
import { type OrderBook, orderStage, shippingState, unitStages } from './order-book.ts';
import { packShares } from './packed-shares.ts';

type Row = Record<string, unknown>;
/** Rows of the tables of one order; times as ISO 8601, as JSON has them. Search columns are the store's. */
export type OrderRows = {
  sales_order: Row;
  shipping_group: Row[];
  order_line: Row[];
  order_benefit: Row[];
  order_tender: Row[];
  parcel: Row[];
};

const iso = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : new Date(ms).toISOString();

const TENDER_WORDS: Record<TenderKind, string> = {
  POINT: '적립금',
  DEPOSIT: '예치금',
  GIFTCARD: '상품권',
  VBANK: '가상계좌',
  TRANSFER: '계좌이체',
  CASH: '현금',
  MOBILE: '휴대폰 결제',
  EASYPAY: '간편결제',
  CARD: '신용카드',
  MALL: '몰 결제',
};
const BENEFIT_WORDS: Record<BenefitKind, string> = {
  PRODUCT: '상품 할인',
  BUNDLE: '묶음 할인',
  PRODUCT_COUPON: '상품 쿠폰',
  ORDER_COUPON: '주문 쿠폰',
  TENDER_INSTANT: '카드 즉시할인',
  SHIP_COUPON: '배송비 쿠폰',
  FORCED: '강제할인',
  TENDER_BILLED: '청구할인',
};

/** What the tables hold of an order: a pure function of its events. */
export function project(id: string, book: OrderBook): OrderRows {
  const { order } = book;
  return {
    sales_order: headRow(id, book),
    shipping_group: order.groups.map((group, position) => ({
      order_id: id,
      id: group.id,
      fee_kind: group.feeKind,
      base_fee_krw: group.baseFee,
      free_threshold_krw: group.freeThreshold,
      paid_krw: group.paid,
      remote_paid_krw: group.remotePaid,
      return_fee_krw: group.returnFee,
      remote_return_krw: group.remoteReturn,
      exchange_fee_krw: group.exchangeFee,
      position,
      per_count: group.n,
      fee_by: group.by,
      steps: group.steps.length > 0 ? group.steps : null,
      removal_fee_krw: group.removalFee,
      install_fee_krw: group.installFee,
      origin: group.origin,
      return_address: group.returnAddress,
    })),
    order_line: lineRows(id, order),
    order_benefit: order.benefits.map((benefit, position) => benefitRow(id, order, benefit, position)),
    order_tender: order.tenders.map((tender, position) => ({
      order_id: id,
      id: tender.id,
      kind: tender.kind,
      name: tender.name ?? TENDER_WORDS[tender.kind],
      amount_krw: tender.amount,
      partial_cancel: tender.partialCancel,
      instalments: tender.instalments ?? null,
      position,
      refund_limit_at: iso(tender.refundLimitAt),
      expires_at: iso(tender.expiresAt),
      tax_free_krw: tender.taxFree ?? 0,
      escrow: tender.escrow ?? false,
      cash_receipt_id: tender.cashReceiptId ?? null,
      pg_key: tender.pgKey ?? null,
    })),
    parcel: parcelRows(id, order),
  };
}

function headRow(id: string, book: OrderBook): Row {
  const { order } = book;
  const orderer = order.orderer ?? { name: '', phone: null, email: null };
  const receiver = order.receiver ?? { ...orderer, phone2: null, postcode: null, address: null, memo: null };
  return {
    id,
    mall: order.mall,
    mall_order_no: order.mallOrderNo,
    authority: order.authority,
    customer_id: book.customerId,
    ordered_at: iso(order.orderedAt),
    paid_at: iso(order.paidAt),
    contract_doc_at: iso(order.contractDocAt),
    confirmed_at: iso(order.confirmedAt),
    orderer_name: orderer.name,
    orderer_phone: orderer.phone,
    orderer_email: orderer.email,
    receiver_name: receiver.name || orderer.name,
    receiver_phone: receiver.phone,
    receiver_phone2: receiver.phone2,
    receiver_postcode: receiver.postcode,
    receiver_address: receiver.address,
    receiver_memo: receiver.memo,
    gift_order: order.giftOrder,
    total_krw: order.tenders.reduce((sum, tender) => sum + tender.amount, 0),
    summary: summaryOf(order),
    stage: orderStage(unitStages(book)),
    partner_ids: [...new Set(order.lines.flatMap((line) => line.partner ?? []))],
    version: book.version,
    created_at: iso(book.createdAt),
    updated_at: iso(book.updatedAt),
    has_events: true,
    allocation: packShares(order, book.allocation),
    unit_stages: Object.keys(book.apart).length > 0 ? book.apart : null,
    raw_status: order.rawStatus,
    note: order.memo,
    subscription: order.subscription,
    customs: order.customs,
    shipless_of: order.shiplessOf,
    policy_version: book.policyVersion,
    ...changedRow(book),
  };
}

const changedRow = ({ desiredOn, hold }: OrderBook): Row => ({
  desired_on: desiredOn,
  hold_reason: hold?.reason ?? null,
  held_at: iso(hold?.at),
});

/** `램스울 라운드 니트 외 2건`. */
export function summaryOf({ lines }: Pick<Order, 'lines'>): string {
  const name = lines[0]?.name ?? '';
  return lines.length > 1 ? `${name} 외 ${lines.length - 1}건` : name;
}

const lineRows = (id: string, order: Order): Row[] =>
  order.lines.map((line, position) => ({
    order_id: id,
    id: line.id,
    group_id: line.group,
    product_id: line.product,
    sku: line.sku,
    name: line.name,
    option_text: line.optionText,
    list_price_krw: line.listPrice,
    qty: line.qty,
    tax_kind: line.taxKind,
    inventory_type: line.inventoryType,
    partner_id: line.partner,
    returnability: line.returnability,
    supply_cost_krw: line.supplyCost,
    raw_status: line.rawStatus,
    gift_of: line.giftOf,
    position,
    product_no: line.productNo,
    bundle_id: line.bundleId,
    notice_proof: line.noticeProofId ?? (line.noticeProof ? '' : null),
  }));

function benefitRow(id: string, order: Order, benefit: Benefit, position: number): Row {
  const { lines, whole } = coverage(order, benefit.units);
  return {
    order_id: id,
    id: benefit.id,
    kind: benefit.kind,
    name: benefit.name ?? BENEFIT_WORDS[benefit.kind],
    amount_krw: benefit.amount,
    line_ids: lines.map((line) => line.line),
    tender_id: benefit.tender,
    min_purchase_krw: benefit.minPurchase,
    funder: benefit.funder,
    expires_at: iso(benefit.expiresAt),
    position,
    units: whole ? null : lines,
    restore_rule: benefit.restoreRule,
    coupon_id: benefit.couponId ?? null,
  };
}

/** Pieces by index as `[{line, unitNos}]`, and whether they are whole lines. */
function coverage(order: Order, indexes: readonly number[]) {
  const wanted = new Set(indexes);
  const lines: { line: string; unitNos: number[] }[] = [];
  let whole = true;
  let index = 0;
  for (const line of order.lines) {
    const unitNos: number[] = [];
    for (let unitNo = 1; unitNo <= line.qty; unitNo++) if (wanted.has(index++)) unitNos.push(unitNo);
    if (unitNos.length > 0) lines.push({ line: line.id, unitNos });
    if (unitNos.length > 0 && unitNos.length < line.qty) whole = false;
  }
  return { lines, whole };
}

const parcelRows = (id: string, order: Order): Row[] =>
  order.parcels.map((parcel, position) => {
    const units: { line: string; unitNos: number[] }[] = [];
    for (const { line, unitNo } of parcel.units) {
      const last = units.find((row) => row.line === line);
      if (last) last.unitNos.push(unitNo);
      else units.push({ line, unitNos: [unitNo] });
    }
    return {
      order_id: id,
      id: parcel.id,
      group_id: parcel.group ?? order.lines.find((line) => line.id === units[0]?.line)?.group ?? '',
      purpose: 'ORDER',
      units,
      carrier: parcel.carrier,
      tracking_no: parcel.trackingNo,
      state: shippingState(parcel),
      prepared_at: iso(parcel.preparedAt),
      waybill_at: iso(parcel.waybillAt),
      shipped_at: iso(parcel.shippedAt),
      delivered_at: iso(parcel.deliveredAt),
      position,
    };
  });
