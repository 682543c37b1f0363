import { z } from 'zod';
import { pagingBy } from '#platform/keyset.ts';
import { command, contract, query, ROLES } from '#platform/operation.ts';
import { Day, Id, Instant, Krw, page, text } from '#platform/values.ts';
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

export const PROMOTION_KINDS = ['promotion', 'broadcast', 'coupon'] as const;

/** What an agent is asked of a product beside its name and price. */
export const ProductFacts = z.strictObject({
  /** Null: nobody has counted yet. `free`: pieces that may be sold (판매 가능 재고). */
  stock: z
    .strictObject({
      free: z.int(),
      onWay: z.int(),
      restockOn: Day.nullable(),
      countedAt: Instant,
    })
    .nullable(),
  /** 상품정보제공고시, in the order of the notice. */
  notified: z.array(z.strictObject({ label: z.string(), text: z.string() })),
  /** List prices, newest first. */
  prices: z.array(z.strictObject({ since: Instant, listPrice: Krw })),
  /** Promotions, broadcasts and coupons of the last year and those to come, newest first. */
  promotions: z.array(
    z.strictObject({
      kind: z.enum(PROMOTION_KINDS),
      name: z.string(),
      benefit: z.string(),
      discount: Krw.nullable(),
      from: Instant,
      until: Instant,
    }),
  ),
});

export const catalogue = contract('catalogue', {
  title: { ko: '상품과 협력사', en: 'Catalogue' },
  permissions: {
    'catalogue.read': { title: { ko: '상품·협력사 보기', en: 'See products and partners' }, roles: ROLES },
    'catalogue.stock': {
      title: { ko: '재고 고치기', en: 'Record stock' },
      roles: ['md', 'logistics', 'partner', 'admin'],
    },
    'catalogue.call': {
      title: { ko: '담당자 직통 전화', en: "Call a product's contacts" },
      roles: ['agent', 'senior_agent', 'shift_lead', 'manager', 'head', 'md', 'logistics', 'admin'],
    },
  },
  companyWide: { stock_recorded: "goods are sold in every mall; of a partner's, other partners hear nothing" },
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
    productFacts: query({
      title: { ko: '상품 정보', en: 'Facts of a product' },
      may: 'catalogue.read',
      input: z.strictObject({ id: Id }),
      output: ProductFacts,
      scoped: true,
      example: (known) => ({ id: known.productId }),
    }),
    recordStock: command({
      title: { ko: '재고 고치기', en: 'Record stock' },
      may: 'catalogue.stock',
      input: z.strictObject({
        id: Id,
        free: z.int().min(0).max(10_000_000),
        onWay: z.int().min(0).max(10_000_000).default(0),
        restockOn: Day.nullable().default(null),
      }),
      output: z.strictObject({ countedAt: Instant }),
      scoped: true,
      refreshes: ['catalogue'],
      example: (known) => ({ id: known.productId, free: 12, restockOn: '2026-12-01' }),
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
