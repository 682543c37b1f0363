import { sql } from 'kysely';
import type { QueryContext } from '#platform/context.ts';
import type { Output } from '#platform/operation.ts';
import type { customers } from '../contract.ts';
import type { IdentityKind } from '../rules/identities.ts';

type Whole = Output<typeof customers.operations.get>;
type Group = readonly string[];

/** Further identities of a customer and of those merged into it. */
export async function identitiesOf(ctx: QueryContext, group: Group): Promise<Whole['identities']> {
  const rows = await ctx.scoped
    .selectFrom('customer_identity')
    .select(['customer_identity.id', 'customer_identity.kind', 'source', 'value', 'added_at'])
    .where('customer_identity.customer_id', 'in', group)
    .orderBy('added_at')
    .orderBy('customer_identity.id')
    .limit(100)
    .execute();
  return rows.map(({ id, kind, source, value, added_at }) => ({
    ...{ id, kind: kind as IdentityKind, source, addedAt: added_at },
    phone: kind === 'phone' ? value : null,
    email: kind === 'email' ? value : null,
    account: kind === 'mall_id' || kind === 'messenger' ? `${value.slice(0, 3)}***` : null,
  }));
}

/** The newest word on each channel of advertising. */
export async function consentsOf(ctx: QueryContext, group: Group): Promise<Whole['consents']> {
  const rows = await ctx.scoped
    .selectFrom('customer_consent')
    .distinctOn('channel')
    .select(['channel', 'given', 'how', 'at'])
    .where('customer_consent.customer_id', 'in', group)
    .orderBy('channel')
    .orderBy('at', 'desc')
    .orderBy('customer_consent.id', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, channel: row.channel as Whole['consents'][number]['channel'] }));
}

/** Customers that were merged into one of the group and still can be taken apart. */
export async function mergesInto(ctx: QueryContext, group: Group): Promise<Whole['merged']> {
  if (group.length < 2) return [];
  const rows = await ctx.scoped
    .selectFrom('customer_merge')
    .innerJoin('customer as gone', 'gone.id', 'customer_merge.from_id')
    .select(['customer_merge.id as merge', 'gone.id', 'gone.name', 'customer_merge.at', 'customer_merge.by_name as by'])
    .where('customer_merge.into_id', 'in', group)
    .where(sql<boolean>`customer_merge.undone_at is null`)
    .orderBy('customer_merge.at', 'desc')
    .execute();
  return rows;
}
