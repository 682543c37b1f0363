import { z } from 'zod';
import { command, query, refusal } from '#platform/operation.ts';
import { Id, Instant, Krw, pii, text } from '#platform/values.ts';

const MERGERS = ['senior_agent', 'shift_lead', 'manager', 'head'] as const;

const Side = z.strictObject({
  id: Id,
  name: pii('name'),
  phone: pii('phone').nullable(),
  email: pii('email').nullable(),
  malls: z.array(z.string()),
  points: Krw,
  memo: z.string().nullable(),
  createdAt: Instant,
  orders: z.int(),
  tickets: z.int(),
  calls: z.int(),
  identities: z.int(),
});
/** A customer that was found to be the same as another, and still can be taken apart. */
export const Merged = z.strictObject({ merge: Id, id: Id, name: pii('name'), at: Instant, by: z.string() });

const same_customer = refusal({
  ko: '같은 고객입니다. 합칠 다른 고객을 골라 주세요.',
  en: 'This is the same customer. Choose another one to merge.',
});
const merge_moved = refusal({
  ko: '그사이 두 고객 가운데 하나가 이미 합쳐졌거나 나뉘었습니다. 새로 고친 뒤 다시 봐 주세요.',
  en: 'One of the two was merged or taken apart meanwhile. Reload and look again.',
});

export const mergePermissions = {
  'customers.merge': { title: { ko: '고객 합치기', en: 'Merge customers' }, roles: MERGERS },
} as const;

export const mergeOperations = {
  previewMerge: query({
    title: { ko: '고객 합치기 미리보기', en: 'Preview of a merge' },
    may: 'customers.merge',
    input: z.strictObject({ from: Id, into: Id }),
    /** `agrees`: what is the same in both, `differs`: what speaks against it. `into` keeps its name and first contact. */
    output: z.strictObject({
      from: Side,
      into: Side,
      agrees: z.array(z.enum(['name', 'phone', 'email'])),
      differs: z.array(z.enum(['name', 'phone', 'email'])),
    }),
    refusals: { same_customer, merge_moved },
    scoped: true,
    example: (known) => ({ from: known.otherCustomerId, into: known.customerId }),
  }),
  merge: command({
    title: { ko: '고객 합치기', en: 'Merge customers' },
    may: 'customers.merge',
    input: z.strictObject({ from: Id, into: Id, reason: text(500) }),
    output: z.strictObject({ merge: Id }),
    refusals: { same_customer, merge_moved },
    refreshes: ['customers', 'orders', 'tickets', 'calls'],
    scoped: true,
    example: (known) => ({ from: known.otherCustomerId, into: known.customerId, reason: '번호를 바꾼 같은 고객' }),
  }),
  unmerge: command({
    title: { ko: '합친 고객 되돌리기', en: 'Take a merge back' },
    may: 'customers.merge',
    input: z.strictObject({ merge: Id, reason: text(500).optional() }),
    output: z.strictObject({ from: Id, into: Id }),
    refusals: { merge_moved },
    refreshes: ['customers', 'orders', 'tickets', 'calls'],
    scoped: true,
    example: (known) => ({ merge: known.mergeId }),
  }),
};
