import { searchDocument } from '#platform/search.ts';
import { DAY, HOUR } from './calendar.ts';
import { GROUPS, type Group, type Kind, PARTNERS } from './goods.ts';
import { DEFECT_SKU } from './incidents.ts';
import { personName } from './names.ts';
import { notifiedOf } from './product-facts.ts';
import { type Rng, rngOf, shareOut, uuidAt, weighted } from './random.ts';

export type Partner = { id: string; code: string; name: string; kinds: readonly Kind[]; row: unknown[] };
export type Product = Goods & { row: unknown[] };
export type Goods = {
  id: string;
  sku: string;
  name: string;
  option: string;
  kind: Kind;
  group: string;
  inventory: 'CONSIGN' | 'DIRECT' | 'FULFIL';
  partnerId: string | null;
  price: number;
  supply: number;
  taxKind: 'TAXABLE' | 'EXEMPT';
  returnability: string;
  status: string;
};
export type Catalogue = {
  partners: Partner[];
  products: Product[];
  draw: (rng: Rng) => Product;
  bySku: Map<string, Product>;
};

const PRODUCTS = 3000;
export const PARTNER_COLUMNS = [
  'id',
  'code',
  'name',
  'business_open',
  'business_close',
  'order_cutoff',
  'contact_name',
  'contact_phone',
  'contact_email',
  'md_email',
  'needs_review',
  'created_at',
  'updated_at',
];
export const PRODUCT_COLUMNS = [
  'id',
  'sku',
  'name',
  'option_text',
  'product_group',
  'brand',
  'inventory_type',
  'partner_id',
  'list_price_krw',
  'supply_cost_krw',
  'tax_kind',
  'returnability',
  'status',
  'search_text',
  'search',
  'created_at',
  'updated_at',
  'notified',
];

/** Partners and products; the same at every scale. */
export function makeCatalogue(seed: number, now: number): Catalogue {
  const partners = PARTNERS.map(([name, kinds], i) => partnerOf(seed, now, name, kinds, i));
  const products = [...known(seed, now, partners), ...invented(seed, now, partners)];
  const draw = weighted(products.map((product, i) => [product, popularity(i)] as const));
  return { partners, products, draw, bySku: new Map(products.map((product) => [product.sku, product])) };
}

/** A few products sell a lot, most a little. */
const popularity = (i: number): number => (i < 4 ? 6 : 8 / (1 + ((i * 7919) % PRODUCTS) / 60) + 0.3);

function partnerOf(seed: number, now: number, name: string, kinds: readonly Kind[], i: number): Partner {
  const rng = rngOf(seed, 'partner', i);
  const created = now - rng.int(400, 1800) * DAY;
  const id = uuidAt(created, rng);
  const code = `P${String(i + 1).padStart(3, '0')}`;
  const [open, close] = rng.pick([
    ['09:00', '18:00'],
    ['09:00', '18:00'],
    ['08:30', '17:30'],
    ['10:00', '19:00'],
    ['09:00', '17:00'],
    ['10:00', '17:00'],
  ] as const);
  const cutoff = rng.pick(['11:00', '13:00', '14:00', '15:00', '16:00']);
  const contact = personName(rng, rng.int(1970, 1996));
  const phone = `010-${String(rng.int(1, 1999)).padStart(4, '0')}-${String(rng.int(0, 9999)).padStart(4, '0')}`;
  const md = i % 2 === 0 ? 'md1@haedap.example' : 'md2@haedap.example';
  const times = [new Date(created), new Date(created + 30 * HOUR)];
  const row = [
    id,
    code,
    name,
    open,
    close,
    cutoff,
    contact.name,
    phone,
    `${code.toLowerCase()}@example.com`,
    md,
    false,
    ...times,
  ];
  return { id, code, name, kinds, row };
}

type Draft = Pick<Product, 'sku' | 'name' | 'option' | 'inventory' | 'price'> & {
  group: Group;
  partner: Partner | null;
};

