import { DEFAULT_POLICY } from '#policies/rules/parameters.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import type { Allocation } from './allocation.ts';
import { append } from './evolve.ts';
import { linesOut } from './mall-status.ts';
import type { Order } from './order.ts';
import { NOTHING_CHANGED, type OrderBook, type OrderEvent } from './order-book.ts';
import { packOrder } from './packed-order.ts';
import { readOrder } from './read-order.ts';
import type { Stage } from './unit.ts';

type Json = Record<string, unknown>;
/** An order of an import, read. `out`: lines that the mall's words put to an end. `value`: as it was given. */
export type Read = { index: number; order: Order; allocation: Allocation; out: Record<string, Stage>; value: Json };
export type Rejection = Pick<Refusal, 'code' | 'text'> & { index: number };

/**
 * Reads the orders of an import. What is wrong is told by its index; of two that are the same in all, the second
 * counts as repeated, and two different ones under one number are told.
 */
export function readIncoming(values: readonly Json[], malls: ReadonlySet<string>) {
  const reads: Read[] = [];
  const rejected: Rejection[] = [];
  const seen = new Map<string, number>();
  let repeated = 0;
  values.forEach((value, index) => {
    const read = readOne(value, index, malls);
    if (isRefusal(read)) {
      rejected.push({ index, code: read.code, text: read.text });
      return;
    }
    const key = orderKey(read.order);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
      reads.push(read);
    } else if (JSON.stringify(values[first]) === JSON.stringify(value)) repeated++;
    else rejected.push({ index, ...refuse('bad_input', 'T0', { what: `order.mallOrderNo = orders.${first}` }) });
  });
  return { reads, rejected, repeated };
}

export const orderKey = ({ mall, mallOrderNo }: Pick<Order, 'mall' | 'mallOrderNo'>): string =>
  `${mall}\n${mallOrderNo}`;

function readOne(value: Json, index: number, malls: ReadonlySet<string>): Read | Refusal {
  const { mall, mallOrderNo, authority } = value;
  if (typeof mall !== 'string' || !malls.has(mall)) return refuse('bad_input', 'T0', { what: 'order.mall' });
  if (typeof mallOrderNo !== 'string' || mallOrderNo.trim() === '' || mallOrderNo.length > 100)
    return refuse('bad_input', 'T0', { what: 'order.mallOrderNo' });
  const given = { ...value, authority: authority ?? (mall === 'own' ? 'SELF' : 'MALL') };
  const frozen = readOrder(given, DEFAULT_POLICY);
  if (isRefusal(frozen)) return frozen;
  return { index, ...frozen, out: linesOut(frozen.order), value };
}

/** What a line leaves to its product. */
export function leftToProduct({ value }: Read): { inventoryType: boolean; supplyCost: boolean }[] {
  return (value.lines as Json[]).map((line) => ({
    inventoryType: line.inventoryType === undefined,
    supplyCost: line.supplyCost === undefined,
  }));
}

/** The first event of an order that has come in, and its book. */
export function openBook(
  { order, allocation, out }: Read,
  customerId: string | null,
  now: number,
): { book: OrderBook; events: OrderEvent[] } {
  const apart: Record<string, Stage> = {};
  for (const line of order.lines) {
    const stage = out[line.id];
    if (stage) for (let unitNo = 1; unitNo <= line.qty; unitNo++) apart[`${line.id}.${unitNo}`] = stage;
  }
  const policyVersion = DEFAULT_POLICY.version;
  const times = { version: 0, createdAt: now, updatedAt: now };
  const { payload, personal } = packOrder({
    ...{ order, allocation, customerId, policyVersion, apart, earlier: [], ...NOTHING_CHANGED },
    ...times,
  });
  return append(null, [{ type: 'order.imported', at: order.orderedAt, payload, personal }], now);
}
