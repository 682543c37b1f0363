import { type CommandContext, handle } from '#platform/context.ts';
import { type Input, notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { customers } from '../contract.ts';
import { identityKey } from '../rules/identities.ts';
import { rootOf } from './customer-group.ts';
import { saveCustomer } from './customer-store.ts';
import { heldIdentity } from './read.ts';

type Wish = Input<typeof customers.operations.change>;
const FIELDS = ['name', 'phone', 'email', 'postcode', 'address', 'memo'] as const;
/** What reaches or names the person: not to be changed for somebody who only says that they are the customer. */
const PERSONAL = ['name', 'phone', 'email', 'postcode', 'address'] as const;

/** Changes a customer's own facts, with a record of before and after. */
export const changeCustomer = handle(customers.operations.change, async (ctx, input) => {
  const before = await lockCustomer(ctx, input.id);
  if (!before) return notFound();
  const { version } = before;
  if (input.version !== undefined && input.version !== version) return refuse('stale_version', { version });
  const wish = { ...input, email: input.email?.toLowerCase() ?? input.email };
  const changed = FIELDS.filter((field) => wish[field] !== undefined && wish[field] !== before[field]);
  if (changed.length === 0) return { version };
  if (changed.some((field) => PERSONAL.some((one) => one === field)) && !(await knowsWho(ctx, before.id)))
    return refuse('identity_unconfirmed', {});
  if (!isReadable(wish)) return refuse('unreadable_identity', {});
  const change = {
    before: Object.fromEntries(changed.map((field) => [field, before[field]])),
    after: Object.fromEntries(changed.map((field) => [field, wish[field] ?? null])),
  };
  await ctx.scoped
    .insertInto('customer_change')
    .values({
      ...{ id: newId(), customer_id: before.id, reason: input.reason ?? null, at: ctx.now },
      ...{ before: JSON.stringify(change.before), after: JSON.stringify(change.after) },
      ...{ by_id: ctx.actor.kind === 'system' ? null : ctx.actor.id, by_name: ctx.actor.name },
    })
    .execute();
  const { version: next } = await saveCustomer(ctx, before.id, change.after);
  ctx.record('customers.changed', before.id, { ...change, scope: { malls: before.malls }, data: { fields: changed } });
  return { version: next };
});

async function lockCustomer(ctx: CommandContext, id: string) {
  const root = await rootOf(ctx, id);
  if (root === null) return undefined;
  return ctx.scoped
    .selectFrom('customer')
    .select(['customer.id', 'name', 'phone', 'email', 'postcode', 'address', 'memo', 'malls', 'version'])
    .where('customer.id', '=', root)
    .forUpdate()
    .executeTakeFirst();
}

const knowsWho = async (ctx: CommandContext, id: string): Promise<boolean> =>
  ctx.actor.kind === 'system' || (await heldIdentity(ctx, id)) !== null;

const isReadable = ({ phone, email }: Wish): boolean =>
  (!phone || identityKey('phone', phone) !== null) && (!email || identityKey('email', email) !== null);
