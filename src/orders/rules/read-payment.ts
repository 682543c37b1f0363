import { Fields } from '#policies/rules/fields.ts';
import { BENEFIT_KINDS, type Benefit, type Order, TENDER_KINDS, type Tender } from './order.ts';
import { readUnitRefs } from './unit-refs.ts';

const BENEFIT_NAMES = new Set(
  'id kind name amount lines units tender minPurchase funder couponId restoreRule expiresAt'.split(' '),
);
const TENDER_NAMES = new Set(
  `id kind name amount partialCancel expiresAt refundLimitAt taxFree escrow instalments pgKey cashReceiptId
  refundAccount`.split(/\s+/),
);

/** A discount; `lines` or `units` says what it applies to, absent: the whole order. */
export function readBenefit(at: Fields, value: unknown, index: number, order: Order): Benefit {
  const benefit = new Fields(value, `order.benefits.${index}`, 'M2');
  benefit.only(BENEFIT_NAMES);
  const read: Benefit = {
    id: benefit.text('id'),
    kind: benefit.choice('kind', BENEFIT_KINDS),
    amount: benefit.won('amount'),
    units: eligible(benefit, order),
    tender: benefit.text('tender', null),
    minPurchase: benefit.won('minPurchase', 0),
    funder: readFunder(benefit),
    restoreRule: benefit.text('restoreRule', null),
    name: benefit.text('name', null),
    couponId: benefit.text('couponId', null),
    expiresAt: benefit.instant('expiresAt', null),
  };
  at.part(benefit);
  return read;
}

function eligible(benefit: Fields, order: Order): number[] {
  const refs = benefit.has('units') ? readUnitRefs(benefit, 'units') : null;
  const lines = benefit.has('lines') ? benefit.list('lines') : null;
  const known = new Set(order.lines.map((line) => line.id));
  if (lines?.some((id) => !known.has(id as string))) benefit.fail('bad_input', 'lines');
  const wanted = refs && new Set(refs.map((ref) => `${ref.line}.${ref.unitNo}`));
  const found: number[] = [];
  let index = 0;
  for (const line of order.lines)
    for (let unitNo = 1; unitNo <= line.qty; unitNo++, index++)
      if (wanted ? wanted.has(`${line.id}.${unitNo}`) : !lines || lines.includes(line.id)) found.push(index);
  if (found.length === 0 || (wanted && found.length !== wanted.size)) benefit.fail('unit_unknown', 'units');
  return found;
}

function readFunder(benefit: Fields): Record<string, number> {
  const value = benefit.raw('funder');
  if (value === undefined || value === null) return {};
  const shares = new Fields(value, 'order.benefits.funder', 'M15');
  const read: Record<string, number> = {};
  for (const name of ['seller', 'platform', 'card', 'carrier', 'partner'])
    if (shares.has(name)) read[name] = shares.won(name);
  shares.only(new Set(['seller', 'platform', 'card', 'carrier', 'partner']));
  benefit.part(shares);
  return read;
}

/** A means of payment. Mobile billing (휴대폰 결제) refuses partial cancels unless the order says otherwise. */
export function readTender(at: Fields, value: unknown, index: number): Tender {
  const tender = new Fields(value, `order.tenders.${index}`, 'M3');
  tender.only(TENDER_NAMES);
  const kind = tender.choice('kind', TENDER_KINDS);
  const read: Tender = {
    id: tender.text('id'),
    kind,
    amount: tender.won('amount'),
    partialCancel: tender.choice('partialCancel', ['YES', 'FULL_ONLY', 'NO'], kind === 'MOBILE' ? 'FULL_ONLY' : 'YES'),
    refundLimitAt: tender.instant('refundLimitAt', null),
    name: tender.text('name', null),
    expiresAt: tender.instant('expiresAt', null),
    taxFree: tender.won('taxFree', 0),
    escrow: tender.raw('escrow') === true,
    instalments: tender.has('instalments') ? tender.number('instalments', 0, 120, 0) || null : null,
    cashReceiptId: tender.text('cashReceiptId', null),
    pgKey: tender.text('pgKey', null),
  };
  at.part(tender);
  return read;
}
