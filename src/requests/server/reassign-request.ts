import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { requests } from '../contract.ts';
import {
  addressed,
  addToThread,
  askedAnew,
  contactFor,
  lockRequest,
  saveRequest,
  scopeOf,
  termsFor,
} from './request-store.ts';

/**
 * Asks another contact of the product instead. A partner that is not asked any more does not see the request any more;
 * one that is asked now sees nothing of what was said before.
 */
export const reassignRequest = handle(requests.operations.reassign, async (ctx, { id, version, to, text }) => {
  const row = await lockRequest(ctx, id);
  if (!row) return notFound();
  if (version !== undefined && version !== row.version) return refuse('stale_version', { version: row.version });
  if (row.state !== 'open') return refuse('not_open', {});
  if (row.addressee === to) return refuse('same_contact', {});
  const contact = await contactFor(ctx, row.product_id, to);
  if (!contact) return refuse('no_contact', {});
  const terms = termsFor(ctx.now, row.kind, contact);
  const anew = { ...(await askedAnew(ctx, row)), ...terms, ...addressed(contact, ctx.now), escalated_to: null };
  const saved = await saveRequest(ctx, row, anew);
  await addToThread(ctx, id, { kind: 'reassigned', text, dueAt: terms.due_at, to: anew.addressee_name });
  ctx.record('requests.reassigned', id, {
    before: { addressee: row.addressee },
    after: { addressee: to },
    scope: scopeOf({ ...row, partner_id: contact.partnerId }),
  });
  // The partner's own screen: its scope is the old one.
  if (row.partner_id && row.partner_id !== contact.partnerId) {
    ctx.record('requests.taken_back', id, { scope: scopeOf(row) });
  }
  return saved;
});
