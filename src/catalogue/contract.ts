import { z } from 'zod';
import { pagingBy } from '#platform/keyset.ts';
import { contract, query, ROLES } from '#platform/operation.ts';
import { Id, Instant, Krw, page, text } from '#platform/values.ts';
import { CONTACT_KINDS } from './rules/contacts.ts';

export const INVENTORY_TYPES = ['CONSIGN', 'DIRECT', 'FULFIL'] as const;
export const PRODUCT_STATUSES = ['on_sale', 'paused', 'sold_out', 'ended'] as const;
const TAX_KINDS = ['TAXABLE', 'EXEMPT', 'ZERO'] as const;
const RETURNABILITIES = ['NORMAL', 'CUSTOM_MADE', 'DIGITAL', 'PERISHABLE', 'SEALED'] as const;

export const ProductRow = z.strictObject({
  id: Id,
  sku: z.string(),
  name: z.string(),
  option: z.string().nullable(),
  group: z.string(),
  inventoryType: z.enum(INVENTORY_TYPES),
  partner: z.strictObject({ id: Id, name: z.string() }).nullable(),
  listPrice: Krw,
  status: z.enum(PRODUCT_STATUSES),
});
export const Product = ProductRow.extend({
  brand: z.string().nullable(),
  supplyCost: Krw.nullable(),
  taxKind: z.enum(TAX_KINDS),
  returnability: z.enum(RETURNABILITIES),
  /** Made by an import: the MD has not looked at it yet. */
  needsReview: z.boolean(),
  mdEmail: z.string().nullable(),
  updatedAt: Instant,
});

export const PartnerRow = z.strictObject({
  id: Id,
  code: z.string(),
  name: z.string(),
  /** Korean wall-clock, `09:00`. */
  businessHours: z.strictObject({ open: z.string(), close: z.string() }),
  /** Orders paid until then leave on the same business day. */
  orderCutoff: z.string(),
  mdEmail: z.string().nullable(),
});
export const Partner = PartnerRow.extend({
  /** Who answers on the partner's business line: shown to staff in full, like the names of staff. */
  contact: z.strictObject({ name: z.string(), phone: z.string(), email: z.string() }),
  products: z.int(),
  needsReview: z.boolean(),
});

export const Contact = z.strictObject({
  kind: z.enum(CONTACT_KINDS),
  name: z.string(),
  /** Company of a partner. */
  company: z.string().nullable(),
  /** Hotline (직통); null for whoever does not call contacts. */
  phone: z.string().nullable(),
  email: z.string(),
  /** Korean wall-clock, `09:00`. */
  businessHours: z.strictObject({ open: z.string(), close: z.string() }),
});

export const catalogue = contract('catalogue', {
  title: { ko: '상품과 협력사', en: 'Catalogue' },
  permissions: {
    'catalogue.read': { title: { ko: '상품·협력사 보기', en: 'See products and partners' }, roles: ROLES },
    'catalogue.call': {
      title: { ko: '담당자 직통 전화', en: "Call a product's contacts" },
      roles: ['agent', 'senior_agent', 'shift_lead', 'manager', 'head', 'md', 'logistics', 'admin'],
    },
  },
  operations: {
    listProducts: query({
      title: { ko: '상품 목록', en: 'Products' },
      may: 'catalogue.read',
      input: z.strictObject({
        q: text(100).optional(),
        partner: Id.optional(),
        group: text(60).optional(),
        inventoryType: z.enum(INVENTORY_TYPES).optional(),
        status: z.enum(PRODUCT_STATUSES).optional(),
        ...pagingBy('text', 'id'),
      }),
      output: page(ProductRow),
      example: () => ({ limit: 20 }),
    }),
    getProduct: query({
      title: { ko: '상품', en: 'Product' },
      may: 'catalogue.read',
      input: z.strictObject({ id: Id.optional(), sku: text(80).optional() }).refine((i) => i.id || i.sku, {
        error: 'id or sku',
        path: ['id'],
      }),
      output: Product,
      scoped: true,
      example: (known) => ({ id: known.productId }),
    }),
    listPartners: query({
      title: { ko: '협력사 목록', en: 'Partners' },
      may: 'catalogue.read',
      input: z.strictObject({ q: text(100).optional(), ...pagingBy('text', 'id') }),
      output: page(PartnerRow),
      example: () => ({}),
    }),
    getPartner: query({
      title: { ko: '협력사', en: 'Partner' },
      may: 'catalogue.read',
      input: z.strictObject({ id: Id }),
      output: Partner,
      scoped: true,
      example: (known) => ({ id: known.partnerId }),
    }),
    contacts: query({
      title: { ko: '상품 담당자', en: "A product's contacts" },
      may: 'catalogue.read',
      input: z.strictObject({ product: Id }),
      /** Whom to ask about the product, by its inventory type; the first one is the right one. */
      output: z.strictObject({ items: z.array(Contact) }),
      scoped: true,
      example: (known) => ({ product: known.productId }),
    }),
  },
});
