/** What a statement is made of: an order with its frozen allocation. Sums in KRW. */
type Priced = {
  lines: readonly {
    id: string;
    name: string;
    optionText: string | null;
    listPrice: number;
    qty: number;
    taxKind: string;
  }[];
  groups: readonly { paid: number; remotePaid: number }[];
  allocation: { units: readonly { line: string; net: number }[] } | null;
};
export type StatementLine = {
  line: string;
  name: string;
  option: string | null;
  qty: number;
  listPrice: number;
  /** What its pieces cost after all discounts. */
  paid: number;
  taxed: boolean;
};
export type Statement = {
  lines: StatementLine[];
  shipping: number;
  total: number;
  /** Of the total: goods without VAT (면세·영세), and the rest apart into supply (공급가액) and VAT (부가세). */
  exempt: number;
  supply: number;
  vat: number;
};

/**
 * A transaction statement (거래명세서): what was bought, what it cost after discounts, and the VAT in it, KRW. VAT is
 * ⌊taxable / 11⌋ of the whole order (M11; 부가가치세법 제29조: 공급대가의 110분의 10), never line by line, so that it is
 * the one that refunds reverse. Null when the order's allocation is not known.
 */
export function statementOf({ lines, groups, allocation }: Priced): Statement | null {
  if (!allocation) return null;
  const rows = lines.map(({ id, name, optionText, listPrice, qty, taxKind }) => {
    const paid = allocation.units.reduce((sum, unit) => sum + (unit.line === id ? unit.net : 0), 0);
    return { line: id, name, option: optionText, qty, listPrice, paid, taxed: taxKind === 'TAXABLE' };
  });
  const shipping = groups.reduce((sum, group) => sum + group.paid + group.remotePaid, 0);
  const total = shipping + rows.reduce((sum, { paid }) => sum + paid, 0);
  const exempt = rows.reduce((sum, { paid, taxed }) => sum + (taxed ? 0 : paid), 0);
  const vat = Math.floor((total - exempt) / 11);
  return { lines: rows, shipping, total, exempt, supply: total - exempt - vat, vat };
}

/** How each discount was shared over the lines (M2): one row a line, one figure a benefit, KRW. */
export function sharesByLine(
  allocation: { units: readonly { line: string; net: number; benefits: Readonly<Record<string, number>> }[] },
  lines: readonly { id: string }[],
): { line: string; net: number; benefits: Record<string, number> }[] {
  return lines.map(({ id }) => {
    const benefits: Record<string, number> = {};
    let net = 0;
    for (const unit of allocation.units) {
      if (unit.line !== id) continue;
      net += unit.net;
      for (const [benefit, won] of Object.entries(unit.benefits)) benefits[benefit] = (benefits[benefit] ?? 0) + won;
    }
    return { line: id, net, benefits };
  });
}
