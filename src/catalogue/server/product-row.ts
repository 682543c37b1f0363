import type { Output } from '#platform/operation.ts';
import type { catalogue } from '../contract.ts';

export type ProductRow = Output<typeof catalogue.operations.listProducts>['items'][number];

export const PRODUCT_COLUMNS = [
  'product.id',
  'product.sku',
  'product.name',
  'product.option_text',
  'product.product_group',
  'product.inventory_type',
  'product.partner_id',
  'product.list_price_krw',
  'product.status',
  'partner.name as partner_name',
] as const;

type Selected = {
  id: string;
  sku: string;
  name: string;
  option_text: string | null;
  product_group: string;
  inventory_type: string;
  partner_id: string | null;
  partner_name: string | null;
  list_price_krw: number;
  status: string;
};

export const productRow = (row: Selected): ProductRow => ({
  id: row.id,
  sku: row.sku,
  name: row.name,
  option: row.option_text,
  group: row.product_group,
  inventoryType: row.inventory_type as ProductRow['inventoryType'],
  partner: row.partner_id ? { id: row.partner_id, name: row.partner_name ?? '' } : null,
  listPrice: row.list_price_krw,
  status: row.status as ProductRow['status'],
});
