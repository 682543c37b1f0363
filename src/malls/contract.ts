import { z } from 'zod';
import { contract, query, ROLES } from '#platform/operation.ts';
import { page } from '#platform/values.ts';

/** A mall's code: `own`, `naver`, `11st`. */
export const MallId = z
  .string()
  .regex(/^[a-z0-9_-]{1,40}$/)
  .describe('Code of a mall');

/** What can be done with an order at a mall. `ship`: tell the waybill; `reinvoice`: change it. */
export const MALL_VERBS = [
  ...([
    'cancel.accept',
    'cancel.reject',
    'return.request',
    'return.accept',
    'return.reject',
    'return.withdraw',
  ] as const),
  ...(['exchange.accept', 'exchange.reject', 'exchange.reship', 'return.convert', 'exchange.convert'] as const),
  ...(['ship', 'reinvoice', 'addressChange', 'refundPreview', 'inquiry.answer'] as const),
] as const;
export const MallVerb = z.enum(MALL_VERBS);
export type MallVerb = z.infer<typeof MallVerb>;

/**
 * How a verb is done at a mall. `api`: Haedap tells the mall; `deep_link`: somebody does it in the mall's own admin, at
 * the page of `deepLink` (`{orderId}` is the mall's order number); `none`: it cannot be done there. `verified`: tried
 * against the mall or documented by it.
 */
export const Capability = z.strictObject({
  how: z.enum(['api', 'deep_link', 'none']),
  verified: z.boolean(),
  note: z.strictObject({ ko: z.string(), en: z.string() }).nullable(),
  deepLink: z.string().nullable(),
});

export const Mall = z.strictObject({
  id: MallId,
  name: z.strictObject({ ko: z.string(), en: z.string() }),
  /** Two letters that stand before a customer's name: 자사, 스스. */
  short: z.string(),
  link: z.enum(['full', 'orders', 'none']),
  adminUrl: z.string().nullable(),
  /** Each verb as it stands for this mall, by its link level and what the mall offers: never a silent difference. */
  verbs: z.record(MallVerb, Capability),
  /** Hours within which the mall wants an answer; null: it sets none. */
  answerHours: z.int().nullable(),
});

export const malls = contract('malls', {
  title: { ko: '몰', en: 'Malls' },
  permissions: {
    'malls.read': { title: { ko: '몰 보기', en: 'See malls' }, roles: ROLES },
  },
  operations: {
    list: query({
      title: { ko: '판매 중인 몰', en: 'Malls' },
      may: 'malls.read',
      input: z.strictObject({}),
      output: page(Mall),
      example: () => ({}),
    }),
    get: query({
      title: { ko: '몰', en: 'Mall' },
      may: 'malls.read',
      input: z.strictObject({ id: MallId }),
      output: Mall,
      scoped: true,
      example: (known) => ({ id: known.mall }),
    }),
  },
});
