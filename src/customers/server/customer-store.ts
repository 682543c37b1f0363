import type { Output } from '#platform/operation.ts';
import { searchDocument } from '#platform/search.ts';
import type { customers } from '../contract.ts';

export type CustomerRow = Output<typeof customers.operations.list>['items'][number];

export const CUSTOMER_COLUMNS = [
  'customer.id',
  'customer.name',
  'customer.phone',
  'customer.email',
  'customer.grade',
  'customer.malls',
  'customer.created_at',
] as const;

type Selected = {
  id: string;
  name: string;
  phone: string | null;
  email: string | null;
  grade: string;
  malls: string[];
  created_at: Date;
};

export const customerRow = (row: Selected): CustomerRow => ({
  id: row.id,
  name: row.name,
  phone: row.phone,
  email: row.email,
  grade: row.grade as CustomerRow['grade'],
  malls: row.malls,
  createdAt: row.created_at,
});

/** What a customer is found by: name and its initial consonants, phone digits, e-mail. */
export const customerDocument = (who: { name: string; phone?: string | null; email?: string | null }) =>
  searchDocument({ names: [who.name], phones: [who.phone], texts: [who.email] });
