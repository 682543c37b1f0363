import { sql } from 'kysely';
import { type CommandContext, handle } from '#platform/context.ts';
import { digitsOf } from '#platform/search.ts';
import { newId } from '#platform/values.ts';
import { customers } from '../contract.ts';
import { customerDocument } from './customer-store.ts';

type Who = { name: string; phone?: string | undefined; email?: string | undefined };

/**
 * Finds the customer of a contact, or makes one. Same name and same phone or e-mail is the same customer; a phone
 * alone is not, since families share one.
 */
export const registerCustomer = handle(customers.operations.register, async (ctx, { mall, ...who }) => {
  await lockContact(ctx, who);
  const known = await findCustomer(ctx, who);
  if (known) {
    if (!known.malls.includes(mall)) {
      await ctx.scoped
        .updateTable('customer')
        .set({ malls: [...known.malls, mall], updated_at: ctx.now, version: sql`version + 1` })
        .where('customer.id', '=', known.id)
        .execute();
      ctx.record('customers.seen_in_mall', known.id, { scope: { mall }, data: { mall } });
    }
    return { id: known.id, created: false };
  }
  const id = newId();
  const row = { name: who.name, phone: who.phone ?? null, email: who.email?.toLowerCase() ?? null };
  await ctx.scoped
    .insertInto('customer')
    .values({ id, ...row, malls: [mall], ...customerDocument(row), created_at: ctx.now, updated_at: ctx.now })
    .execute();
  ctx.record('customers.registered', id, { after: row, scope: { mall } });
  return { id, created: true };
});

/** Two contacts of the same new customer at once make one customer. */
async function lockContact(ctx: CommandContext, who: Who): Promise<void> {
  const key = `customer:${digitsOf(who.phone ?? '') || who.email?.toLowerCase() || who.name}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(ctx.db);
}

async function findCustomer(ctx: CommandContext, who: Who) {
  const digits = digitsOf(who.phone ?? '');
  const token = digits.length >= 4 ? `'~${digits.slice(-4)}'` : null;
  const email = who.email?.toLowerCase();
  if (!token && !email) return null;
  const byName = ctx.scoped
    .selectFrom('customer')
    .select(['customer.id', 'malls'])
    .where('customer.name', '=', who.name);
  if (token) {
    const found = await byName
      .where(sql<boolean>`customer.search @@ ${token}::tsquery`)
      .where(sql<boolean>`regexp_replace(customer.phone, '[^0-9]', '', 'g') = ${digits}`)
      .orderBy('customer.created_at')
      .executeTakeFirst();
    if (found) return found;
  }
  if (!email) return null;
  return byName.where('customer.email', '=', email).orderBy('customer.created_at').executeTakeFirst();
}
