import type { Line } from './order.ts';
import type { OrderBook } from './order-book.ts';
import type { Stage } from './unit.ts';

/** What can be changed before dispatch (주문 변경). */
export const CHANGE_KINDS = ['RECIPIENT', 'NOTE', 'OPTION', 'QUANTITY', 'DATE', 'HOLD', 'RELEASE'] as const;
export const RECIPIENT_FIELDS = ['name', 'phone', 'phone2', 'postcode', 'address'] as const;
export type RecipientField = (typeof RECIPIENT_FIELDS)[number];

/** What somebody wants changed. Of a recipient, what is left out stays; `waiveRemoteFee`: the company bears it. */
export type Wish =
  | ({ kind: 'RECIPIENT'; waiveRemoteFee?: boolean | undefined } & { [F in RecipientField]?: string | undefined })
  | { kind: 'NOTE'; memo: string | null }
  | { kind: 'OPTION'; line: string; product: string }
  | { kind: 'QUANTITY'; line: string; qty: number }
  | { kind: 'DATE'; on: string | null }
  | { kind: 'HOLD'; reason: string }
  | { kind: 'RELEASE' };

/** Only what differs, before or after; of the kind's own fields. */
export type Told = Partial<
  Record<RecipientField | 'memo' | 'optionText' | 'sku' | 'product' | 'on' | 'held', string | null>
>;

/** Another option of a line's product, as the catalogue has it. */
export type Option = {
  product: string;
  sku: string;
  optionText: string | null;
  priceKrw: number;
  /** Pieces that are free; null when nobody counts them. */
  free: number | null;
};

/** Cut-offs (`14:00`) of our warehouse and of partners by id, options of the line, changes that wait for an answer. */
export type Ground = {
  book: OrderBook;
  cutoffs: { warehouse: string; partners: Readonly<Record<string, string>> };
  options: readonly Option[];
  waiting: readonly { kind: string; line: string | null }[];
  now: number;
};

export type Judged = {
  before: Told;
  after: Told;
  /** Whose yes it needs: partners by id, `warehouse`. */
  needs: string[];
  deadlineAt: number | null;
  /** Our warehouse or a partner has begun to pack. */
  late: boolean;
  /** Extra fee of a remote address that the company bears. */
  remoteFeeWaived: boolean;
};

/** Pieces that a change is about. */
export type Goods = {
  lines: readonly Line[];
  /** Those that are still here, with their line and stage. */
  waiting: { line: Line; stage: Stage }[];
  /** All that are not out of the order, and those of them that have left. */
  inside: number;
  left: number;
};
export type Difference = Pick<Judged, 'before' | 'after' | 'remoteFeeWaived'>;

const DEFAULT_CUTOFF = '14:00';

/** Who packs a line: its partner when it is consigned, else null for our warehouse. */
export const packerOf = (line: Line): string | null => (line.inventoryType === 'CONSIGN' ? line.partner : null);

/** The cut-off of whoever packs a line. */
export const cutoffOf = ({ cutoffs }: Pick<Ground, 'cutoffs'>, packer: string | null): string =>
  packer ? (cutoffs.partners[packer] ?? DEFAULT_CUTOFF) : cutoffs.warehouse;
