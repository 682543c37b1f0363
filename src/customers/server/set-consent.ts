import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { customers } from '../contract.ts';
import { rootOf } from './customer-group.ts';
import { saveCustomer } from './customer-store.ts';

/** Keeps what a customer said about advertising on a channel; earlier words stay, the newest counts. */
export const setConsent = handle(customers.operations.setConsent, async (ctx, { id, channel, given, how }) => {
  const root = await rootOf(ctx, id);
  if (root === null) return notFound();
  await ctx.scoped
    .insertInto('customer_consent')
    .values({
      ...{ id: newId(), customer_id: root, channel, given, how, at: ctx.now },
      ...{ by_id: ctx.actor.kind === 'system' ? null : ctx.actor.id, by_name: ctx.actor.name },
    })
    .execute();
  const { version, malls } = await saveCustomer(ctx, root, {});
  ctx.record('customers.consent_set', root, { after: { channel, given, how }, scope: { malls } });
  return { version };
});
