import { z } from 'zod';
import { contract, query, ROLES } from '#platform/operation.ts';
import { page } from '#platform/values.ts';

/** A mall's code: `own`, `naver`, `11st`. */
export const MallId = z
  .string()
  .regex(/^[a-z0-9_-]{1,40}$/)
  .describe('Code of a mall');

export const Mall = z.strictObject({
  id: MallId,
  name: z.strictObject({ ko: z.string(), en: z.string() }),
  /** Two letters that stand before a customer's name: 자사, 스스. */
  short: z.string(),
  link: z.enum(['full', 'orders', 'none']),
  adminUrl: z.string().nullable(),
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
