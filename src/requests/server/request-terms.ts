import { contactsOf } from '#catalogue/server/read.ts';
import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { requests } from '../contract.ts';
import { isOpenAt } from '../rules/due.ts';
import { termsFor } from './request-store.ts';

/** What an agent wants to know before asking: who it is, whether they are there, and until when they answer. */
export const requestTerms = handle(requests.operations.terms, async (ctx, { product, kind }) => {
  const found = await contactsOf(ctx, product);
  if (!found) return notFound();
  const items = found.contacts.map((contact) => ({
    kind: contact.kind,
    name: contact.company ?? contact.name,
    openNow: isOpenAt(ctx.now.getTime(), contact.businessHours),
    dueAt: termsFor(ctx.now, kind, contact).due_at,
  }));
  return { items };
});
