import { sql } from 'kysely';
import type { CommandContext } from '#platform/context.ts';
import type { Output } from '#platform/operation.ts';
import { searchDocument } from '#platform/search.ts';
import type { customers } from '../contract.ts';

export type CustomerRow = Output<typeof customers.operations.list>['items'][number];

export const CUSTOMER_COLUMNS = [
  'customer.id',
  'customer.name',
  'customer.phone',
  'customer.email',
  'customer.grade',
  'customer.malls',
  'customer.created_at',
] as const;

type Selected = {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
  grade: string;
  malls: string[];
  created_at: Date;
};

export const customerRow = (row: Selected): CustomerRow => ({
  id: row.id,
  name: row.name,
  phone: row.phone,
  email: row.email,
  grade: row.grade as CustomerRow['grade'],
  malls: row.malls,
  createdAt: row.created_at,
});

type Found = { name: string; phone?: string | null; email?: string | null };
/** What a customer is found by: name and its initial consonants, phone digits, e-mail; of further identities too. */
export const customerDocument = (who: Found, more: readonly { kind: string; value: string }[] = []) => {
  const values = (...kinds: string[]) => more.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => value);
  return searchDocument({
    names: [who.name],
    phones: [who.phone, ...values('phone')],
    texts: [who.email, ...values('email', 'mall_id', 'messenger')],
  });
};

type Change = {
  name?: string;
  phone?: string | null;
  email?: string | null;
  postcode?: string | null;
  address?: string | null;
  memo?: string | null;
};

/** Saves a change as the customer's next version, to be found by what it then is. */
export async function saveCustomer(
  ctx: CommandContext,
  id: string,
  change: Change,
): Promise<{ version: number; malls: string[] }> {
  const row = await ctx.scoped
    .updateTable('customer')
    .set({ ...change, version: sql`version + 1`, updated_at: ctx.now })
    .where('customer.id', '=', id)
    .returning(['customer.name', 'customer.phone', 'customer.email', 'customer.version', 'customer.malls'])
    .executeTakeFirstOrThrow();
  const more = await ctx.scoped
    .selectFrom('customer_identity')
    .select(['customer_identity.kind', 'value'])
    .where('customer_identity.customer_id', '=', id)
    .execute();
  await ctx.scoped.updateTable('customer').set(customerDocument(row, more)).where('customer.id', '=', id).execute();
  return { version: row.version, malls: row.malls };
}
