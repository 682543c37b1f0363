import { sql } from 'kysely';
import { type CommandContext, handle } from '#platform/context.ts';
import type { Input } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { customers } from '../contract.ts';
import { identityKey, type Match, matchContact } from '../rules/identities.ts';
import { customerDocument } from './customer-store.ts';
import { candidatesFor } from './match-candidates.ts';

type Who = Pick<Input<typeof customers.operations.register>, 'name' | 'phone' | 'email' | 'account'>;

/** Finds the customer of a contact (`matchContact`), or makes one. An account that is new is kept with who it showed. */
export const registerCustomer = handle(customers.operations.register, async (ctx, { mall, ...who }) => {
  await lockContact(ctx, who);
  const match = await findCustomer(ctx, who);
  if (match.kind === 'same') {
    await seenIn(ctx, match.id, mall);
    if (match.by !== 'account') await keepAccount(ctx, match.id, who);
    return { id: match.id, created: false, maybe: [] };
  }
  const id = newId();
  const row = { name: who.name, phone: who.phone ?? null, email: who.email?.toLowerCase() ?? null };
  await ctx.scoped
    .insertInto('customer')
    .values({ id, ...row, malls: [mall], ...customerDocument(row), created_at: ctx.now, updated_at: ctx.now })
    .execute();
  await keepAccount(ctx, id, who);
  ctx.record('customers.registered', id, { after: row, scope: { mall } });
  return { id, created: true, maybe: match.ids };
});

/** Two contacts of the same new customer at once make one customer. */
async function lockContact(ctx: CommandContext, who: Who): Promise<void> {
  const phone = identityKey('phone', who.phone ?? '');
  const account = who.account && `${who.account.source} ${who.account.value.toLowerCase()}`;
  // In one order, so that two that share one of them never wait for each other.
  for (const key of [account, phone, who.email?.toLowerCase() ?? who.name].filter(Boolean))
    await sql`select pg_advisory_xact_lock(hashtextextended(${`customer:${key}`}, 0))`.execute(ctx.db);
}

async function seenIn(ctx: CommandContext, id: string, mall: string): Promise<void> {
  const seen = await ctx.scoped
    .updateTable('customer')
    .set({ malls: sql`malls || ${mall}::text`, updated_at: ctx.now, version: sql`version + 1` })
    .where('customer.id', '=', id)
    .where(sql<boolean>`not ${mall} = any(malls)`)
    .returning('customer.id')
    .executeTakeFirst();
  if (seen) ctx.record('customers.seen_in_mall', id, { scope: { mall }, data: { mall } });
}

async function keepAccount(ctx: CommandContext, id: string, { account }: Who): Promise<void> {
  if (account) await ctx.call(customers.operations.addIdentity, { id, ...account });
}

async function findCustomer(ctx: CommandContext, who: Who): Promise<Match> {
  const phone = identityKey('phone', who.phone ?? '');
  const email = identityKey('email', who.email ?? '');
  const account = who.account ? identityKey(who.account.kind, who.account.value) : null;
  const contact = { name: who.name, phone, email, account: who.account ?? null };
  return matchContact(contact, await candidatesFor(ctx, { phone, email, account }));
}
