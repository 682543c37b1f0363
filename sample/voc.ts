import { readFileSync } from 'node:fs';
import { entries } from '#platform/values.ts';
import type { Rng } from './random.ts';
import { weighted } from './random.ts';

export type VocLeaf = {
  code: string;
  l1: string;
  l2: string;
  l3: string;
  department: string;
  attribute: string;
  simple: boolean;
  priority: string;
};
export const CODE_COLUMNS = [
  'code',
  'parent',
  'level',
  'name_ko',
  'name_en',
  'department',
  'attribute',
  'simple',
  'priority',
  'definition',
  'sort_no',
  'created_at',
];
export const RECORD_COLUMNS = [
  'id',
  'ticket_id',
  'call_id',
  'mall',
  'centre',
  'channel',
  'customer_id',
  'order_id',
  'product_id',
  'partner_id',
  'code',
  'attribute',
  'department',
  'result',
  'urgent',
  'repeat',
  'memo',
  'recorded_by',
  'recorded_at',
];

const ROWS = readFileSync(new URL('./voc_ko/tree.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'));

export const LEAVES: readonly VocLeaf[] = ROWS.map(
  ([code = '', l1 = '', l2 = '', l3 = '', , , , department = '', attribute = '', simple, priority = '']) => ({
    code,
    l1,
    l2,
    l3,
    department,
    attribute,
    simple: simple === 'Y',
    priority,
  }),
);
export const leafOf = new Map(LEAVES.map((leaf) => [leaf.code, leaf]));

/** Rows of the tree, parents first. */
export function codeRows(createdAt: Date): unknown[][] {
  const rows: unknown[][] = [];
  const seen = new Set<string>();
  for (const [code = '', l1, l2, l3, l1En, l2En, l3En, department, attribute, simple, priority, definition] of ROWS) {
    const [a = '', b = ''] = code.split('-');
    const add = (
      id: string,
      parent: string | null,
      level: number,
      ko: unknown,
      en: unknown,
      more: unknown[] = [null, null, false, null, null],
    ) => {
      if (seen.has(id)) return;
      seen.add(id);
      rows.push([id, parent, level, ko, en, ...more, rows.length + 1, createdAt]);
    };
    add(a, null, 1, l1, l1En);
    add(`${a}-${b}`, a, 2, l2, l2En);
    add(code, `${a}-${b}`, 3, l3, l3En, [department, attribute, simple === 'Y', priority, definition]);
  }
  return rows;
}

/** How often each reason comes, as the weekly figures of the design have it: none above three in a hundred. */
const OFTEN: Record<string, number> = {
  'DLV-LATE-DISPATCH': 3.1,
  'DLV-INFO-TRACK': 2.9,
  'DLV-INFO-ETA': 2.8,
  'RTN-GUIDE-TERMS': 2.7,
  'EXC-REQUEST-OPTION': 2.4,
  'RFD-TIMING-WHEN': 2.3,
  'RTN-REQUEST-MIND': 2.5,
  'CAN-REQ-MIND': 2.2,
  'STK-AVAIL-RESTOCK': 1.9,
  'ORD-MOD-ADDR': 1.7,
  'PIQ-INFO-SIZE': 1.9,
  'PIQ-INFO-SPEC': 1.6,
  'PRC-COUPON-NOAPPLY': 1,
  'PRC-PROMO-GIFT': 1.2,
  'DLV-LATE-TRANSIT': 1.6,
  'DLV-ERR-NOTRECEIVED': 1.1,
  'DLV-ERR-WRONGITEM': 1.1,
  'DLV-ERR-DAMAGE': 1,
  'PRD-DEFECT-SURFACE': 0.9,
  'RTN-REQUEST-DEFECT': 1.2,
  'PKP-VISIT-NOSHOW': 1.3,
  'ORD-MOD-OPTION': 1.3,
  'STK-SOLDOUT-AFTERORD': 1.1,
};
const SELDOM: readonly (readonly [RegExp, number])[] = [
  [/^CRI/, 0.07],
  [/^BIZ/, 0.16],
  [/^ETC-MISC/, 0.12],
  [/^ETC/, 0.3],
  [/^SVC/, 0.4],
  [/^EVT/, 0.45],
  [/^ASR/, 0.5],
  [/^SIT/, 0.5],
  [/-ETC$/, 0.4],
  [/./, 0.75],
];
export const drawCode = weighted(
  LEAVES.map((leaf) => [leaf, OFTEN[leaf.code] ?? SELDOM.find(([like]) => like.test(leaf.code))?.[1] ?? 0.5] as const),
);

type Result = 'guided' | 'filed' | 'cancelled' | 'returned' | 'exchanged' | 'refunded' | 'compensated' | 'transferred';
const RESULTS: readonly (readonly [RegExp, Partial<Record<Result, number>>])[] = [
  [/^CAN-REQ-(MIND|PARTIAL)/, { cancelled: 8, guided: 2 }],
  [/^RTN-REQUEST/, { returned: 9, guided: 1 }],
  [/^EXC-REQUEST/, { exchanged: 9, guided: 1 }],
  [/^RFD/, { guided: 6, refunded: 3, filed: 1 }],
  [/^DLV-ERR-(NOTRECEIVED|MISSING)/, { filed: 5, refunded: 2, compensated: 1, guided: 2 }],
  [/^(PRD-(DEFECT|FUNC|SAFETY)|DLV-ERR)/, { returned: 3.4, exchanged: 2, filed: 2.4, compensated: 1.2, guided: 1 }],
  [/^(DLV-LATE|STK-SOLDOUT-AFTERORD|PKP-VISIT-NOSHOW)/, { guided: 6, filed: 3, compensated: 1 }],
  [/^(SIT|PAY-PROC|PRC-COUPON|ASR|CRI|BIZ)/, { transferred: 4, guided: 4, filed: 2 }],
  [/./, { guided: 8.4, filed: 1, transferred: 0.6 }],
];
const DRAWERS = RESULTS.map(([like, table]) => [like, weighted(entries(table))] as const);
export const resultOf = (code: string, rng: Rng): Result =>
  DRAWERS.find(([like]) => like.test(code))?.[1](rng) ?? 'guided';
