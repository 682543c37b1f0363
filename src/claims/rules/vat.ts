import type { Won } from '#orders/rules/order.ts';
import { worthOf } from './exchange-difference.ts';
import type { State } from './state.ts';

/** M11: VAT contained in a taxable amount: ⌊t / 11⌋ (부가가치세법: 공급대가의 11분의 1). */
export function vatIn(taxable: Won): Won {
  return Math.floor(Math.max(0, taxable) / 11);
}

/**
 * M11: VAT on what the customer has paid and not got back: taxable units, shipping and fees. The reversal of
 * a refund is VAT before less VAT after, so that all reversals add up exactly.
 */
export function vatNow(state: State): Won {
  let rest = 0;
  for (const { captured, refunded } of state.tenders) rest += captured - refunded;
  const tenders = new Set(state.tenders.map(({ id }) => id));
  for (const row of state.receivables) if (row.debtor === 'CUSTOMER' && !tenders.has(row.id)) rest += row.paid;
  return vatIn(rest - exemptRest(state));
}

function exemptRest(state: State): Won {
  let exempt = 0;
  for (const unit of state.units) if (!unit.info.taxed && unit.holder && !unit.out) exempt += worthOf(unit);
  for (const { closed, booked, refunds } of state.claims) {
    if (closed || !booked || booked.exempt === 0) continue;
    const total = refunds.reduce((sum, refund) => sum + refund.amount, 0);
    const done = refunds.reduce((sum, refund) => sum + (refund.state === 'DONE' ? refund.amount : 0), 0);
    exempt += booked.exempt - (total === 0 ? 0 : Math.floor((booked.exempt * done) / total));
  }
  return exempt;
}
