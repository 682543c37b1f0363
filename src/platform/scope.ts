import {
  type DeleteQueryBuilder,
  type DeleteResult,
  type Expression,
  type InsertQueryBuilder,
  type InsertResult,
  type Kysely,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
  type UpdateQueryBuilder,
  type UpdateResult,
} from 'kysely';
import type { DB } from './db.gen.ts';
import type { Actor, Grant } from './operation.ts';

/**
 * Tables whose rows belong to a mall, a centre or a partner, and the columns that say to which. A column that
 * ends in `[]` holds several. `via` names the parent whose scope a child table shares.
 */
export const SCOPED = {
  partner: { partners: 'id' },
  product: { partners: 'partner_id' },
  product_stock: { via: 'product', key: 'product_id' },
  product_price: { via: 'product', key: 'product_id' },
  product_promotion: { via: 'product', key: 'product_id' },
  customer: { malls: 'malls[]' },
  identity_check: { via: 'customer', key: 'customer_id' },
  customer_identity: { via: 'customer', key: 'customer_id' },
  customer_change: { via: 'customer', key: 'customer_id' },
  customer_consent: { via: 'customer', key: 'customer_id' },
  customer_merge: { via: 'customer', key: 'into_id' },
  conduct_step: { via: 'customer', key: 'customer_id' },
  conduct_block: { via: 'customer', key: 'customer_id' },
  sales_order: { malls: 'mall', partners: 'partner_ids[]' },
  order_event: { via: 'sales_order', key: 'order_id' },
  order_line: { via: 'sales_order', key: 'order_id', partners: 'partner_id' },
  order_benefit: { via: 'sales_order', key: 'order_id' },
  order_tender: { via: 'sales_order', key: 'order_id' },
  shipping_group: { via: 'sales_order', key: 'order_id' },
  parcel: { via: 'sales_order', key: 'order_id' },
  order_file_row: { via: 'sales_order', key: 'order_id' },
  order_change: { via: 'sales_order', key: 'order_id', partners: 'partner_ids[]' },
  tracking_step: { via: 'sales_order', key: 'order_id' },
  delivery: { malls: 'mall', partners: 'partner_ids[]' },
  tracker_parcel: { via: 'sales_order', key: 'order_id', malls: 'mall' },
  ticket: { malls: 'mall', centres: 'centre', partners: 'partner_id' },
  ticket_message: { via: 'ticket', key: 'ticket_id' },
  ticket_receipt: { via: 'ticket', key: 'ticket_id' },
  ticket_link: { via: 'ticket', key: 'ticket_id' },
  ticket_change: { via: 'ticket', key: 'ticket_id' },
  channel_mail: { via: 'ticket', key: 'ticket_id' },
  channel_file: { via: 'ticket', key: 'ticket_id' },
  channel_delivery: { via: 'ticket', key: 'ticket_id' },
  ticket_watcher: { via: 'ticket', key: 'ticket_id' },
  ticket_mention: { via: 'ticket', key: 'ticket_id' },
  ticket_bulk_row: { via: 'ticket', key: 'ticket_id' },
  ticket_presence: { via: 'ticket', key: 'ticket_id' },
  phone_call: { malls: 'mall', centres: 'centre' },
  voc_record: { malls: 'mall', centres: 'centre', partners: 'partner_id' },
  partner_request: { malls: 'mall', centres: 'centre', partners: 'partner_id' },
  reply_promise: { malls: 'mall', centres: 'centre' },
  call_back: { malls: 'mall', centres: 'centre' },
  call_attempt: { malls: 'mall', centres: 'centre' },
  transfer: { malls: 'mall', centres: 'centres[]', partners: 'partner_id' },
  transfer_message: { via: 'transfer', key: 'transfer_id' },
  template_use: { malls: 'mall', centres: 'centre' },
  template_proposal: { malls: 'mall', centres: 'centre' },
  routing_hit: { malls: 'mall', centres: 'centre' },
  mall_manual: { malls: 'mall' },
  mall_picture: { malls: 'mall' },
  mall_line: { malls: 'mall' },
  mall_contact: { malls: 'mall' },
  readiness_mark: { malls: 'mall' },
  partner_request_message: { via: 'partner_request', key: 'request_id' },
} as const satisfies Record<string, TableScope>;

type TableScope = Partial<Record<Dimension, string>> & { via?: string; key?: string };
type Dimension = 'malls' | 'centres' | 'partners';
const DIMENSIONS = ['malls', 'centres', 'partners'] as const;

export type ScopedTable = keyof typeof SCOPED & keyof DB;
/** The database without the scoped tables: what handlers may touch directly. */
export type Open = Omit<DB, keyof typeof SCOPED>;

