import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sharesByLine, statementOf } from './statement.ts';

const line = (id: string, listPrice: number, qty = 1, taxKind = 'TAXABLE') => ({
  ...{ id, name: `상품 ${id}`, optionText: null, listPrice, qty, taxKind },
});

test('the statement of O1 (claims.md): 79,600 paid, of it 7,236 VAT', () => {
  const statement = statementOf({
    lines: [line('A', 29_900), line('B', 15_000, 2), line('C', 9_900, 3)],
    groups: [{ paid: 0, remotePaid: 0 }],
    allocation: {
      units: [
        ...[
          { line: 'A', net: 26_563 },
          { line: 'B', net: 13_326 },
          { line: 'B', net: 13_326 },
        ],
        ...[
          { line: 'C', net: 8_795 },
          { line: 'C', net: 8_795 },
          { line: 'C', net: 8_795 },
        ],
      ],
    },
  });
  expect(statement).toMatchObject({ total: 79_600, exempt: 0, supply: 72_364, vat: 7_236, shipping: 0 });
  expect(statement?.lines.map(({ paid }) => paid)).toEqual([26_563, 26_652, 26_385]);
});

test('goods without VAT are left out of it, shipping is not', () => {
  const statement = statementOf({
    lines: [line('A', 11_000), line('B', 20_000, 1, 'EXEMPT')],
    groups: [{ paid: 3_000, remotePaid: 1_000 }],
    allocation: {
      units: [
        { line: 'A', net: 11_000 },
        { line: 'B', net: 20_000 },
      ],
    },
  });
  expect(statement).toMatchObject({ total: 35_000, exempt: 20_000, vat: 1_363, supply: 13_637 });
});

test('supply, VAT and exempt goods always add up to what was paid, and the shares of a line to its price', () => {
  const unit = fc.record({ list: fc.integer({ min: 0, max: 900_000 }), off: fc.integer({ min: 0, max: 900_000 }) });
  fc.assert(
    fc.property(fc.array(unit, { minLength: 1, maxLength: 12 }), fc.integer({ min: 0, max: 9_000 }), (units, fee) => {
      const lines = units.map(({ list }, i) => line(`L${i}`, list, 1, i % 3 === 0 ? 'EXEMPT' : 'TAXABLE'));
      const shared = units.map(({ list, off }, i) => ({
        ...{ line: `L${i}`, net: Math.max(0, list - off), benefits: { b: Math.min(list, off) } },
      }));
      const statement = statementOf({ lines, groups: [{ paid: fee, remotePaid: 0 }], allocation: { units: shared } });
      if (!statement) throw new Error('no statement');
      expect(statement.supply + statement.vat + statement.exempt).toBe(statement.total);
      expect(statement.total).toBe(fee + shared.reduce((sum, { net }) => sum + net, 0));
      for (const [i, row] of sharesByLine({ units: shared }, lines).entries())
        expect(row.net + (row.benefits.b ?? 0)).toBe(units[i]?.list);
    }),
  );
});
