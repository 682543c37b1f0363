import { z } from 'zod';
import { pagingBy } from '#platform/keyset.ts';
import { command, query, refusal } from '#platform/operation.ts';
import { Id, Instant, InstantIn, page, pii, text } from '#platform/values.ts';
import { CONDUCT_KINDS, CONDUCT_LEVELS, CONDUCT_STEPS } from '../rules/conduct.ts';

const DESK = ['agent', 'senior_agent', 'shift_lead', 'manager', 'head'] as const;
const DECIDERS = ['manager', 'head'] as const;
const Kind = z.enum(CONDUCT_KINDS);
/** The evidence: what was said or done, or where it can be heard. */
const Said = text(2_000).min(5);

const BlockState = z.enum(['asked', 'blocked', 'denied', 'lifted', 'withdrawn']);
const Block = z.strictObject({
  id: Id,
  state: BlockState,
  reason: z.string(),
  until: Instant.nullable(),
  askedBy: z.string(),
  askedAt: Instant,
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  note: z.string().nullable(),
});

const step_out_of_order = refusal(
  {
    ko: '주의, 경고, 최종 경고 순서로 알려야 합니다. 성희롱과 협박은 바로 최종 경고할 수 있습니다.',
    en: 'Caution, warning and final warning follow each other. Sexual harassment and threats may go at once to the last.',
  },
  { level: z.enum(CONDUCT_LEVELS), next: z.enum(CONDUCT_STEPS) },
);
const too_early = refusal({
  ko: '최종 경고를 한 뒤, 또는 성희롱·협박으로 상담을 중단한 뒤에 이용 제한을 요청할 수 있습니다.',
  en: 'A block may be asked for after the final warning, or after a contact was stopped for harassment or a threat.',
});
const block_open = refusal({
  ko: '이미 요청했거나 제한 중인 고객입니다.',
  en: 'A block was asked for already, or holds.',
});
const own_request = refusal({
  ko: '본인이 올린 요청은 다른 관리자가 결정해야 합니다.',
  en: 'Another manager has to decide on what you asked for yourself.',
});
const already_decided = refusal({
  ko: '그사이 결정되었거나 거둔 요청입니다.',
  en: 'This was decided or withdrawn meanwhile.',
});

export const conductPermissions = {
  'customers.protect': { title: { ko: '불만고객 단계 기록', en: 'Record how customers behave' }, roles: DESK },
  'customers.revoke': {
    title: { ko: '불만고객 단계 취소', en: 'Revoke a step' },
    roles: ['shift_lead', 'manager', 'head'],
  },
  'customers.seeBlocks': {
    title: { ko: '이용 제한 요청 보기', en: 'See blocks asked for' },
    roles: [...DECIDERS, 'admin'],
  },
  'customers.block': { title: { ko: '이용 제한 결정', en: 'Decide on blocks' }, roles: DECIDERS },
} as const;

export const conductOperations = {
  conduct: query({
    title: { ko: '불만고객 관리', en: 'How a customer behaved' },
    may: 'customers.protect',
    input: z.strictObject({ id: Id }),
    output: z.strictObject({
      level: z.enum(CONDUCT_LEVELS),
      /** Newest first, revoked ones too. */
      steps: z.array(
        z.strictObject({
          id: Id,
          kind: Kind,
          step: z.enum([...CONDUCT_STEPS, 'stop']),
          said: z.string(),
          ticket: Id.nullable(),
          by: z.string(),
          at: Instant,
          revoked: z.strictObject({ by: z.string(), at: Instant, why: z.string() }).nullable(),
        }),
      ),
      block: Block.nullable(),
      mayAskBlock: z.boolean(),
    }),
    scoped: true,
    example: (known) => ({ id: known.customerId }),
  }),
  tellStep: command({
    title: { ko: '주의·경고 기록', en: 'Record a caution or warning' },
    may: 'customers.protect',
    input: z.strictObject({ id: Id, kind: Kind, step: z.enum(CONDUCT_STEPS), said: Said, ticket: Id.optional() }),
    output: z.strictObject({ step: Id }),
    refusals: { step_out_of_order },
    refreshes: ['customers'],
    scoped: true,
    example: (known) => ({
      ...{ id: known.otherCustomerId, kind: 'threat' as const, step: 'final' as const },
      said: '직접 찾아가겠다고 말함, 녹취 01:20',
    }),
  }),
  /** Needs nobody's yes (산업안전보건법 제41조). */
  stopContact: command({
    title: { ko: '상담 중단', en: 'Stop a contact' },
    may: 'customers.protect',
    input: z.strictObject({ id: Id, kind: Kind, said: Said, ticket: Id.optional() }),
    output: z.strictObject({ step: Id }),
    refreshes: ['customers'],
    scoped: true,
    example: (known) => ({ id: known.customerId, kind: 'abuse' as const, said: '욕설을 그치지 않음, 녹취 03:10' }),
  }),
  revokeStep: command({
    title: { ko: '단계 취소', en: 'Revoke a step' },
    may: 'customers.revoke',
    input: z.strictObject({ step: Id, why: text(500) }),
    output: z.strictObject({ level: z.enum(CONDUCT_LEVELS) }),
    refusals: { already_decided },
    refreshes: ['customers'],
    scoped: true,
    example: (known) => ({ step: known.conductStepId, why: '다른 고객의 통화였음' }),
  }),
  askBlock: command({
    title: { ko: '이용 제한 요청', en: 'Ask for a block' },
    may: 'customers.protect',
    /** `until`: when it ends by itself; left out, it holds until it is lifted. */
    input: z.strictObject({ id: Id, reason: text(1_000).min(5), until: InstantIn.optional() }),
    output: z.strictObject({ block: Id }),
    refusals: { too_early, block_open },
    refreshes: ['customers'],
    scoped: true,
    example: (known) => ({ id: known.warnedCustomerId, reason: '최종 경고 뒤에도 폭언이 이어짐' }),
  }),
  decideBlock: command({
    title: { ko: '이용 제한 결정', en: 'Decide on a block' },
    may: 'customers.block',
    input: z.strictObject({ block: Id, grant: z.boolean(), note: text(500).optional() }),
    output: z.strictObject({ state: BlockState }),
    refusals: { own_request, already_decided },
    refreshes: ['customers'],
    scoped: true,
    example: (known) => ({ block: known.askedBlockId, grant: true }),
  }),
  liftBlock: command({
    title: { ko: '이용 제한 해제', en: 'Lift a block' },
    may: 'customers.block',
    input: z.strictObject({ block: Id, why: text(500) }),
    output: z.strictObject({ state: BlockState }),
    refusals: { already_decided },
    refreshes: ['customers'],
    scoped: true,
    example: (known) => ({ block: known.heldBlockId, why: '사과하고 재발 방지를 약속함' }),
  }),
  blocks: query({
    title: { ko: '이용 제한 요청', en: 'Blocks asked for' },
    may: 'customers.seeBlocks',
    input: z.strictObject({ state: BlockState.optional(), ...pagingBy('time', 'id') }),
    output: page(Block.extend({ customer: z.strictObject({ id: Id, name: pii('name') }) })),
    example: () => ({ state: 'asked' as const }),
  }),
};