function finish(draft: Draft, rng: Rng, now: number): Product {
  const { group, partner } = draft;
  const created = now - rng.int(370, 1200) * DAY;
  const id = uuidAt(created, rng);
  const supply = Math.round((draft.price * (0.45 + rng.next() * 0.2)) / 100) * 100;
  const taxKind: Goods['taxKind'] = group.exempt ? 'EXEMPT' : 'TAXABLE';
  const returnability = group.returnability ?? 'NORMAL';
  const status = rng.chance(0.94) ? 'on_sale' : rng.pick(['sold_out', 'paused', 'ended']);
  const partnerId = partner?.id ?? null;
  const brand = partner ? partner.name : '온결';
  const doc = searchDocument({ texts: [draft.name, draft.option, brand], numbers: [draft.sku] });
  const { sku, name, option, inventory, price } = draft;
  const product: Goods = {
    ...{ id, sku, name, option, kind: group.kind, group: group.group, inventory, partnerId, price, supply },
    ...{ taxKind, returnability, status },
  };
  const row = [
    id,
    draft.sku,
    draft.name,
    draft.option,
    group.group,
    brand,
    draft.inventory,
    partnerId,
    draft.price,
    supply,
    taxKind,
    returnability,
    status,
    doc.search_text,
    doc.search,
    new Date(created),
    new Date(created),
    JSON.stringify(notifiedOf(product)),
  ];
  return { ...product, row };
}

/** The products of the design's story, and the one with the planted defect. */
function known(seed: number, now: number, partners: readonly Partner[]): Product[] {
  const cotton = partners[0] ?? null;
  const groupOf = (code: string) => GROUPS.find((group) => group.code === code) as Group;
  const drafts: Draft[] = [
    {
      sku: 'CB-KN-0001',
      name: '램스울 라운드 니트',
      option: '오트밀 / M',
      inventory: 'CONSIGN',
      price: 29_900,
      group: groupOf('KN'),
      partner: cotton,
    },
    {
      sku: DEFECT_SKU,
      name: '코튼 스트라이프 티셔츠',
      option: '네이비 / M',
      inventory: 'CONSIGN',
      price: 15_000,
      group: groupOf('TS'),
      partner: cotton,
    },
    {
      sku: 'OG-SK-0003',
      name: '데일리 립 삭스',
      option: '차콜 / Free',
      inventory: 'DIRECT',
      price: 9_900,
      group: groupOf('SK'),
      partner: null,
    },
    {
      sku: 'CB-PT-0004',
      name: '기모 조거 팬츠',
      option: '블랙 / L',
      inventory: 'CONSIGN',
      price: 28_900,
      group: groupOf('PT'),
      partner: cotton,
    },
  ];
  return drafts.map((draft, i) => finish(draft, rngOf(seed, 'known product', i), now));
}

function invented(seed: number, now: number, partners: readonly Partner[]): Product[] {
  const counts = shareOut(
    PRODUCTS - 4,
    GROUPS.map((group) => group.share),
  );
  const products: Product[] = [];
  for (const [g, group] of GROUPS.entries()) {
    const sellers = partners.filter((partner) => partner.kinds.includes(group.kind));
    const rng = rngOf(seed, `products ${group.code}`);
    for (let left = counts[g] ?? 0; left > 0; ) {
      const name = `${rng.pick(group.first)} ${rng.pick(group.nouns)}`;
      const price = priceOf(group, rng);
      // The same name from another partner, or at another price, is another product: shops are like that.
      for (let options = Math.min(left, rng.int(2, 5)); options > 0; options--, left--) {
        const inventory = rng.pick(['CONSIGN', 'CONSIGN', 'CONSIGN', 'DIRECT', 'FULFIL'] as const);
        const partner = inventory === 'DIRECT' ? null : (rng.pick(sellers) ?? null);
        const sku = `${partner?.code ?? 'OG'}-${group.code}-${String(products.length + 5).padStart(4, '0')}`;
        products.push(
          finish({ sku, name, option: rng.pick(group.options), inventory, price, group, partner }, rng, now),
        );
      }
    }
  }
  return products;
}

/** Prices as shops write them: most end in 900, some in 000. */
function priceOf(group: Group, rng: Rng): number {
  const [low, high] = group.price;
  const skewed = low + (high - low) * rng.next() ** 2;
  return Math.round(skewed / 1000) * 1000 - (rng.chance(0.8) ? 100 : 0);
}
