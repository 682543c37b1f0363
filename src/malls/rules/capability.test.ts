import { expect, test } from 'vitest';
import { capabilitiesOf, howTo, type MallLink, pageOf } from './capability.ts';
import { MALL_VERBS } from './verbs.ts';

const admin = 'https://mall.example.com/admin';
const mall = (more: Partial<MallLink> = {}): MallLink => ({
  link: 'full',
  adminUrl: admin,
  verbs: { 'return.accept': { how: 'api', verified: true }, ship: { how: 'api', verified: true } },
  ...more,
});

test('a link level carries what it can, and what it cannot is done by hand with a note that says so', () => {
  expect(howTo(mall(), 'return.accept')).toEqual({ how: 'api', verified: true, note: null, deepLink: null });
  expect(howTo(mall({ link: 'orders' }), 'ship').how).toBe('api');
  for (const link of ['orders', 'none'] as const)
    expect(howTo(mall({ link }), 'return.accept')).toMatchObject({
      how: 'deep_link',
      verified: false,
      deepLink: admin,
      note: { ko: expect.stringContaining('몰 관리자') },
    });
  expect(howTo(mall({ link: 'none' }), 'ship').how).toBe('deep_link');
});

test('a verb that nobody declared never passes for one that works', () => {
  expect(howTo(mall(), 'exchange.accept')).toMatchObject({ how: 'deep_link', verified: false });
  expect(howTo(mall({ adminUrl: null }), 'exchange.accept')).toMatchObject({ how: 'none', deepLink: null });
  expect(Object.keys(capabilitiesOf(mall()))).toEqual([...MALL_VERBS]);
});

test('a deep link leads to the order, its number encoded, and never to anything but a web page', () => {
  const verbs: MallLink['verbs'] = { 'return.reject': { how: 'deep_link', deepLink: `${admin}/orders/{orderId}` } };
  const capability = howTo(mall({ verbs }), 'return.reject');
  expect(pageOf(capability, 'A/1 2')).toBe(`${admin}/orders/A%2F1%202`);
  expect(pageOf({ ...capability, deepLink: 'javascript:alert(1)' }, '1')).toBeNull();
  expect(pageOf(howTo(mall(), 'return.accept'), '1')).toBeNull();
});
