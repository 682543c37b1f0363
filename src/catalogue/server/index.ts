import { implement } from '#platform/context.ts';
import { catalogue } from '../contract.ts';
import { getPartner } from './get-partner.ts';
import { getProduct } from './get-product.ts';
import { listPartners } from './list-partners.ts';
import { listProducts } from './list-products.ts';
import { productContacts } from './product-contacts.ts';
import { productFacts } from './product-facts.ts';
import { recordStock } from './record-stock.ts';

export const catalogueRoom = implement(catalogue, {
  listProducts,
  getProduct,
  listPartners,
  getPartner,
  contacts: productContacts,
  productFacts,
  recordStock,
});
