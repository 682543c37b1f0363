import type { Output } from '#platform/operation.ts';
import type { catalogue } from '../contract.ts';

export type PartnerRow = Output<typeof catalogue.operations.listPartners>['items'][number];

export const PARTNER_COLUMNS = [
  'partner.id',
  'partner.code',
  'partner.name',
  'partner.business_open',
  'partner.business_close',
  'partner.order_cutoff',
  'partner.md_email',
] as const;

type Selected = {
  id: string;
  code: string;
  name: string;
  business_open: string;
  business_close: string;
  order_cutoff: string;
  md_email: string | null;
};

/** `09:00:00` of the database as `09:00`. */
const clock = (time: string) => time.slice(0, 5);

export const partnerRow = (row: Selected): PartnerRow => ({
  id: row.id,
  code: row.code,
  name: row.name,
  businessHours: { open: clock(row.business_open), close: clock(row.business_close) },
  orderCutoff: clock(row.order_cutoff),
  mdEmail: row.md_email,
});
