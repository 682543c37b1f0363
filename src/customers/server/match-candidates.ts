import { sql } from 'kysely';
import type { QueryContext } from '#platform/context.ts';
import { accountKey, type Candidate, identityKey } from '../rules/identities.ts';

type Keys = { phone: string | null; email: string | null; account: string | null };

/**
 * Customers that share a key with a contact, oldest first, each for whom it stands now: who was merged lends its name
 * and its keys to the one that it is part of.
 */
export async function candidatesFor(ctx: QueryContext, keys: Keys): Promise<Candidate[]> {
  const rows = await sharing(ctx, keys);
  if (rows.length === 0) return [];
  const identities = await ctx.scoped
    .selectFrom('customer_identity')
    .select(['customer_identity.customer_id', 'customer_identity.kind', 'source', 'key'])
    .where(
      'customer_identity.customer_id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute();
  return rows.map((row) => {
    const mine = identities.filter(({ customer_id }) => customer_id === row.id);
    const of = (kind: string) => mine.filter((one) => one.kind === kind).map(({ key }) => key);
    const accounts = mine.flatMap(({ kind, source, key }) =>
      kind === 'mall_id' || kind === 'messenger' ? accountKey(kind, source, key) : [],
    );
    return {
      id: row.merged_into ?? row.id,
      name: row.name,
      phones: [identityKey('phone', row.phone ?? ''), ...of('phone')].filter((key) => key !== null),
      emails: [identityKey('email', row.email ?? ''), ...of('email')].filter((key) => key !== null),
      accounts,
    };
  });
}

/**
 * Each key by its own index: a phone by its ending in the index of the search, an e-mail, a further identity. Joined by
 * UNION, since of conditions joined by OR no plan would use all three.
 */
function sharing({ scoped }: QueryContext, { phone, email, account }: Keys) {
  const ending = `'~${(phone ?? '').slice(-4)}'`;
  return scoped
    .selectFrom('customer')
    .select(['customer.id', 'customer.merged_into', 'customer.name', 'customer.phone', 'customer.email'])
    .where(
      sql<boolean>`customer.id in (
        select id from customer where ${phone}::text is not null and search @@ ${ending}::tsquery
          and regexp_replace(phone, '[^0-9]', '', 'g') in (${phone}, ${`82${(phone ?? '').slice(1)}`})
        union select id from customer where email = ${email}
        union select customer_id from customer_identity where kind = 'phone' and key = ${phone}
        union select customer_id from customer_identity where kind = 'email' and key = ${email}
        union select customer_id from customer_identity where kind in ('mall_id', 'messenger') and key = ${account})`,
    )
    .orderBy('customer.created_at')
    .limit(50)
    .execute();
}
