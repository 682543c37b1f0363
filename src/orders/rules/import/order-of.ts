import { carrierOf } from './carriers.ts';
import { digitsOf } from './contact.ts';
import { dayOfNumber, sameMinute } from './date.ts';
import { lineOf, type ReadLine } from './line-of.ts';
import { headingIn, type Plan } from './plan.ts';
import type { Facts, ReadRow } from './read-row.ts';
import type { Problem } from './reasons.ts';

/** The Order of api.md as far as a file tells, with the file's own words (`carrierWord`, `lineTotal`) beside it. */
export type FileOrder = {
  mall: string;
  mallOrderNo: string;
  orderedAt: string;
  paidAt: string | null;
  confirmedAt?: string;
  customer?: { name: string; phone?: string; email?: string };
  receiver?: Record<'name' | 'phone' | 'phone2' | 'postcode' | 'address' | 'memo', string | null>;
  groups: { id: string; paid: number; remotePaid?: number }[];
  lines: ReadLine['line'][];
  benefits: NonNullable<ReadLine['benefit']>[];
  parcels: FileParcel[];
};
type FileParcel = {
  id: string;
  group: string;
  units: { line: string; unitNos: number[] }[];
  carrier: string | null;
  carrierWord: string | null;
  trackingNo: string;
  shippedAt: string | null;
  deliveredAt: string | null;
};

/** An order, or why none of its rows is imported: what is wrong with each. Rows that stand twice alike count once. */
export type Grouped = { order: FileOrder } | { rejected: { no: number; problem: Problem }[] };

const UNPAID = /미결제|결제대기|입금대기|입금전|미입금|결제 ?전/;

/** Makes one order of the rows of one order number, in the file's order. */
export function orderOf(plan: Plan, rows: readonly ReadRow[]): Grouped {
  const different = distinct(rows);
  const wrong = new Map<number, Problem>();
  for (const row of rows) if (row.problems[0]) wrong.set(row.no, row.problems[0]);
  const { places, lines } = readLines(plan, different, wrong);
  markDuplicates(plan, different, places, wrong);
  const conflict = conflictOf(plan, different);
  if (conflict) for (const row of rows) wrong.set(row.no, wrong.get(row.no) ?? conflict);
  if (wrong.size === 0) {
    const order = build(plan, different, lines);
    const sum = totalProblem(plan, different, order);
    if (!sum) return { order };
    for (const row of rows) wrong.set(row.no, sum);
  }
  return { rejected: rows.map(({ no }) => ({ no, problem: wrong.get(no) ?? { code: 'order_incomplete' } })) };
}

function distinct(rows: readonly ReadRow[]): ReadRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const same = JSON.stringify([row.mall, row.facts, row.problems.map(({ code }) => code)]);
    return !seen.has(same) && seen.add(same);
  });
}

function readLines(plan: Plan, rows: readonly ReadRow[], wrong: Map<number, Problem>) {
  const places = new Map<string, number[]>();
  const lines: ReadLine[] = [];
  rows.forEach((row, index) => {
    const read = lineOf(plan, row.facts, index + 1);
    if ('problem' in read) {
      wrong.set(row.no, wrong.get(row.no) ?? read.problem);
      return;
    }
    lines.push(read);
    places.set(read.line.id, [...(places.get(read.line.id) ?? []), row.no]);
  });
  return { places, lines };
}

/** The same line twice with other content: nobody can tell which row is right. */
function markDuplicates(
  plan: Plan,
  rows: readonly ReadRow[],
  places: ReadonlyMap<string, readonly number[]>,
  wrong: Map<number, Problem>,
): void {
  const key = plan.preset.line === 'place' ? null : (plan.preset.line.at(-1) ?? null);
  for (const [id, numbers] of places) {
    if (numbers.length < 2) continue;
    const about = key ? headingIn(plan, key) : '';
    for (const row of rows)
      if (numbers.includes(row.no)) wrong.set(row.no, { code: 'duplicate', about, seen: id.slice(0, 60) });
  }
}

/** What all rows of one order share; a row that leaves it out agrees with any. */
const SHARED: readonly (readonly [keyof Facts, (value: string) => string])[] = [
  ['orderedAt', (value) => value.slice(0, 16)],
  ['customerName', plain],
  ['customerPhone', digitsOf],
  ['receiverName', plain],
  ['receiverPhone', digitsOf],
  ['address', plain],
  ['shopNo', plain],
];

function plain(value: string): string {
  return value.replace(/\s+/g, '');
}

function conflictOf(plan: Plan, rows: readonly ReadRow[]): Problem | null {
  for (const [field, same] of SHARED) {
    const values = new Set(
      rows.flatMap(({ facts }) => (facts[field] === undefined ? [] : [same(String(facts[field]))])),
    );
    if (values.size > 1) return { code: 'conflict', about: headingIn(plan, field as 'orderedAt') };
  }
  return null;
}

function build(plan: Plan, rows: readonly ReadRow[], lines: readonly ReadLine[]): FileOrder {
  const all = rows.map(({ facts }) => facts);
  const orderNo = String(first(all, 'orderNo'));
  const times = timesOf(plan, all, orderNo);
  const customerName = first(all, 'customerName');
  const confirmedAt = first(all, 'confirmedAt');
  const groups = groupsOf(plan, all, lines);
  return {
    mall: rows[0]?.mall ?? '',
    mallOrderNo: orderNo,
    ...times,
    ...(confirmedAt && all.every((facts) => facts.confirmedAt) ? { confirmedAt } : {}),
    ...(customerName ? { customer: customerOf(all, customerName) } : {}),
    ...receiverOf(all),
    groups,
    lines: lines.map(({ line }) => line),
    benefits: lines.flatMap(({ benefit }) => (benefit ? [benefit] : [])),
    parcels: parcelsOf(all, lines),
  };
}

