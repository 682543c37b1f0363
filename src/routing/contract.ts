import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { command, contract, query, refusal } from '#platform/operation.ts';
import { Id, Instant, page, text } from '#platform/values.ts';
import { CHANNELS } from '#tickets/contract/shapes.ts';

const LEADS = ['shift_lead', 'manager', 'head', 'planner', 'admin'] as const;
const Words = z.array(text(60)).max(50).default([]);

export const RuleIn = z.strictObject({
  name: text(60),
  words: Words,
  without: Words,
  senders: Words,
  malls: z.array(MallId).max(100).default([]),
  channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length).default([]),
  person: Id,
  tag: z.string().trim().max(40).default(''),
});
const Rules = z.array(RuleIn).max(50);
const RuleOut = z.strictObject({
  name: z.string(),
  words: z.array(z.string()),
  without: z.array(z.string()),
  senders: z.array(z.string()),
  malls: z.array(z.string()),
  channels: z.array(z.enum(CHANNELS)),
  person: Id,
  personName: z.string(),
  tag: z.string(),
});
const Version = z.strictObject({
  version: z.int(),
  /** 쓰는 판 · 아직 적용 전 · 지난 판 */
  state: z.enum(['active', 'draft', 'past']),
  note: z.string().nullable(),
  writtenBy: z.string(),
  writtenAt: Instant,
  activatedBy: z.string().nullable(),
  activatedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  rules: z.array(RuleOut),
});

const Hit = z.strictObject({
  ticket: z.strictObject({ id: Id, number: z.int(), subject: z.string() }),
  why: z.array(z.string()),
  at: Instant,
});

const beyond = refusal({
  ko: '모든 몰과 센터를 맡은 사람만 규칙을 바꿀 수 있습니다. 본사에 요청해 주세요.',
  en: 'Only who works for all malls and centres may change the rules. Ask the head office.',
});
const SHARED = 'the rules are one list for the company, seen by those who lead; no customer is in the event';

export const routing = contract('routing', {
  title: { ko: '전담 배정', en: 'Routing' },
  permissions: {
    'routing.read': { title: { ko: '전담 배정 규칙 보기', en: 'See routing rules' }, roles: LEADS },
    'routing.edit': {
      title: { ko: '전담 배정 규칙 바꾸기', en: 'Change routing rules' },
      roles: ['manager', 'head', 'admin'],
    },
    'routing.apply': { title: { ko: '전담 배정 실행', en: 'Route contacts' }, roles: ['admin'] },
  },
  companyWide: { saved: SHARED, activated: SHARED },
  operations: {
    versions: query({
      title: { ko: '전담 배정 규칙', en: 'Routing rules' },
      may: 'routing.read',
      input: z.strictObject({}),
      /** Newest first, at most 50. */
      output: z.strictObject({ items: z.array(Version) }),
      example: () => ({}),
    }),
    tryRules: query({
      title: { ko: '지난 상담에 시험', en: 'Try on past contacts' },
      may: 'routing.read',
      /** Days back, at most 5,000 contacts of the caller's scope. Nothing is changed. */
      input: z.strictObject({ rules: Rules, days: z.int().min(1).max(90).default(30) }),
      output: z.strictObject({
        looked: z.int(),
        /** There were more contacts in these days than were looked at. */
        more: z.boolean(),
        rules: z.array(z.strictObject({ name: z.string(), matched: z.int(), newest: z.array(Hit) })),
      }),
      example: (known) => ({ rules: [{ name: '단체', words: ['단체 주문'], person: known.userId }], days: 7 }),
    }),
    save: command({
      title: { ko: '전담 배정 규칙 저장', en: 'Save routing rules' },
      may: 'routing.edit',
      /** The whole list as a new version, which is not in effect yet. */
      input: z.strictObject({ rules: Rules, note: text(500).optional() }),
      output: z.strictObject({ version: z.int() }),
      refusals: {
        beyond_your_scope: beyond,
        names_nothing: refusal(
          {
            ko: "'{rule}' 규칙에 낱말도 보낸 사람도 없습니다. 하나 이상 적어 주세요.",
            en: "The rule '{rule}' names neither words nor senders. Name at least one.",
          },
          { rule: z.string() },
        ),
        person_unknown: refusal(
          {
            ko: "'{rule}' 규칙의 담당자는 상담을 맡을 수 없습니다. 다른 담당자를 골라 주세요.",
            en: "The person of the rule '{rule}' cannot take tickets. Choose somebody else.",
          },
          { rule: z.string() },
        ),
      },
      example: (known) => ({ rules: [{ name: '단체', words: ['단체 주문'], person: known.userId }] }),
    }),
    activate: command({
      title: { ko: '전담 배정 규칙 적용', en: 'Put routing rules into effect' },
      may: 'routing.edit',
      input: z.strictObject({ version: z.int().positive().max(2_000_000_000) }),
      output: z.strictObject({ version: z.int() }),
      refusals: {
        beyond_your_scope: beyond,
        not_a_draft: refusal({
          ko: '이미 적용했던 판입니다. 그 내용을 새 판으로 저장한 뒤 적용해 주세요.',
          en: 'This version was in effect before. Save its rules as a new version, then put that into effect.',
        }),
      },
      example: (known) => ({ version: Number(known.routingVersion) }),
    }),
    hits: query({
      title: { ko: '전담 배정된 상담', en: 'Routed contacts' },
      may: 'routing.read',
      input: z.strictObject({ ...pagingBy('time', 'id') }),
      output: page(
        z.strictObject({
          ticket: z.strictObject({ id: Id, number: z.int().nullable(), subject: z.string() }),
          version: z.int(),
          rule: z.string(),
          why: z.array(z.string()),
          person: z.string(),
          mall: MallId,
          at: Instant,
        }),
      ),
      example: () => ({}),
    }),
    /** Gives a new contact to whom the rules in effect name; at most once a ticket. */
    route: command({
      title: { ko: '전담자에게 배정', en: 'Route a contact' },
      may: 'routing.apply',
      input: z.strictObject({ ticket: Id }),
      output: z.strictObject({ routed: z.boolean() }),
      scoped: true,
      example: (known) => ({ ticket: known.ticketId }),
    }),
  },
});
