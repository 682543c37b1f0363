import { Fields } from '#policies/rules/fields.ts';
import type { UnitRef } from './unit.ts';

const NAMES = new Set(['line', 'unitNos', 'child']);

/** `[{line, unitNos, [child]}]` as a list of single units, in the order given. */
export function readUnitRefs(at: Fields, name: string): UnitRef[] {
  const refs: UnitRef[] = [];
  const rows = at.list(name);
  for (const row of rows) {
    const fields = new Fields(row, name, 'T7');
    fields.only(NAMES);
    const line = fields.text('line');
    const child = fields.has('child') ? fields.number('child', 1, 1_000) : 0;
    const numbers = fields.list('unitNos');
    if (numbers.length === 0) fields.fail('bad_input', 'unitNos');
    for (const unitNo of numbers) {
      if (typeof unitNo !== 'number' || !Number.isSafeInteger(unitNo)) fields.fail('bad_input', 'unitNos');
      else if (unitNo < 1) fields.fail('unit_unknown', 'unitNos');
      else refs.push(child ? { line, unitNo, child } : { line, unitNo });
    }
    at.part(fields);
  }
  if (rows.length === 0) at.fail('bad_input', name);
  const keys = new Set(refs.map((ref) => `${ref.line}.${ref.unitNo}.${ref.child ?? 0}`));
  if (keys.size !== refs.length) at.fail('bad_input', name);
  return refs;
}
