import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { compileMask, maskAddress, maskEmail, maskName, maskPhone } from './masking.ts';
import { Id, page, pii } from './values.ts';

test('a Korean name keeps its first and last syllable', () => {
  expect(maskName('김서연')).toBe('김*연');
  expect(maskName('김연')).toBe('김*');
  expect(maskName('남궁서연')).toBe('남**연');
});

test('a foreign name keeps the first letter of each word', () => {
  expect(maskName('John Smith')).toBe('J*** S***');
});

test('a phone number keeps its prefix and its last four digits, however it was written', () => {
  for (const phone of ['01028411234', '010-2841-1234', '010 2841 1234']) expect(maskPhone(phone)).toBe('010-****-1234');
  expect(maskPhone('1234')).toBe('****');
});

test('an e-mail address keeps its first letter and its domain', () => {
  expect(maskEmail('kim.seoyeon@example.com')).toBe('k***@example.com');
  expect(maskEmail('@example.com')).toBe('***');
});

test('an address keeps city and district only', () => {
  expect(maskAddress('서울 성동구 왕십리로 83-21, 1204호')).toBe('서울 성동구 ***');
  expect(maskAddress('서울')).toBe('***');
});

const list = page(
  z.strictObject({
    id: Id,
    customer: z.strictObject({ name: pii('name'), phone: pii('phone').nullable() }).nullable(),
    recipients: z
      .array(z.union([z.strictObject({ email: pii('email') }), z.strictObject({ name: pii('name') })]))
      .optional(),
  }),
);

test('a compiled mask reaches personal data below lists, nulls, options and unions, and nothing else', () => {
  const masker = compileMask(list);
  const masked = masker?.({
    items: [
      {
        id: 'a',
        customer: { name: '김서연', phone: '010-2841-1234' },
        recipients: [{ email: 'kim@example.com' }, { name: '이도윤' }],
      },
      { id: 'b', customer: null },
      { id: 'c', customer: { name: '박민', phone: null } },
    ],
    next: '김서연',
  });
  expect(masked).toEqual({
    items: [
      {
        id: 'a',
        customer: { name: '김*연', phone: '010-****-1234' },
        recipients: [{ email: 'k***@example.com' }, { name: '이*윤' }],
      },
      { id: 'b', customer: null },
      { id: 'c', customer: { name: '박*', phone: null } },
    ],
    next: '김서연',
  });
});

test('a schema without personal data needs no mask', () => {
  expect(compileMask(z.strictObject({ id: Id, tags: z.array(z.string()) }))).toBeNull();
});

test('no masked phone number shows the middle digits', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^010[1-9][0-9]{3}[0-9]{4}$/), (phone) => {
      expect(maskPhone(phone)).toBe(`010-****-${phone.slice(7)}`);
    }),
  );
});
