import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { command, query, refusal } from '#platform/operation.ts';
import { Id, Instant, pii, text } from '#platform/values.ts';
import { CONSENT_CHANNELS, IDENTITY_KINDS, MESSENGERS } from '../rules/identities.ts';

const DESK = ['agent', 'senior_agent', 'shift_lead', 'manager', 'head'] as const;

/** A further way to know a customer; phones and e-mails are masked as such, of an account its first letters stay. */
export const Identity = z.strictObject({
  id: Id,
  kind: z.enum(IDENTITY_KINDS),
  source: z.string(),
  phone: pii('phone').nullable(),
  email: pii('email').nullable(),
  account: z.string().nullable(),
  addedAt: Instant,
});
export const Consent = z.strictObject({
  channel: z.enum(CONSENT_CHANNELS),
  given: z.boolean(),
  how: z.string(),
  at: Instant,
});

const stale_version = refusal(
  {
    ko: '그사이 다른 사람이 이 고객 정보를 바꾸었습니다. 지금 내용을 보고 다시 저장해 주세요.',
    en: 'Somebody changed this customer meanwhile. Look at it as it is now and save again.',
  },
  { version: z.int() },
);
const identity_unconfirmed = refusal({
  ko: '이름, 연락처, 주소는 본인확인을 한 뒤에 바꿀 수 있습니다. 두 가지를 여쭙고 확인해 주세요.',
  en: 'Name, phone, e-mail and address may change once you have checked who speaks. Ask for two facts.',
});
const unreadable_identity = refusal({
  ko: '전화번호나 이메일로 읽을 수 없습니다. 안심번호(050)나 가려진 값은 쓸 수 없습니다.',
  en: 'This cannot be read as a phone or e-mail. Safe numbers (050) and masked values do not count.',
});
const account_taken = refusal(
  {
    ko: '다른 고객의 계정입니다. 같은 분이면 두 고객을 합쳐 주세요.',
    en: 'This account belongs to another customer. If it is the same person, merge the two.',
  },
  /** Null: one that the caller may not see. */
  { customer: Id.nullable() },
);
const Version = z.strictObject({ version: z.int() });
const Changed = z.strictObject({
  name: pii('name').nullable().optional(),
  phone: pii('phone').nullable().optional(),
  email: pii('email').nullable().optional(),
  address: pii('address').nullable().optional(),
  postcode: z.string().nullable().optional(),
  memo: z.string().nullable().optional(),
});

export const profilePermissions = {
  'customers.change': { title: { ko: '고객 정보 변경', en: 'Change customers' }, roles: DESK },
} as const;

export const profileOperations = {
  change: command({
    title: { ko: '고객 정보 변경', en: 'Change a customer' },
    may: 'customers.change',
    /** What is left out stays; null empties. `version`: the one that the screen showed. */
    input: z.strictObject({
      id: Id,
      version: z.int().positive().max(2_000_000_000).optional(),
      name: text(60).optional(),
      phone: z.string().trim().min(8).max(30).nullable().optional(),
      email: z.email().max(200).nullable().optional(),
      postcode: z.string().trim().min(5).max(10).nullable().optional(),
      address: text(300).nullable().optional(),
      memo: text(2_000).nullable().optional(),
      reason: text(500).optional(),
    }),
    output: Version,
    refusals: { stale_version, identity_unconfirmed, unreadable_identity },
    refreshes: ['customers'],
    scoped: true,
    example: (known) => ({ id: known.customerId, memo: '오전 통화 선호' }),
  }),
  changes: query({
    title: { ko: '고객 정보 변경 이력', en: 'Changes of a customer' },
    may: 'customers.read',
    input: z.strictObject({ id: Id }),
    /** The newest hundred. */
    output: z.strictObject({
      items: z.array(
        z.strictObject({
          id: Id,
          at: Instant,
          by: z.string(),
          reason: z.string().nullable(),
          before: Changed,
          after: Changed,
        }),
      ),
    }),
    scoped: true,
    example: (known) => ({ id: known.customerId }),
  }),
  setConsent: command({
    title: { ko: '광고 수신 동의 변경', en: 'Set a consent to advertising' },
    may: 'customers.change',
    input: z.strictObject({ id: Id, channel: z.enum(CONSENT_CHANNELS), given: z.boolean(), how: text(200) }),
    output: Version,
    refreshes: ['customers'],
    scoped: true,
    example: (known) => ({ id: known.customerId, channel: 'sms' as const, given: false, how: '통화 중 수신거부 요청' }),
  }),
  addIdentity: command({
    title: { ko: '연락처·계정 추가', en: 'Add a way to know a customer' },
    may: 'customers.change',
    /** `source`: the mall of a member id, the messenger of a key. */
    input: z
      .strictObject({
        id: Id,
        kind: z.enum(IDENTITY_KINDS),
        source: z.union([MallId, z.enum(MESSENGERS)]).optional(),
        value: text(200),
      })
      .refine(({ kind, source }) => (kind === 'mall_id' || kind === 'messenger') === (source !== undefined), {
        error: 'source',
        path: ['source'],
      }),
    output: z.strictObject({ identity: Id }),
    refusals: { unreadable_identity, account_taken },
    refreshes: ['customers'],
    scoped: true,
    example: (known) => ({ id: known.customerId, kind: 'phone' as const, value: '010-0000-2233' }),
  }),
  removeIdentity: command({
    title: { ko: '연락처·계정 삭제', en: 'Remove a way to know a customer' },
    may: 'customers.change',
    input: z.strictObject({ identity: Id }),
    output: Version,
    refreshes: ['customers'],
    scoped: true,
    example: (known) => ({ identity: known.identityId }),
  }),
};
