import { sql } from 'kysely';
import type { QueryContext } from '#platform/context.ts';
import { WAREHOUSE } from '../rules/change-state.ts';
import type { Ground, Option } from '../rules/change-wish.ts';
import { replay } from '../rules/evolve.ts';
import type { Line } from '../rules/order.ts';
import type { OrderBook } from '../rules/order-book.ts';
import { bookOfRows } from './book-of-rows.ts';
import { loadEvents } from './event-store.ts';

type Reading = Pick<QueryContext, 'db' | 'scoped' | 'now' | 'language'>;

/** An order as it stands, for a query; null when there is none within scope. */
export async function readBook(ctx: Reading, id: string): Promise<OrderBook | null> {
  const book = replay((await loadEvents(ctx.scoped, [id])).get(id) ?? []);
  return book ?? (await bookOfRows(ctx, [id]))[0]?.book ?? null;
}

/** What a change is judged by: cut-offs, options of the lines that are asked about, changes that wait. */
export async function groundOf(ctx: Reading, id: string, book: OrderBook, lines: readonly Line[]): Promise<Ground> {
  const partners = [...new Set(book.order.lines.flatMap(({ partner }) => partner ?? []))];
  // One after another: a command has one connection, which runs one statement at a time.
  const known = partners.length === 0 ? [] : await partnersOf(ctx, partners);
  const mall = await ctx.db
    .selectFrom('mall')
    .select('order_cutoff')
    .where('id', '=', book.order.mall)
    .executeTakeFirst();
  const options: Awaited<ReturnType<typeof optionsOf>>[] = [];
  for (const line of lines) options.push(await optionsOf(ctx, line));
  const waiting = await ctx.scoped
    .selectFrom('order_change')
    .select(['order_change.kind', 'order_change.line_id as line'])
    .where('order_change.order_id', '=', id)
    .where('order_change.state', '=', 'ASKED')
    .execute();
  return {
    book,
    cutoffs: {
      warehouse: (mall?.order_cutoff ?? '14:00').slice(0, 5),
      partners: Object.fromEntries(known.map((row) => [row.id, row.order_cutoff.slice(0, 5)])),
    },
    options: options.flat(),
    waiting,
    now: ctx.now.getTime(),
  };
}

const partnersOf = ({ scoped }: Reading, ids: readonly string[]) =>
  scoped
    .selectFrom('partner')
    .select(['partner.id', 'partner.name', 'partner.order_cutoff'])
    .where('partner.id', 'in', [...ids])
    .execute();

/** Other products on sale of the same name, from the same packer: the options that a line could be instead. */
export async function optionsOf(ctx: Reading, line: Line): Promise<Option[]> {
  const { rows } = await sql<Option>`
    select other.id as product, other.sku, other.option_text as "optionText", other.list_price_krw as "priceKrw", stock.free
    from product as mine
    join product as other on other.name = mine.name and other.partner_id is not distinct from mine.partner_id
      and other.inventory_type = mine.inventory_type and other.status = 'on_sale' and other.id <> mine.id
    left join product_stock as stock on stock.product_id = other.id
    where ${line.product ? sql`mine.id = ${line.product}` : sql`mine.sku = ${line.sku}`}
      and ${ctx.scoped.where('product', 'mine')} and ${ctx.scoped.where('product', 'other')}
    order by other.option_text, other.id limit 50`.execute(ctx.db);
  return rows;
}

/** Those whose yes is needed, by name; partners out of the caller's scope are left out. */
export async function named(ctx: Reading, needs: readonly string[]): Promise<{ who: string; name: string }[]> {
  const partners = needs.filter((who) => who !== WAREHOUSE);
  const known = partners.length === 0 ? [] : await partnersOf(ctx, partners);
  const found = known.map(({ id, name }) => ({ who: id, name }));
  const own = { who: WAREHOUSE, name: ctx.language === 'ko' ? '자사 물류' : 'Our warehouse' };
  return needs.includes(WAREHOUSE) ? [...found, own] : found;
}
