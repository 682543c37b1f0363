import { sql } from 'kysely';
import type { CommandContext } from '#platform/context.ts';
import { digitsOf, searchDocument } from '#platform/search.ts';
import { newId } from '#platform/values.ts';
import type { Line, Order } from '../rules/order.ts';

/** An order, and what each of its lines leaves to its product. */
type Told = { order: Order; left: { inventoryType: boolean; supplyCost: boolean }[] };
type Product = {
  id: string;
  sku: string;
  inventory_type: string;
  partner_id: string | null;
  supply_cost_krw: number | null;
};

/**
 * Finds the products and partners that orders name, and files those that nobody knows for the MD to look at
 * (`needs_review`). Fills in each line: our ids, and what the order left to the product.
 */
export async function resolveGoods(ctx: CommandContext, orders: readonly Told[]): Promise<void> {
  const lines = orders.flatMap(({ order }) => order.lines);
  const partners = await partnersBy(ctx, [...new Set(lines.flatMap((line) => line.partner ?? []))]);
  for (const line of lines) if (line.partner !== null) line.partner = partners.get(line.partner) ?? null;
  const products = await productsBy(ctx, lines);
  for (const { order, left } of orders)
    order.lines.forEach((line, index) => {
      const product = products.get(line.sku);
      if (!product) return;
      line.product = product.id;
      line.partner ??= product.partner_id;
      if (left[index]?.inventoryType) line.inventoryType = product.inventory_type as Line['inventoryType'];
      if (left[index]?.supplyCost) line.supplyCost = product.supply_cost_krw;
    });
}

/** Ids of partners by the code or id that orders call them. */
async function partnersBy(ctx: CommandContext, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const { rows } = await sql<{ id: string; code: string }>`
    select id, code from partner where code = any(${codes}) or id::text = any(${codes})`.execute(ctx.db);
  const found = new Map(rows.flatMap(({ id, code }) => [[code, id] as const, [id, id] as const]));
  const strange = codes.filter((code) => !found.has(code));
  if (strange.length === 0) return found;
  const made = strange.map((code) => ({ id: newId(), code, name: code }));
  await ctx.scoped
    .insertInto('partner')
    .values(
      made.map((partner) => ({
        ...partner,
        ...{ business_open: '09:00', business_close: '18:00', order_cutoff: '14:00' },
        ...{ contact_name: '', contact_phone: '', contact_email: '' },
        ...{ needs_review: true, created_at: ctx.now, updated_at: ctx.now },
      })),
    )
    .execute();
  for (const { id, code } of made) found.set(code, id);
  return found;
}

async function productsBy(ctx: CommandContext, lines: readonly Line[]): Promise<Map<string, Product>> {
  const skus = [...new Set(lines.map((line) => line.sku))];
  const { rows } = await sql<Product>`
    select id, sku, inventory_type, partner_id, supply_cost_krw from product where sku = any(${skus})`.execute(ctx.db);
  const found = new Map(rows.map((row) => [row.sku, row]));
  const strange = new Map(lines.filter((line) => !found.has(line.sku)).map((line) => [line.sku, line]));
  if (strange.size === 0) return found;
  const made = [...strange.values()].map((line) => ({
    id: newId(),
    sku: line.sku,
    name: line.name,
    option_text: line.optionText,
    product_group: '미분류',
    inventory_type: line.inventoryType,
    partner_id: line.partner,
    list_price_krw: line.listPrice,
    supply_cost_krw: line.supplyCost,
    tax_kind: line.taxKind,
    returnability: line.returnability,
    needs_review: true,
    ...searchDocument({ texts: [line.name], numbers: [line.sku] }),
    created_at: ctx.now,
    updated_at: ctx.now,
  }));
  await ctx.scoped.insertInto('product').values(made).execute();
  for (const row of made) found.set(row.sku, row);
  return found;
}

