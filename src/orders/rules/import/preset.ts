/**
 * Where a value stands: alternatives (the first that is filled wins), a sum of several, or several joined by a blank.
 * Headings are compared without blanks.
 */
type Parts = readonly (readonly string[])[];
export type Place =
  | readonly string[]
  | { sum: readonly (readonly string[])[] }
  | { join: readonly (readonly string[])[] };

export const ID_FIELDS = ['orderNo', 'lineId', 'group', 'sku', 'productNo', 'trackingNo', 'solutionNo'] as const;
export const TEXT_FIELDS = [
  ...['name', 'optionText', 'customerName', 'customerEmail', 'receiverName', 'address', 'memo', 'carrierWord'],
  ...['rawStatus', 'mallWord', 'orderKind', 'feeKind', 'remoteMark', 'shopNo'],
] as const;
export const WON_FIELDS = [
  ...['price', 'discount', 'sellerDiscount', 'lineTotal', 'gross', 'orderTotal', 'points', 'fee', 'remoteFee'],
] as const;
export const TIME_FIELDS = ['orderedAt', 'paidAt', 'shippedAt', 'deliveredAt', 'confirmedAt'] as const;
export const PHONE_FIELDS = ['customerPhone', 'receiverPhone', 'receiverPhone2'] as const;

/**
 * What a cell that is merged over several rows does not say of each of them: the name, quantity and amounts of a line.
 * Nobody can tell whether such an amount is of each row or of all together, so the rows below lack it.
 */
export const OWN_FIELDS: ReadonlySet<string> = new Set([
  ...['lineId', 'qty', 'price', 'discount', 'sellerDiscount', 'lineTotal', 'gross', 'points'],
]);

export type IdField = (typeof ID_FIELDS)[number];
export type TextField =
  | 'name'
  | 'optionText'
  | 'customerName'
  | 'customerEmail'
  | 'receiverName'
  | 'address'
  | 'memo'
  | 'carrierWord'
  | 'rawStatus'
  | 'mallWord'
  | 'orderKind'
  | 'feeKind'
  | 'remoteMark'
  | 'shopNo';
export type WonField =
  | 'price'
  | 'discount'
  | 'sellerDiscount'
  | 'lineTotal'
  | 'gross'
  | 'orderTotal'
  | 'points'
  | 'fee'
  | 'remoteFee';
export type TimeField = (typeof TIME_FIELDS)[number];
export type PhoneField = (typeof PHONE_FIELDS)[number];
export type Field = IdField | TextField | WonField | TimeField | PhoneField | 'qty' | 'postcode';

/** How the order file of a mall is read: a table, and the few choices in which malls differ. */
export type Preset = {
  id: string;
  title: { ko: string; en: string };
  /** The mall of its orders; null: told by `mallWord`, or asked. */
  mall: string | null;
  /** Sheets that are tried first, by name; else the first one. */
  sheets?: readonly string[];
  /** Headings that make it this preset: each entry needs one of its alternatives. `exact`: with their blanks. */
  signs: readonly (readonly string[])[];
  exact?: readonly string[];
  places: Partial<Record<Field, Place>>;
  /** Fields whose column must be there. */
  needs: readonly Field[];
  /** Fields that name a line; `place`: its place in the order, from 1. */
  line: readonly Field[] | 'place';
  /** Order's bundle: by the file's own key, or one for each order. */
  bundle?: 'order';
  /** The shipping fee of the file holds the remote fee already (Naver). */
  feeHoldsRemote?: boolean;
  /** Fees count only when a cell says so (Kakao). */
  feeNeedsMark?: boolean;
  /** The unit price is lineTotal / qty: the file tells no other. */
  priceFromTotal?: boolean;
  /** The discount is price × qty − lineTotal. */
  discountFromTotal?: boolean;
  /** Who bears discounts: the seller all of it, or the file splits it. */
  funder?: 'seller' | 'split';
  /** Sums that the file holds in full, so that they must add up. */
  checks?: readonly ('lineTotal' | 'gross' | 'orderTotal')[];
  /** The file is one tab of the mall's screen and names no state: asked. */
  asksState?: boolean;
  /** Rows that are no sales: exchange re-sends and pick-ups of a gathering solution. */
  skipKinds?: RegExp;
  /** Address parts run from small to large (Temu). */
  reverseAddress?: boolean;
};

/** Without blanks, NFC: how headings are compared. */
export const plainHeading = (heading: string): string => heading.normalize('NFC').replace(/\s+/g, '');

/** All headings that a place may be found under, in order. */
export function headingsOf(place: Place): readonly (readonly string[])[] {
  // An array has a method `join`: it is asked first.
  if (Array.isArray(place)) return [place];
  const { sum, join } = place as { sum?: Parts; join?: Parts };
  return sum ?? join ?? [];
}
