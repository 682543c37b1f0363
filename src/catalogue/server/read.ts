import type { QueryContext } from '#platform/context.ts';
import { type ContactKind, companyContactFor, contactsInOrder, type InventoryType } from '../rules/contacts.ts';

/** Who answers for a product: with the hours in which they do. */
export type Contact = {
  kind: ContactKind;
  name: string;
  /** Company of a partner, else null. */
  company: string | null;
  phone: string;
  email: string;
  businessHours: { open: string; close: string };
  partnerId: string | null;
};

const clock = (time: string) => time.slice(0, 5);

/** Whom to ask about a product within the caller's scope, first one first; null when there is no such product. */
export async function contactsOf(
  ctx: Pick<QueryContext, 'db' | 'scoped'>,
  productId: string,
): Promise<{ product: ProductAsked; contacts: Contact[] } | null> {
  const product = await ctx.scoped
    .selectFrom('product')
    .leftJoin('partner', 'partner.id', 'product.partner_id')
    .select([
      'product.id',
      'product.name',
      'option_text',
      'inventory_type',
      'product_group',
      'partner.id as partner_id',
    ])
    .select(['partner.name as company', 'business_open', 'business_close', 'contact_name', 'contact_phone'])
    .select(['contact_email', 'md_email'])
    .where('product.id', '=', productId)
    .executeTakeFirst();
  if (!product) return null;
  const own = await ctx.db.selectFrom('company_contact').selectAll().orderBy('email').execute();
  const there = own.map((row) => ({
    kind: row.kind as ContactKind,
    name: row.name,
    company: null,
    phone: row.phone,
    email: row.email,
    businessHours: { open: clock(row.business_open), close: clock(row.business_close) },
    partnerId: null,
    groups: row.product_groups,
  }));
  const mds = there.filter(({ kind }) => kind === 'md');
  const md = mds.find(({ email }) => email === product.md_email) ?? companyContactFor(product.product_group, mds);
  const stores = there.filter(({ kind }) => kind === 'logistics');
  const logistics = companyContactFor(product.product_group, stores);
  const found: Contact[] = [md, logistics].flatMap((one) => (one ? [contactOf(one)] : []));
  if (product.partner_id) found.push(partnerContact(product));
  return {
    product: { id: product.id, name: product.name, option: product.option_text, partnerId: product.partner_id },
    contacts: contactsInOrder(product.inventory_type as InventoryType, found),
  };
}

export type ProductAsked = { id: string; name: string; option: string | null; partnerId: string | null };

const contactOf = ({ groups, ...contact }: Contact & { groups: readonly string[] }): Contact => contact;

type PartnerColumns = Record<
  'company' | 'business_open' | 'business_close' | 'contact_name' | 'contact_phone' | 'contact_email' | 'partner_id',
  string | null
>;

const partnerContact = (row: PartnerColumns): Contact => ({
  kind: 'partner',
  name: row.contact_name ?? '',
  company: row.company,
  phone: row.contact_phone ?? '',
  email: row.contact_email ?? '',
  businessHours: { open: clock(row.business_open ?? '09:00'), close: clock(row.business_close ?? '18:00') },
  partnerId: row.partner_id,
});

/**
 * Products by their inventory type, how many of them no MD has looked at, and for how many the right contact (C7) has
 * no phone number.
 */
export async function contactGaps({ db, scoped }: Pick<QueryContext, 'db' | 'scoped'>, products: readonly string[]) {
  const gaps = { all: 0, unreviewed: 0, CONSIGN: 0, DIRECT: 0, FULFIL: 0, withoutContact: 0 };
  if (products.length === 0) return gaps;
  const own = await db.selectFrom('company_contact').select(['kind', 'phone']).execute();
  const reached = (kind: ContactKind) => own.some((row) => row.kind === kind && row.phone !== '');
  const rows = await scoped
    .selectFrom('product')
    .leftJoin('partner', 'partner.id', 'product.partner_id')
    .select(['inventory_type', 'product.needs_review', 'contact_phone'])
    .where('product.id', 'in', [...products])
    .execute();
  for (const row of rows) {
    const type = row.inventory_type as InventoryType;
    const right = { CONSIGN: Boolean(row.contact_phone), DIRECT: reached('md'), FULFIL: reached('logistics') }[type];
    gaps.all++;
    gaps[type]++;
    if (row.needs_review) gaps.unreviewed++;
    if (!right) gaps.withoutContact++;
  }
  return gaps;
}

/** Partners by their ids, with the hours in which they answer. */
export async function partnersKnown(
  { scoped }: Pick<QueryContext, 'scoped'>,
  ids: readonly string[],
): Promise<{ id: string; name: string; businessHours: { open: string; close: string } }[]> {
  if (ids.length === 0) return [];
  const rows = await scoped
    .selectFrom('partner')
    .select(['partner.id', 'partner.name', 'partner.business_open', 'partner.business_close'])
    .where('partner.id', 'in', [...ids])
    .orderBy('partner.name')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    businessHours: { open: clock(row.business_open ?? '09:00'), close: clock(row.business_close ?? '18:00') },
  }));
}