type Customer = { id: string; name: string; phone: string | null; email: string | null; malls: string[] };

/**
 * The customer of each order: same name and same phone or e-mail is the same customer, others are registered. Safe
 * numbers (050…) and masked ones tell nobody apart: without another sign an order has no customer.
 */
export async function resolveCustomers(ctx: CommandContext, orders: readonly Order[]): Promise<(string | null)[]> {
  const who = orders.map((order) => contactOf(order));
  const phones = [...new Set(who.flatMap((one) => one?.digits ?? []))];
  const emails = [...new Set(who.flatMap((one) => one?.email ?? []))];
  const known: Customer[] = await ctx.scoped
    .selectFrom('customer')
    .select(['customer.id', 'customer.name', 'customer.phone', 'customer.email', 'customer.malls'])
    .where(
      sql<boolean>`(regexp_replace(customer.phone, '[^0-9]', '', 'g') = any(${phones}) or customer.email = any(${emails}))`,
    )
    .orderBy('customer.created_at', 'desc')
    .execute();
  const byKey = new Map<string, Customer>();
  const keep = (customer: Customer) => {
    for (const key of keysOf({ name: customer.name, digits: digitsOf(customer.phone ?? ''), email: customer.email }))
      byKey.set(key, customer);
  };
  known.forEach(keep);
  const made: Customer[] = [];
  const moved = new Map<string, Customer>();
  const ids = who.map((one, index) => {
    if (!one) return null;
    const { mall, orderer } = orders[index]!;
    let customer = keysOf(one)
      .map((key) => byKey.get(key))
      .find(Boolean);
    if (!customer) {
      customer = { id: newId(), name: one.name, phone: orderer!.phone, email: one.email, malls: [mall] };
      made.push(customer);
      keep(customer);
    } else if (!customer.malls.includes(mall)) {
      customer.malls = [...customer.malls, mall];
      moved.set(customer.id, customer);
    }
    return customer.id;
  });
  const fresh = new Set(made.map(({ id }) => id));
  await registerAll(ctx, made);
  await moveAll(
    ctx,
    [...moved.values()].filter(({ id }) => !fresh.has(id)),
  );
  return ids;
}

type Contact = { name: string; digits: string | null; email: string | null };

function contactOf({ orderer }: Order): Contact | null {
  if (!orderer?.name || orderer.name.includes('*')) return null;
  const digits = digitsOf(orderer.phone ?? '');
  const usable = digits.length >= 9 && !digits.startsWith('050') && !orderer.phone?.includes('*');
  const email = orderer.email && !orderer.email.includes('*') ? orderer.email.toLowerCase() : null;
  return usable || email ? { name: orderer.name, digits: usable ? digits : null, email } : null;
}

const keysOf = ({ name, digits, email }: Contact): string[] => [
  ...(digits ? [`${name}\n${digits}`] : []),
  ...(email ? [`${name}\n${email}`] : []),
];

async function registerAll(ctx: CommandContext, customers: readonly Customer[]): Promise<void> {
  if (customers.length === 0) return;
  const rows = customers.map(({ id, name, phone, email, malls }) => ({
    ...{ id, name, phone, email, malls },
    ...searchDocument({ names: [name], phones: [phone], texts: [email] }),
    ...{ created_at: ctx.now, updated_at: ctx.now },
  }));
  await sql`insert into customer (id, name, phone, email, malls, search_text, search, created_at, updated_at)
    select id, name, phone, email, malls, search_text, search, created_at, updated_at
    from json_populate_recordset(null::customer, ${JSON.stringify(rows)}::json)`.execute(ctx.db);
}

async function moveAll(ctx: CommandContext, customers: readonly Customer[]): Promise<void> {
  for (const { id, malls } of customers)
    await ctx.scoped
      .updateTable('customer')
      .set({ malls, updated_at: ctx.now, version: sql`version + 1` })
      .where('customer.id', '=', id)
      .execute();
}
