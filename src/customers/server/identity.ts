import { handle } from '#platform/context.ts';
import { notFound, type Output, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { customers } from '../contract.ts';
import { heldUntil, isEnough } from '../rules/identity.ts';
import { heldIdentity } from './read.ts';

type Held = NonNullable<Output<typeof customers.operations.identity>['held']>;

/** Whether the caller has checked who speaks, and until when that holds. */
export const getIdentity = handle(customers.operations.identity, async (ctx, { customer }) => {
  const known = await ctx.scoped
    .selectFrom('customer')
    .select('customer.id')
    .where('customer.id', '=', customer)
    .executeTakeFirst();
  if (!known) return notFound();
  return { held: (await heldIdentity(ctx, customer)) as Held | null };
});

/** Records that somebody said two facts of the customer: which ones and who spoke, never the facts themselves. */
export const confirmIdentity = handle(
  customers.operations.confirmIdentity,
  async (ctx, { customer, speaker, facts }) => {
    const row = await ctx.scoped
      .selectFrom('customer')
      .select(['customer.id', 'customer.malls'])
      .where('customer.id', '=', customer)
      .executeTakeFirst();
    if (!row) return notFound();
    if (!isEnough(facts)) return refuse('two_facts', {});
    const said = [...new Set(facts)];
    const by = { checked_by: ctx.actor.kind === 'system' ? null : ctx.actor.id, checked_by_name: ctx.actor.name };
    await ctx.scoped
      .insertInto('identity_check')
      .values({ id: newId(), customer_id: customer, speaker, facts: said, ...by, checked_at: ctx.now })
      .execute();
    ctx.record('customers.identity_confirmed', customer, {
      ...{ after: { speaker, said }, scope: { malls: row.malls }, data: { speaker } },
    });
    return { until: heldUntil(ctx.now) };
  },
);
