import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { command, contract, query, refusal } from '#platform/operation.ts';
import { Id, Instant, Krw, page, pii, text } from '#platform/values.ts';
import { conductOperations, conductPermissions } from './contract/conduct.ts';
import { Merged, mergeOperations, mergePermissions } from './contract/merge.ts';
import { Consent, Identity, profileOperations, profilePermissions } from './contract/profile.ts';
import { CONDUCT_LEVELS } from './rules/conduct.ts';
import { MESSENGERS } from './rules/identities.ts';
import { IDENTITY_FACTS, SPEAKERS } from './rules/identity.ts';

export const GRADES = ['basic', 'silver', 'gold', 'vip'] as const;
export const REVEALABLE = ['name', 'phone', 'email'] as const;

const DESK = ['agent', 'senior_agent', 'shift_lead', 'manager', 'head'] as const;

export const CustomerRow = z.strictObject({
  id: Id,
  name: pii('name'),
  phone: pii('phone').nullable(),
  email: pii('email').nullable(),
  grade: z.enum(GRADES),
  malls: z.array(MallId),
  createdAt: Instant,
});
export const Customer = CustomerRow.extend({
  /** `30대`, from the year of birth; null when unknown. */
  ageBand: z.string().nullable(),
  /** With those of customers that were merged into this one. */
  points: Krw,
  postcode: z.string().nullable(),
  address: pii('address').nullable(),
  /** Further phones, e-mails, member ids and messengers. */
  identities: z.array(Identity),
  /** The newest word on each channel of advertising; none where nobody was asked. */
  consents: z.array(Consent),
  merged: z.array(Merged),
  /** How far it has gone with them (불만고객). */
  conduct: z.enum(CONDUCT_LEVELS),
  memo: z.string().nullable(),
  counts: z.strictObject({ orders: z.int(), tickets: z.int(), openTickets: z.int(), calls: z.int() }),
  version: z.int(),
});

/** One contact or purchase of a customer, whatever its channel. */
export const TimelineEntry = z.strictObject({
  kind: z.enum(['order', 'ticket', 'call']),
  id: Id,
  at: Instant,
  mall: MallId,
  channel: z.string().nullable(),
  title: z.string(),
  state: z.string(),
  total: Krw.nullable(),
});

/**
 * How a contact names who it is. The account of a mall or messenger decides alone; otherwise a phone or e-mail together
 * with the name.
 */
export const WhoContacts = z.strictObject({
  account: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('mall_id'), source: MallId, value: text(100) }),
      z.strictObject({ kind: z.literal('messenger'), source: z.enum(MESSENGERS), value: text(100) }),
    ])
    .optional(),
  name: text(60),
  phone: z.string().trim().min(3).max(30).optional(),
  email: z.email().max(200).optional(),
});

export const customers = contract('customers', {
  title: { ko: '고객', en: 'Customers' },
  permissions: {
    'customers.read': { title: { ko: '고객 조회', en: 'See customers' }, roles: [...DESK, 'planner', 'admin'] },
    'customers.register': { title: { ko: '고객 등록', en: 'Register customers' }, roles: DESK },
    'customers.identify': { title: { ko: '본인확인', en: 'Check identities' }, roles: DESK },
    ...profilePermissions,
    ...mergePermissions,
    ...conductPermissions,
    'customers.reveal': { title: { ko: '개인정보 열람', en: 'Reveal personal data' }, roles: DESK },
  },
  operations: {
    ...profileOperations,
    ...mergeOperations,
    ...conductOperations,
    list: query({
      title: { ko: '고객 목록', en: 'Customers' },
      may: 'customers.read',
      input: z.strictObject({
        grade: z.enum(GRADES).optional(),
        mall: MallId.optional(),
        ...pagingBy('time', 'id'),
      }),
      output: page(CustomerRow),
      example: () => ({ limit: 20 }),
    }),
    search: query({
      title: { ko: '고객 찾기', en: 'Find customers' },
      may: 'customers.read',
      /** Name or part of it, initial consonants, digits of a phone, e-mail, order number. */
      input: z.strictObject({ q: text(100), ...pagingBy('int', 'time', 'id') }),
      output: page(CustomerRow),
      example: () => ({ q: '김' }),
    }),
    get: query({
      title: { ko: '고객', en: 'Customer' },
      may: 'customers.read',
      input: z.strictObject({ id: Id }),
      output: Customer,
      scoped: true,
      example: (known) => ({ id: known.customerId }),
    }),
    timeline: query({
      title: { ko: '고객 이력', en: 'Timeline of a customer' },
      may: 'customers.read',
      input: z.strictObject({ id: Id, ...pagingBy('time', 'id') }),
      output: page(TimelineEntry),
      scoped: true,
      example: (known) => ({ id: known.customerId }),
    }),
    register: command({
      title: { ko: '고객 등록', en: 'Register a customer' },
      may: 'customers.register',
      input: WhoContacts.extend({ mall: MallId }),
      /**
       * `created` is false when the customer was there already. `maybe`: others with this phone or e-mail and another
       * name, for somebody to look at.
       */
      output: z.strictObject({ id: Id, created: z.boolean(), maybe: z.array(Id) }),
      refreshes: ['customers'],
      example: (known) => ({ name: '남궁가온', phone: '010-0000-1000', email: 'gaon@example.com', mall: known.mall }),
    }),
    reveal: command({
      title: { ko: '개인정보 열람', en: 'Reveal personal data' },
      may: 'customers.reveal',
      input: z.strictObject({ id: Id, field: z.enum(REVEALABLE), reason: text(500).min(5) }),
      /** Plain on purpose: this is the one way to see it, and the record says who looked and why. */
      output: z.strictObject({ value: z.string().nullable() }),
      refreshes: [],
      answerOnce: true,
      scoped: true,
      example: (known) => ({ id: known.customerId, field: 'phone' as const, reason: '고객 요청으로 연락처 확인' }),
    }),
    identity: query({
      title: { ko: '본인확인 상태', en: 'Identity check' },
      may: 'customers.identify',
      input: z.strictObject({ customer: Id }),
      /** The caller's own check while it holds; another agent's does not count. */
      output: z.strictObject({
        held: z
          .strictObject({
            speaker: z.enum(SPEAKERS),
            facts: z.array(z.enum(IDENTITY_FACTS)),
            at: Instant,
            until: Instant,
          })
          .nullable(),
      }),
      scoped: true,
      example: (known) => ({ customer: known.customerId }),
    }),
    confirmIdentity: command({
      title: { ko: '본인확인', en: 'Check an identity' },
      may: 'customers.identify',
      /** Which facts were said and right, never the facts themselves. */
      input: z.strictObject({
        customer: Id,
        speaker: z.enum(SPEAKERS),
        facts: z.array(z.enum(IDENTITY_FACTS)).min(1).max(20),
      }),
      output: z.strictObject({ until: Instant }),
      refusals: {
        two_facts: refusal({
          ko: '서로 다른 두 가지를 확인해 주세요. 걸려 온 번호가 맞으면 하나로 셉니다.',
          en: 'Check two different facts. The number that calls counts as one when it fits.',
        }),
      },
      scoped: true,
      example: (known) => ({
        customer: known.customerId,
        speaker: 'orderer' as const,
        facts: ['name' as const, 'callerNumber' as const],
      }),
    }),
  },
});
