import { handle } from '#platform/context.ts';
import { type Actor, notFound } from '#platform/operation.ts';
import { catalogue } from '../contract.ts';
import { contactsOf } from './read.ts';

/** Whom to ask about a product, first one first. The phone number is there for whoever may call the hotline. */
export const productContacts = handle(catalogue.operations.contacts, async (ctx, { product }) => {
  const found = await contactsOf(ctx, product);
  if (!found) return notFound();
  const calls = mayCall(ctx.actor);
  return {
    items: found.contacts.map(({ partnerId, phone, ...contact }) => ({ ...contact, phone: calls ? phone : null })),
  };
});

/** Whether somebody calls contacts: the desk and those who answer for goods; not who only reads. */
function mayCall(actor: Actor): boolean {
  if (actor.kind === 'system') return true;
  if (actor.only && !actor.only.includes('catalogue.call')) return false;
  const roles = catalogue.permissions['catalogue.call']?.roles ?? [];
  return actor.grants.some(({ role }) => roles.includes(role));
}
