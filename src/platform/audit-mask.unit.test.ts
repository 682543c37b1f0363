import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonical } from './audit.ts';
import { maskForAudit } from './audit-mask.ts';

test('personal data is masked by the name of its field, however deep', () => {
  const order = {
    customer: { name: '김서연', phone: '010-0000-1234', email: 'kim@example.com' },
    receiver: { name: '박도윤', phone2: '010-0000-9999', address: '서울 성동구 왕십리로 83-21', memo: '문 앞' },
    customer_name: '이하은',
    lines: [{ name: '니트 가디건', qty: 2 }],
  };
  expect(maskForAudit(order)).toEqual({
    customer: { name: '김*연', phone: '010-****-1234', email: 'k***@example.com' },
    receiver: { name: '박*윤', phone2: '010-****-9999', address: '서울 성동구 ***', memo: '‹3 characters›' },
    customer_name: '이*은',
    lines: [{ name: '니트 가디건', qty: 2 }],
  });
});

test('names of colleagues stay readable where the field says that they are colleagues', () => {
  expect(maskForAudit({ assignee: { name: '정유진' }, staffName: '최민호', name: '최민호' })).toEqual({
    assignee: { name: '정유진' },
    staffName: '최민호',
    name: '최*호',
  });
});

test('secrets and account numbers leave nothing behind', () => {
  const kept = JSON.stringify(
    maskForAudit({
      password: 'haedap!1',
      newPassword: 'x',
      otp: 123456,
      accountNumber: '110-123-456789',
      recoveryCodes: ['a1'],
    }),
  );
  for (const secret of ['haedap', '123456', '110', 'a1']) expect(kept).not.toContain(secret);
});

test('numbers and addresses inside other texts are masked by their form, ids are not', () => {
  const id = '01932f6e-0101-7222-8333-010123456789';
  expect(
    maskForAudit({
      reason: '고객 010-0000-1234, kim@example.com, 900101-2345678 요청',
      ticketId: id,
      orderNo: '20261101-0001',
    }),
  ).toEqual({
    reason: '고객 010-****-1234, k***@example.com, ******-******* 요청',
    ticketId: id,
    orderNo: '20261101-0001',
  });
});

test('long lists and long texts are cut and say so', () => {
  const { ids, reason } = maskForAudit({ ids: Array.from({ length: 80 }, (_, n) => n), reason: 'a'.repeat(900) }) as {
    ids: unknown[];
    reason: string;
  };
  expect(ids).toHaveLength(51);
  expect(ids.at(-1)).toBe('… 30 more');
  expect(reason).toHaveLength(501);
});

test('whatever comes in, what comes out is plain JSON that a database keeps unchanged', () => {
  fc.assert(
    fc.property(fc.anything({ withDate: true, withBigInt: true, withNullPrototype: true }), (value) => {
      const out = maskForAudit(value);
      const text = JSON.stringify(out);
      expect(text).not.toContain('\\u0000');
      expect(canonical(JSON.parse(text))).toBe(canonical(out));
    }),
  );
});

test('a phone number in a phone field never comes through', () => {
  const digits = fc.stringMatching(/^010-[0-9]{4}-[0-9]{4}$/);
  fc.assert(
    fc.property(
      digits,
      fc.constantFrom('phone', 'phone2', 'mobile', 'receiver_phone', 'customerPhone', 'reason'),
      (phone, key) => {
        expect(JSON.stringify(maskForAudit({ list: [{ [key]: phone }] }))).not.toContain(phone);
      },
    ),
  );
});

test('canonical JSON does not depend on the order in which keys came in', () => {
  expect(canonical({ b: [1, { d: null, c: 'x' }], a: true })).toBe(canonical({ a: true, b: [1, { c: 'x', d: null }] }));
});
