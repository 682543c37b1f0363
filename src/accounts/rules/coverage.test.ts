import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actorWith, SYSTEM } from '#platform/actors.ts';
import type { Grant } from '#platform/operation.ts';
import { covers, managesWithin } from './coverage.ts';

const names = fc.option(fc.subarray(['a', 'b', 'c'], { minLength: 1 }), { nil: null });
const grant: fc.Arbitrary<Grant> = fc.record({
  role: fc.constant('admin' as const),
  malls: names,
  centres: names,
  partners: names,
});
const PLACES = ['a', 'b', 'c', 'elsewhere'];
const reaches = ({ malls, centres, partners }: Grant, mall: string, centre: string, partner: string) =>
  (malls?.includes(mall) ?? true) && (centres?.includes(centre) ?? true) && (partners?.includes(partner) ?? true);

test('a grant covers another exactly when it reaches every place that the other reaches', () => {
  fc.assert(
    fc.property(grant, grant, (wide, narrow) => {
      const all = PLACES.every((mall) =>
        PLACES.every((centre) =>
          PLACES.every((partner) => !reaches(narrow, mall, centre, partner) || reaches(wide, mall, centre, partner)),
        ),
      );
      expect(covers(wide, narrow)).toBe(all);
    }),
  );
});

test('only administrators manage, each within one of their own grants', () => {
  const everywhere = { role: 'agent', malls: null, centres: null, partners: null } as const;
  const own = { ...everywhere, centres: ['own'] };
  const chief = actorWith('admin');
  const local = actorWith('admin', { centres: ['own'] });
  expect(managesWithin(chief, ['admin'], [everywhere, own])).toBe(true);
  expect(managesWithin(local, ['admin'], [own])).toBe(true);
  expect(managesWithin(local, ['admin'], [own, everywhere])).toBe(false);
  expect(managesWithin(local, ['admin'], [])).toBe(true);
  expect(managesWithin(actorWith('head'), ['admin'], [])).toBe(false);
  expect(managesWithin(SYSTEM, ['admin'], [everywhere])).toBe(true);
});
