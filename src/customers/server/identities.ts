import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { customers } from '../contract.ts';
import { identityKey } from '../rules/identities.ts';
import { rootOf } from './customer-group.ts';
import { saveCustomer } from './customer-store.ts';

/** Adds a phone, e-mail, member id or messenger by which the customer is known from now on; one that is there stays. */
export const addIdentity = handle(customers.operations.addIdentity, async (ctx, { id, kind, source = '', value }) => {
  const root = await rootOf(ctx, id);
  if (root === null) return notFound();
  const key = identityKey(kind, value);
  if (key === null) return refuse('unreadable_identity', {});
  const known = await ctx.scoped
    .selectFrom('customer_identity')
    .select(['customer_identity.id', 'customer_identity.customer_id'])
    .where('customer_identity.kind', '=', kind)
    .where('source', '=', source)
    .where('key', '=', key)
    .execute();
  const mine = known.find(({ customer_id }) => customer_id === root);
  if (mine) return { identity: mine.id };
  const other = known[0];
  if (other && (kind === 'mall_id' || kind === 'messenger'))
    return refuse('account_taken', { customer: other.customer_id });
  const identity = newId();
  const by = { added_by: ctx.actor.kind === 'system' ? null : ctx.actor.id, added_by_name: ctx.actor.name };
  const added = await ctx.scoped
    .insertInto('customer_identity')
    .values({ id: identity, customer_id: root, kind, source, value, key, ...by, added_at: ctx.now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('customer_identity.id')
    .executeTakeFirst();
  // Somebody's whom the caller may not see.
  if (!added) return refuse('account_taken', { customer: null });
  const { malls } = await saveCustomer(ctx, root, {});
  ctx.record('customers.identity_added', root, { after: { kind, source, [kind]: value }, scope: { malls } });
  return { identity };
});

export const removeIdentity = handle(customers.operations.removeIdentity, async (ctx, { identity }) => {
  const gone = await ctx.scoped
    .deleteFrom('customer_identity')
    .where('customer_identity.id', '=', identity)
    .returning(['customer_identity.customer_id', 'customer_identity.kind', 'source', 'value'])
    .executeTakeFirst();
  if (!gone) return notFound();
  const { version, malls } = await saveCustomer(ctx, gone.customer_id, {});
  ctx.record('customers.identity_removed', gone.customer_id, {
    before: { kind: gone.kind, source: gone.source, [gone.kind]: gone.value },
    scope: { malls },
  });
  return { version };
});
