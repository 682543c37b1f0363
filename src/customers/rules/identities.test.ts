import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountKey, type Candidate, identityKey, matchContact } from './identities.ts';

const candidate = (id: string, name: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ id, name, phones: [], emails: [], accounts: [] },
  ...more,
});
const contact = (more: Partial<Parameters<typeof matchContact>[0]>) => ({
  ...{ name: null, phone: null, email: null, account: null },
  ...more,
});
const PHONE = '01000001234';

test('a phone is compared by its digits, with or without the country; safe numbers and scraps are none', () => {
  for (const told of ['010-0000-1234', '+82 10 0000 1234', '0082-10-0000-1234', ' 010.0000.1234 '])
    expect(identityKey('phone', told)).toBe(PHONE);
  for (const told of ['0504-1234-5678', '1234', '', '010-****-1234', '내선 12'])
    expect(identityKey('phone', told)).toBe(null);
});

test('an e-mail is compared in lower case; a masked one is none', () => {
  expect(identityKey('email', ' Kim@Example.COM ')).toBe('kim@example.com');
  for (const told of ['kim', 'k***@example.com', 'kim@', '@example.com']) expect(identityKey('email', told)).toBe(null);
});

test('the account of a mall or messenger decides alone, whatever name is said', () => {
  const account = { kind: 'mall_id' as const, source: 'cafe24', value: 'Kim123' };
  const known = [
    candidate('a', '김서연', { phones: [PHONE] }),
    candidate('b', '이도윤', { accounts: [accountKey('mall_id', 'cafe24', 'kim123')] }),
  ];
  expect(matchContact(contact({ name: '김서연', phone: PHONE, account }), known)).toEqual({
    ...{ kind: 'same', id: 'b', by: 'account' },
  });
  expect(matchContact(contact({ account: { ...account, source: 'naver' } }), known)).toEqual({
    kind: 'maybe',
    ids: [],
  });
});

test('phone and name, or e-mail and name, are the same customer; a phone alone only proposes', () => {
  const known = [
    candidate('a', '김서연', { phones: [PHONE] }),
    candidate('b', '김 도윤', { phones: [PHONE], emails: ['kim@example.com'] }),
  ];
  expect(matchContact(contact({ name: '김도윤', phone: '010-0000-1234' }), known)).toMatchObject({
    id: 'b',
    by: 'phone',
  });
  expect(matchContact(contact({ name: '김도윤', email: 'KIM@example.com' }), known)).toMatchObject({ by: 'email' });
  expect(matchContact(contact({ name: '박지민', phone: PHONE }), known)).toEqual({ kind: 'maybe', ids: ['a', 'b'] });
  expect(matchContact(contact({ phone: PHONE }), known)).toEqual({ kind: 'maybe', ids: ['a', 'b'] });
  expect(matchContact(contact({ name: '김서연' }), known)).toEqual({ kind: 'maybe', ids: [] });
});

test('nobody is taken for the same without an account, or a name that agrees together with a phone or e-mail', () => {
  const names = fc.constantFrom('김서연', '이도윤', '박지민');
  const phones = fc.constantFrom('01000001234', '01000005678');
  const emails = fc.constantFrom('a@example.com', 'b@example.com');
  const person = fc.record({ name: names, phones: fc.uniqueArray(phones), emails: fc.uniqueArray(emails) });
  fc.assert(
    fc.property(
      fc.array(person, { maxLength: 6 }),
      fc.record({ name: fc.option(names), phone: fc.option(phones), email: fc.option(emails) }),
      (people, told) => {
        const known = people.map((one, i) => candidate(`c${i}`, one.name, one));
        const match = matchContact(contact(told), known);
        const agrees = (one: Candidate) =>
          one.name === told.name &&
          ((told.phone !== null && one.phones.includes(told.phone)) ||
            (told.email !== null && one.emails.includes(told.email)));
        expect(match.kind === 'same').toBe(known.some(agrees));
        if (match.kind === 'same') expect(known.filter(agrees).map(({ id }) => id)).toContain(match.id);
      },
    ),
  );
});