function first<F extends keyof Facts>(rows: readonly Facts[], field: F): Facts[F] | undefined {
  return rows.find((facts) => facts[field] !== undefined)?.[field];
}

/**
 * When it was ordered and paid. A file that tells only one of both gives the other by it; one that has no column for
 * the payment is a list of paid orders, unless the state says otherwise.
 */
function timesOf(plan: Plan, rows: readonly Facts[], orderNo: string): { orderedAt: string; paidAt: string | null } {
  const shown = (field: 'orderedAt' | 'paidAt') => {
    const value = first(rows, field);
    return value === '####' ? dayOfNumber(orderNo) : (value ?? null);
  };
  const paid = shown('paidAt');
  const orderedAt = shown('orderedAt') ?? paid ?? dayOfNumber(orderNo) ?? '';
  const state = first(rows, 'rawStatus') ?? plan.state ?? '';
  const toldUnpaid = UNPAID.test(state) || (plan.columns.paidAt !== undefined && paid === null);
  // An export without seconds may show the payment before the order that it paid.
  const late = paid !== null && paid < orderedAt && sameMinute(paid, orderedAt) ? orderedAt : paid;
  return { orderedAt, paidAt: toldUnpaid ? null : (late ?? orderedAt) };
}

function customerOf(rows: readonly Facts[], name: string): NonNullable<FileOrder['customer']> {
  const phone = first(rows, 'customerPhone');
  const email = first(rows, 'customerEmail');
  return { name, ...(phone ? { phone } : {}), ...(email ? { email } : {}) };
}

function receiverOf(rows: readonly Facts[]): { receiver?: NonNullable<FileOrder['receiver']> } {
  const name = first(rows, 'receiverName');
  if (name === undefined) return {};
  const value = (field: 'receiverPhone' | 'receiverPhone2' | 'postcode' | 'address' | 'memo') =>
    first(rows, field) ?? null;
  return {
    receiver: {
      name,
      phone: value('receiverPhone'),
      phone2: value('receiverPhone2'),
      postcode: value('postcode'),
      address: value('address'),
      memo: value('memo'),
    },
  };
}

/** Fees stand on each row of a bundle or on its first only: counted once, the largest that is told. */
function groupsOf(plan: Plan, rows: readonly Facts[], lines: readonly ReadLine[]): FileOrder['groups'] {
  const { preset, columns } = plan;
  const groups = new Map<string, { id: string; paid: number; remotePaid?: number }>();
  lines.forEach(({ line }, index) => {
    const facts = rows[index] ?? {};
    const counts = !preset.feeNeedsMark || facts.feeKind === '유료';
    const marked = !preset.feeNeedsMark || (facts.remoteMark ?? '').includes('도서산간');
    const remote = marked ? (facts.remoteFee ?? 0) : 0;
    const fee = counts ? (facts.fee ?? 0) : 0;
    const known = groups.get(line.group) ?? {
      id: line.group,
      paid: 0,
      ...(columns.remoteFee ? { remotePaid: 0 } : {}),
    };
    known.paid = Math.max(known.paid, preset.feeHoldsRemote ? Math.max(0, fee - remote) : fee);
    if (columns.remoteFee) known.remotePaid = Math.max(known.remotePaid ?? 0, remote);
    groups.set(line.group, known);
  });
  return [...groups.values()];
}

/** One parcel for each bundle and tracking number, with all pieces of the rows that name it. */
function parcelsOf(rows: readonly Facts[], lines: readonly ReadLine[]): FileParcel[] {
  const parcels = new Map<string, FileParcel>();
  lines.forEach(({ line }, index) => {
    const facts = rows[index] ?? {};
    if (!facts.trackingNo) return;
    const key = `${line.group}\u0000${facts.trackingNo}`;
    const known = parcels.get(key) ?? {
      id: `p${parcels.size + 1}`,
      group: line.group,
      units: [],
      carrier: carrierOf(facts.carrierWord ?? null),
      carrierWord: facts.carrierWord ?? null,
      trackingNo: facts.trackingNo,
      shippedAt: facts.shippedAt ?? null,
      deliveredAt: facts.deliveredAt ?? null,
    };
    known.units.push({ line: line.id, unitNos: Array.from({ length: line.qty }, (_, n) => n + 1) });
    parcels.set(key, known);
  });
  return [...parcels.values()];
}

/** The order's total of the file against lines, fees and points. Points may stand once or on each row. */
function totalProblem({ preset }: Plan, rows: readonly ReadRow[], order: FileOrder): Problem | null {
  const total = first(
    rows.map(({ facts }) => facts),
    'orderTotal',
  );
  if (!preset.checks?.includes('orderTotal') || total === undefined) return null;
  const items = order.lines.reduce((sum, line) => sum + line.lineTotal, 0);
  const due = items + order.groups.reduce((sum, group) => sum + group.paid + (group.remotePaid ?? 0), 0);
  const points = rows.map(({ facts }) => facts.points ?? 0);
  const spent = [points[0] ?? 0, points.reduce((sum, won) => sum + won, 0)];
  if (spent.some((won) => due - won === total)) return null;
  return { code: 'sum_mismatch', about: '총 결제금액', seen: `${total} ≠ ${due - (points[0] ?? 0)}` };
}
