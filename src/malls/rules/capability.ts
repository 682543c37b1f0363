import type { z } from 'zod';
import type { Capability as CapabilityShape } from '../contract.ts';
import { MALL_VERBS, type MallVerb } from './verbs.ts';

export type Capability = z.infer<typeof CapabilityShape>;
/** A mall as far as the question goes what it lets Haedap do. `verbs` is what its connector or its set-up declares. */
export type MallLink = {
  link: 'full' | 'orders' | 'none';
  adminUrl: string | null;
  verbs: Partial<Record<MallVerb, Partial<Capability>>>;
};

/** Verbs that an orders-only link carries: shipping facts go both ways, claims do not. */
const WITH_ORDERS: readonly MallVerb[] = ['ship', 'reinvoice'];

const NOTES = {
  undeclared: {
    ko: '이 몰에서 되는지 확인되지 않아 몰 관리자에서 처리합니다.',
    en: 'Not known to work here: done in the mall’s admin.',
  },
  orders: {
    ko: '주문만 연동된 몰입니다. 몰 관리자에서 처리합니다.',
    en: 'Only orders are linked: done in the mall’s admin.',
  },
  none: {
    ko: '연동되지 않은 몰입니다. 몰 관리자에서 처리합니다.',
    en: 'This mall is not linked: done in the mall’s admin.',
  },
} as const;

/**
 * How a verb is done at a mall: what the mall declares, cut down to what its link level carries. What nobody declared
 * is done by hand in the mall's admin and says so; without an admin address it cannot be done from here.
 */
export function howTo(mall: MallLink, verb: MallVerb): Capability {
  const declared = mall.verbs[verb];
  const byHand = (note: Capability['note']): Capability => ({
    how: mall.adminUrl || declared?.deepLink ? 'deep_link' : 'none',
    verified: false,
    note,
    deepLink: declared?.deepLink ?? mall.adminUrl,
  });
  if (!declared?.how) return byHand(NOTES.undeclared);
  if (declared.how === 'api' && mall.link === 'none') return byHand(NOTES.none);
  if (declared.how === 'api' && mall.link === 'orders' && !WITH_ORDERS.includes(verb)) return byHand(NOTES.orders);
  return {
    how: declared.how,
    verified: declared.verified ?? false,
    note: declared.note ?? null,
    deepLink: declared.how === 'deep_link' ? (declared.deepLink ?? mall.adminUrl) : null,
  };
}

/** Every verb of a mall. */
export function capabilitiesOf(mall: MallLink): Record<MallVerb, Capability> {
  return Object.fromEntries(MALL_VERBS.map((verb) => [verb, howTo(mall, verb)])) as Record<MallVerb, Capability>;
}

/** The page of a deep link for one order; null when the verb has none. Only http(s) leads anywhere. */
export function pageOf({ how, deepLink }: Capability, mallOrderNo: string): string | null {
  if (how !== 'deep_link' || !deepLink || !/^https?:\/\//.test(deepLink)) return null;
  return deepLink.replaceAll('{orderId}', encodeURIComponent(mallOrderNo));
}