/** The grants of an actor that carry one permission; an empty list may do nothing. */
export type Scope = 'everything' | readonly Grant[];

const FALSE = sql<SqlBool>`false`;
const TRUE = sql<SqlBool>`true`;

function columnPredicate(table: string, column: string, values: readonly string[]): Expression<SqlBool> {
  if (column.endsWith('[]')) {
    const ref = sql.ref(`${table}.${column.slice(0, -2)}`);
    return sql<SqlBool>`${ref} && ${sql.val([...values])}`;
  }
  return sql<SqlBool>`${sql.ref(`${table}.${column}`)} = any(${sql.val([...values])})`;
}

function grantPredicate(table: string, scope: TableScope, grant: Grant): Expression<SqlBool> {
  const parts: Expression<SqlBool>[] = [];
  for (const dimension of DIMENSIONS) {
    const values = grant[dimension];
    const column = scope[dimension];
    if (values === null) continue;
    if (column) parts.push(columnPredicate(table, column, values));
    // A partner sees its own rows only: a table that names no partner shows it nothing, unless the parent decides.
    else if (dimension === 'partners' && !scope.via) return FALSE;
  }
  if (parts.length === 0) return TRUE;
  return sql<SqlBool>`(${sql.join(parts, sql` and `)})`;
}

/** The condition under which a row of `table` lies in `scope`. */
export function scopePredicate(table: keyof typeof SCOPED, scope: Scope, alias: string = table): Expression<SqlBool> {
  if (scope === 'everything') return TRUE;
  if (scope.length === 0) return FALSE;
  const rule: TableScope = SCOPED[table];
  const own = sql<SqlBool>`(${sql.join(
    scope.map((grant) => grantPredicate(alias, rule, grant)),
    sql` or `,
  )})`;
  if (!rule.via || !rule.key) return own;
  const parent = rule.via as keyof typeof SCOPED;
  if (scope.every((grant) => DIMENSIONS.every((dimension) => grant[dimension] === null))) return own;
  const outer = scopePredicate(parent, scope, 'scope_parent');
  return sql<SqlBool>`(${own} and exists (select 1 from ${sql.table(parent)} as scope_parent
    where scope_parent.id = ${sql.ref(`${alias}.${rule.key}`)} and ${outer}))`;
}

/** Scope of an actor for one permission: which of its grants give it. */
export function scopeFor(actor: Actor, roles: readonly string[]): Scope {
  if (actor.kind === 'system') return 'everything';
  return actor.grants.filter((grant) => roles.includes(grant.role));
}

/**
 * The only way from a handler to scoped tables: each statement carries the scope's predicate. Inserts carry none:
 * a handler inserts below a parent that it read through here, or after `allows`.
 */
export function scopedDb(db: Kysely<DB>, scope: Scope) {
  return {
    selectFrom<T extends ScopedTable>(table: T): SelectQueryBuilder<DB, T, Record<never, never>> {
      const from = db.selectFrom(table as ScopedTable).where(scopePredicate(table, scope));
      return from as unknown as SelectQueryBuilder<DB, T, Record<never, never>>;
    },
    updateTable<T extends ScopedTable>(table: T): UpdateQueryBuilder<DB, T, T, UpdateResult> {
      const update = db.updateTable(table as ScopedTable).where(scopePredicate(table, scope));
      return update as unknown as UpdateQueryBuilder<DB, T, T, UpdateResult>;
    },
    deleteFrom<T extends ScopedTable>(table: T): DeleteQueryBuilder<DB, T, DeleteResult> {
      const gone = db.deleteFrom(table as ScopedTable).where(scopePredicate(table, scope));
      return gone as unknown as DeleteQueryBuilder<DB, T, DeleteResult>;
    },
    insertInto<T extends ScopedTable>(table: T): InsertQueryBuilder<DB, T, InsertResult> {
      return db.insertInto(table as ScopedTable) as unknown as InsertQueryBuilder<DB, T, InsertResult>;
    },
    /** Whether a new row with these values would lie in the caller's scope. */
    allows: (row: { mall?: string; centre?: string; partner?: string }) => allows(scope, row),
    /** The condition itself, for hand-written SQL: `${ctx.scoped.where('ticket', 't')}`. */
    where: (table: keyof typeof SCOPED, alias?: string) => scopePredicate(table, scope, alias),
  };
}
export type ScopedDb = ReturnType<typeof scopedDb>;

function allows(scope: Scope, row: { mall?: string; centre?: string; partner?: string }): boolean {
  if (scope === 'everything') return true;
  const holds = (values: readonly string[] | null, value: string | undefined) =>
    values === null || value === undefined || values.includes(value);
  return scope.some(
    (grant) => holds(grant.malls, row.mall) && holds(grant.centres, row.centre) && holds(grant.partners, row.partner),
  );
}
