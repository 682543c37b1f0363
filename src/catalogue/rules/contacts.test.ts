import { expect, test } from 'vitest';
import { companyContactFor, contactsInOrder } from './contacts.ts';

const all = [{ kind: 'md' as const }, { kind: 'logistics' as const }, { kind: 'partner' as const }];
const kinds = (type: 'CONSIGN' | 'DIRECT' | 'FULFIL', there = all) =>
  contactsInOrder(type, there).map(({ kind }) => kind);

test('consigned goods ask the partner, bought ones the MD, fulfilled ones logistics', () => {
  expect(kinds('CONSIGN')).toEqual(['partner', 'md']);
  expect(kinds('DIRECT')).toEqual(['md', 'logistics']);
  expect(kinds('FULFIL')).toEqual(['logistics', 'md', 'partner']);
});

test('who is not there is passed over', () => {
  expect(kinds('CONSIGN', [{ kind: 'md' }])).toEqual(['md']);
  expect(kinds('DIRECT', [])).toEqual([]);
});

test('who names the group goes before who answers for the rest', () => {
  const rest = { name: 'rest', groups: [] };
  const knits = { name: 'knits', groups: ['니트'] };
  expect(companyContactFor('니트', [rest, knits])).toBe(knits);
  expect(companyContactFor('양말', [rest, knits])).toBe(rest);
  expect(companyContactFor('양말', [knits])).toBeNull();
});
