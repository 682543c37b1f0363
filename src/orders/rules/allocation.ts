import { largestRemainder } from './largest-remainder.ts';
import { type Benefit, type BenefitKind, type Order, TENDER_KINDS, type Tender, type Won } from './order.ts';

/** What each unit and each shipping item cost, and which tender paid it. Frozen when the order is paid. */
export type Allocation = {
  units: { price: Won; discounted: Won; net: Won; benefits: Record<string, Won>; tenders: Record<string, Won> }[];
  shipping: { group: string; amount: Won; tenders: Record<string, Won> }[];
};

const BENEFIT_ORDER: BenefitKind[] = [
  'PRODUCT',
  'BUNDLE',
  'PRODUCT_COUPON',
  'ORDER_COUPON',
  'TENDER_INSTANT',
  'FORCED',
];

/** Whether a benefit lowers what was captured: not a shipping coupon, nor what the card firm takes off its bill. */
export function isPriced(benefit: Benefit): boolean {
  return BENEFIT_ORDER.includes(benefit.kind);
}

/** The tenders in capture order (M3); those of a kind stay in the order given. */
export function inCaptureOrder<T extends Pick<Tender, 'kind'>>(tenders: readonly T[]): T[] {
  const rank = (tender: T) => {
    const index = TENDER_KINDS.indexOf(tender.kind);
    return tender.kind === 'TRANSFER' || tender.kind === 'CASH' ? TENDER_KINDS.indexOf('VBANK') : index;
  };
  return [...tenders].sort((a, b) => rank(a) - rank(b));
}

/**
 * M2 and M3: freezes the order's money. Benefits lower prices one after another, each by largest remainder
 * over the current prices of its units; then each tender is spread over what remains of every item.
 * Rows and columns add up exactly. The sums were checked when the order was read.
 */
export function allocate(order: Order): Allocation {
  const units = order.lines.flatMap((line) =>
    Array.from({ length: line.qty }, () => ({
      price: line.listPrice,
      discounted: line.listPrice,
      net: line.listPrice,
      benefits: {} as Record<string, Won>,
      tenders: {} as Record<string, Won>,
    })),
  );
  for (const kind of BENEFIT_ORDER)
    for (const benefit of order.benefits) if (benefit.kind === kind) take(units, benefit);
  const shipping = order.groups.map((group) => ({
    group: group.id,
    amount: group.paid + group.remotePaid,
    tenders: {} as Record<string, Won>,
  }));
  spread(order.tenders, [...units.map((unit) => ({ amount: unit.net, tenders: unit.tenders })), ...shipping]);
  return { units, shipping };
}

function take(units: Allocation['units'], benefit: Benefit): void {
  const eligible = benefit.units.map((index) => units[index]!);
  const shares = largestRemainder(
    benefit.amount,
    eligible.map((unit) => unit.net),
  );
  eligible.forEach((unit, index) => {
    const share = shares[index]!;
    if (share === 0) return;
    unit.net -= share;
    unit.benefits[benefit.id] = share;
    if (benefit.kind === 'PRODUCT') unit.discounted -= share;
  });
}

function spread(tenders: readonly Tender[], items: { amount: Won; tenders: Record<string, Won> }[]): void {
  const remaining = items.map((item) => item.amount);
  const ordered = inCaptureOrder(tenders);
  ordered.forEach((tender, position) => {
    const last = position === ordered.length - 1;
    const parts = last ? remaining.slice() : largestRemainder(tender.amount, remaining);
    items.forEach((item, index) => {
      const part = parts[index]!;
      if (part > 0) item.tenders[tender.id] = part;
      remaining[index] = remaining[index]! - part;
    });
  });
}
