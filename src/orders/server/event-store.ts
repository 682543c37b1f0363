import { type Kysely, sql } from 'kysely';
import type { QueryContext } from '#platform/context.ts';
import { searchDocument } from '#platform/search.ts';
import type { OrderBook, OrderEvent } from '../rules/order-book.ts';
import { type OrderRows, project } from '../rules/project.ts';

type Db = Kysely<never>;
type Row = Record<string, unknown>;

/** An order with what is to be written of it. */
export type Written = { id: string; book: OrderBook; events: readonly OrderEvent[] };

/** Events of some orders by order, oldest first, within the caller's scope. */
export async function loadEvents(
  scoped: QueryContext['scoped'],
  ids: readonly string[],
): Promise<Map<string, OrderEvent[]>> {
  if (ids.length === 0) return new Map();
  const rows = await scoped
    .selectFrom('order_event')
    .select(['order_id', 'seq', 'type', 'payload', 'personal', 'at', 'recorded_at'])
    .where('order_id', 'in', [...ids])
    .orderBy('order_id')
    .orderBy('seq')
    .execute();
  const found = new Map<string, OrderEvent[]>();
  for (const row of rows) {
    const event: OrderEvent = {
      seq: row.seq,
      type: row.type,
      payload: row.payload as Record<string, unknown>,
      personal: row.personal as OrderEvent['personal'],
      at: row.at.getTime(),
      recordedAt: row.recorded_at.getTime(),
    };
    const known = found.get(row.order_id);
    if (known) known.push(event);
    else found.set(row.order_id, [event]);
  }
  return found;
}

/** The rows of an order as its tables hold them, with what it is found by. */
export function rowsOf(id: string, book: OrderBook): OrderRows {
  const rows = project(id, book);
  return { ...rows, sales_order: { ...rows.sales_order, ...orderDocument(book) } };
}

/** What an order is found by: its numbers, both people, their phones, its products. */
export function orderDocument({ order }: OrderBook) {
  const { orderer, receiver } = order;
  const other = receiver && (receiver.name !== orderer?.name || receiver.phone !== orderer?.phone) ? receiver : null;
  return searchDocument({
    numbers: [order.mallOrderNo, ...order.parcels.map((parcel) => parcel.trackingNo)],
    names: [orderer?.name, other?.name],
    phones: [orderer?.phone, other?.phone, receiver?.phone2],
    texts: order.lines.map((line) => line.name),
  });
}

type Origin = { actor: string; causation: string | null };

/** Who caused an event, and by which request. */
export const originOf = ({ actor, requestId }: Pick<QueryContext, 'actor' | 'requestId'>): Origin => ({
  actor: actor.kind === 'system' ? 'system' : actor.id,
  causation: requestId,
});

/**
 * Writes events and the rows that they make, in the caller's transaction, a statement a table. `isNew`: none of the
 * orders is there yet; otherwise their rows are replaced.
 */
export async function writeOrders(
  db: unknown,
  orders: readonly Written[],
  origin: Origin,
  isNew: boolean,
): Promise<void> {
  if (orders.length === 0) return;
  const rows = orders.map(({ id, book }) => rowsOf(id, book));
  const events = orders.flatMap(({ id, events: news }) =>
    news.map((event) => ({
      order_id: id,
      seq: event.seq,
      type: event.type,
      payload: event.payload,
      personal: event.personal,
      actor: origin.actor,
      at: new Date(event.at).toISOString(),
      recorded_at: new Date(event.recordedAt).toISOString(),
      causation: origin.causation,
    })),
  );
  const heads = rows.map((row) => row.sales_order);
  if (isNew) await insertAll(db as Db, 'sales_order', heads);
  else await replaceHeads(db as Db, heads);
  await insertAll(db as Db, 'order_event', events);
  for (const table of ['shipping_group', 'order_line', 'order_benefit', 'order_tender', 'parcel'] as const) {
    const below = rows.flatMap((row) => row[table]);
    await insertAll(db as Db, table, below, !isNew);
  }
}

/** One parameter whatever the number of rows: PostgreSQL takes the JSON apart itself. */
async function insertAll(db: Db, table: string, rows: readonly Row[], replacing = false): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(table)} (${columns}) select ${columns}
    from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)
    ${replacing ? onConflict(Object.keys(first)) : sql``}`.execute(db);
}

/** Rows below an order are never taken away: a fact changes them or adds one. */
function onConflict(columns: readonly string[]) {
  const rest = columns.filter((column) => column !== 'order_id' && column !== 'id');
  const set = sql.join(rest.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`));
  return sql`on conflict (order_id, id) do update set ${set}`;
}

async function replaceHeads(db: Db, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] as Row).filter((column) => column !== 'id');
  const set = sql.join(columns.map((column) => sql`${sql.ref(column)} = told.${sql.ref(column)}`));
  await sql`update sales_order set ${set}
    from json_populate_recordset(null::sales_order, ${JSON.stringify(rows)}::json) as told
    where sales_order.id = told.id`.execute(db);
}
