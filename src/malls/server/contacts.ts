import { handle } from '#platform/context.ts';
import { notFound, type Output, refuse } from '#platform/operation.ts';
import { MALL_CONTACTS, malls } from '../contract.ts';
import { oneAfterAnother, reaches } from './manual-store.ts';

type Kind = Output<typeof malls.operations.listContacts>['items'][number]['kind'];

/** Whom to call about a mall, in the order of the matters. */
export const listContacts = handle(malls.operations.listContacts, async (ctx, { mall }) => {
  if (!(await reaches(ctx, mall))) return notFound();
  const rows = await ctx.scoped
    .selectFrom('mall_contact')
    .selectAll('mall_contact')
    .where('mall_contact.mall', '=', mall)
    .execute();
  const items = rows
    .map(({ kind, name, phone, email, note, updated_by_name, updated_at }) => ({
      ...{ kind: kind as Kind, name, phone, email, note },
      ...{ by: updated_by_name, at: updated_at },
    }))
    .sort((a, b) => MALL_CONTACTS.indexOf(a.kind) - MALL_CONTACTS.indexOf(b.kind));
  return { items, next: null };
});

/** Saves whom to call about one matter. Who it was before stays in the audit. */
export const saveContact = handle(malls.operations.saveContact, async (ctx, { mall, kind, ...given }) => {
  if (!(await reaches(ctx, mall))) return notFound();
  if (!given.phone && !given.email) return refuse('no_way', {});
  await oneAfterAnother(ctx, mall);
  const before = await ctx.scoped
    .selectFrom('mall_contact')
    .select(['mall_contact.name', 'mall_contact.phone', 'mall_contact.email', 'mall_contact.note'])
    .where('mall_contact.mall', '=', mall)
    .where('mall_contact.kind', '=', kind)
    .executeTakeFirst();
  const row = { ...given, updated_by_name: ctx.actor.name, updated_at: ctx.now };
  await ctx.scoped
    .insertInto('mall_contact')
    .values({ mall, kind, ...row })
    .onConflict((at) => at.columns(['mall', 'kind']).doUpdateSet(row))
    .execute();
  ctx.record('malls.contact_saved', `${mall} ${kind}`, { before: before ?? null, after: given, scope: { mall } });
  return { at: ctx.now };
});

/** Takes a contact away; that there is none any more is no error. */
export const removeContact = handle(malls.operations.removeContact, async (ctx, { mall, kind }) => {
  if (!(await reaches(ctx, mall))) return notFound();
  const gone = await ctx.scoped
    .deleteFrom('mall_contact')
    .where('mall_contact.mall', '=', mall)
    .where('mall_contact.kind', '=', kind)
    .returning(['mall_contact.name', 'mall_contact.phone', 'mall_contact.email'])
    .executeTakeFirst();
  if (gone) ctx.record('malls.contact_removed', `${mall} ${kind}`, { before: gone, after: null, scope: { mall } });
  return { removed: gone !== undefined };
});
