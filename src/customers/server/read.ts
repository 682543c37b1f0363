import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { QueryContext } from '#platform/context.ts';
import { heldUntil } from '../rules/identity.ts';

/** The newest identity check that the caller made of a customer, while it holds; null otherwise. */
export async function heldIdentity(ctx: Pick<QueryContext, 'scoped' | 'actor' | 'now'>, customer: string) {
  const mine = ctx.actor.kind === 'system' ? null : ctx.actor.id;
  const row = await ctx.scoped
    .selectFrom('identity_check')
    .select(['identity_check.speaker', 'identity_check.facts', 'identity_check.checked_at'])
    .where('identity_check.customer_id', '=', customer)
    .where('identity_check.checked_by', 'is not distinct from', mine)
    .orderBy('identity_check.checked_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row || heldUntil(row.checked_at) <= ctx.now) return null;
  return { speaker: row.speaker, facts: row.facts, at: row.checked_at, until: heldUntil(row.checked_at) };
}

/**
 * Rows of a customer, under whichever of its ids they came in: its own, those of customers that were merged into it,
 * and, asked by one of these, those of the whole.
 */
export const ofCustomer = (column: string, id: string): RawBuilder<SqlBool> => sql<SqlBool>`
  ${sql.ref(column)} = any(array(
    select one.id from customer asked
    join customer one on one.id = coalesce(asked.merged_into, asked.id) or one.merged_into = coalesce(asked.merged_into, asked.id)
    where asked.id = ${id}))`;
