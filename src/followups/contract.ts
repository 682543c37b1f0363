import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { command, contract, query, refusal } from '#platform/operation.ts';
import { period } from '#platform/period.ts';
import { Id, Instant, InstantIn, page, pii, text } from '#platform/values.ts';
import {
  CALL_BACK_STATES,
  CALL_BACK_VIEWS,
  CallBackRow,
  Channel,
  Kept,
  Person,
  PROMISE_STATES,
  PROMISE_VIEWS,
  PromiseRow,
  Todo,
} from './contract/rows.ts';
import { OUTCOMES } from './rules/call-back.ts';

const DESK = ['agent', 'senior_agent', 'shift_lead', 'manager', 'head'] as const;

const due = {
  due_past: refusal({
    ko: '이미 지난 시간입니다. 앞으로의 시간을 골라 주세요.',
    en: 'This time has passed. Choose a later one.',
  }),
  due_too_far: refusal({
    ko: '90일보다 먼 회신은 약속할 수 없습니다. 더 가까운 날로 정해 주세요.',
    en: 'A reply can be promised for the next 90 days only. Choose an earlier day.',
  }),
};
const promise_settled = refusal({
  ko: '이미 끝난 회신 약속입니다. 필요하면 새로 약속해 주세요.',
  en: 'This promise is settled. Promise anew if needed.',
});
const call_back_over = refusal({
  ko: '이미 끝난 콜백입니다. 다시 걸어야 하면 새로 등록해 주세요.',
  en: 'This call-back is over. File a new one to call again.',
});
const taken = refusal(
  {
    ko: '{name}님이 걸고 있습니다. 목록에서 다음 콜백을 골라 주세요.',
    en: '{name} is calling. Take the next one of the list.',
  },
  { name: z.string() },
);
const closed_then = refusal({
  ko: '고객이 원하는 시간에는 센터가 열지 않습니다. 다른 시간을 여쭤 주세요.',
  en: 'The centre is closed at the wanted time. Ask the customer for another one.',
});

export const followups = contract('followups', {
  title: { ko: '회신 약속과 콜백', en: 'Promised replies and call-backs' },
  permissions: {
    'followups.read': {
      title: { ko: '회신 약속과 콜백 보기', en: 'See promises and call-backs' },
      roles: [...DESK, 'planner', 'admin'],
    },
    'followups.work': { title: { ko: '회신 약속과 콜백 하기', en: 'Promise and call back' }, roles: DESK },
    'followups.watch': { title: { ko: '회신 약속 점검', en: 'Check promises' }, roles: ['admin'] },
  },
  operations: {
    todo: query({
      title: { ko: '내 할 일', en: 'What I have to do' },
      may: 'followups.read',
      input: z.strictObject({}),
      /** The caller's open promises and claimed call-backs, what is due first; at most 100. */
      output: z.strictObject({ items: z.array(Todo), overdue: z.int(), callBacksDue: z.int() }),
      example: () => ({}),
    }),
    terms: query({
      title: { ko: '약속할 시간', en: 'Times to promise' },
      may: 'followups.read',
      input: z.strictObject({ ticket: Id }),
      output: z.strictObject({
        centre: z.string(),
        opens: z.string(),
        closes: z.string(),
        suggestions: z.array(
          z.strictObject({ name: z.enum(['two_hours', 'today', 'tomorrow', 'tomorrow_pm']), at: Instant }),
        ),
        /** Masked: the number that a call-back will call unless another one is given. */
        phone: pii('phone').nullable(),
      }),
      scoped: true,
      example: (known) => ({ ticket: known.ticketId }),
    }),
    listPromises: query({
      title: { ko: '회신 약속 목록', en: 'Promised replies' },
      may: 'followups.read',
      /** Open ones come due first, settled ones newest first. */
      input: z.strictObject({
        view: z.enum(PROMISE_VIEWS).optional(),
        state: z.enum(PROMISE_STATES).optional(),
        mall: MallId.optional(),
        owner: Id.optional(),
        ticket: Id.optional(),
        ...pagingBy('time', 'id'),
      }),
      output: page(PromiseRow),
      example: () => ({ view: 'open' as const, limit: 20 }),
    }),
    promiseReply: command({
      title: { ko: '회신 약속', en: 'Promise a reply' },
      may: 'followups.work',
      input: z.strictObject({ ticket: Id, dueAt: InstantIn, channel: Channel, note: text(500).optional() }),
      output: z.strictObject({ id: Id, owner: z.string(), dueAt: Instant, remindAt: Instant }),
      refusals: {
        ...due,
        ticket_done: refusal({
          ko: '상담완료된 상담입니다. 다시 연 뒤 약속해 주세요.',
          en: 'This ticket is done. Open it again first.',
        }),
        already_promised: refusal(
          {
            ko: '이미 회신을 약속한 상담입니다. 시간을 바꾸려면 그 약속의 시간을 바꿔 주세요.',
            en: 'A reply is promised on this ticket already. Change its time instead.',
          },
          { promise: Id },
        ),
      },
      scoped: true,
      example: (known) => ({ ticket: known.ticketId, dueAt: inHours(3), channel: 'phone' as const }),
    }),
    movePromise: command({
      title: { ko: '회신 약속 시간 바꾸기', en: 'Agree on another time' },
      may: 'followups.work',
      input: z.strictObject({
        id: Id,
        dueAt: InstantIn,
        channel: Channel.optional(),
        note: text(500).optional(),
      }),
      output: z.strictObject({ dueAt: Instant, moved: z.int() }),
      refusals: {
        ...due,
        promise_settled,
        promise_overdue: refusal({
          ko: '이미 약속한 시간이 지났습니다. 먼저 고객에게 연락해 주세요.',
          en: 'The promised time has passed. Reach the customer first.',
        }),
      },
      scoped: true,
      example: (known) => ({ id: known.promiseId, dueAt: inHours(5) }),
    }),
    withdrawPromise: command({
      title: { ko: '회신 약속 거두기', en: 'Withdraw a promise' },
      may: 'followups.work',
      input: z.strictObject({ id: Id, reason: text(500) }),
      output: z.strictObject({ state: z.enum(PROMISE_STATES) }),
      refusals: { promise_settled },
      scoped: true,
      example: (known) => ({ id: known.closingPromiseId, reason: '고객이 더 기다리지 않아도 된다고 함' }),
    }),
    keptRates: query({
      title: { ko: '회신 약속 이행률', en: 'Promises kept' },
      may: 'followups.read',
      /** Promises that were due in the period. */
      input: z.strictObject({ ...period, mall: MallId.optional() }),
      output: z.strictObject({
        total: Kept,
        centres: z.array(Kept.extend({ centre: z.string() })),
        agents: z.array(Kept.extend({ centre: z.string(), owner: Person })),
      }),
      example: () => ({}),
    }),
    listCallBacks: query({
      title: { ko: '콜백 목록', en: 'Call-backs' },
      may: 'followups.read',
      /** Open ones by their next call, ended ones newest first. */
      input: z.strictObject({
        view: z.enum(CALL_BACK_VIEWS).optional(),
        mall: MallId.optional(),
        ticket: Id.optional(),
        ...pagingBy('time', 'id'),
      }),
      output: page(CallBackRow),
      example: () => ({ limit: 20 }),
    }),
    askCallBack: command({
      title: { ko: '콜백 등록', en: 'File a call-back' },
      may: 'followups.work',
      input: z.strictObject({
        ticket: Id,
        /** The number of the ticket's customer unless given. */
        phone: z
          .string()
          .trim()
          .regex(/^\+?[\d -]{8,20}$/)
          .optional(),
        about: text(500),
        askedBy: z.enum(['customer', 'agent']),
        from: InstantIn.optional(),
        until: InstantIn.optional(),
      }),
      output: z.strictObject({ id: Id, dueAt: Instant }),
      refusals: {
        closed_then,
        phone_unknown: refusal({
          ko: '고객의 전화번호가 없습니다. 번호를 여쭤 적어 주세요.',
          en: 'The customer has no phone number. Ask for one.',
        }),
        window_backwards: refusal({
          ko: '원하는 시간의 끝이 시작보다 빠릅니다. 시간을 다시 적어 주세요.',
          en: 'The wanted time ends before it begins. Give it again.',
        }),
      },
      scoped: true,
      example: (known) => ({
        ticket: known.ticketId,
        phone: '010-0000-1234',
        about: '교환 절차',
        askedBy: 'customer' as const,
      }),
    }),
    claimCallBack: command({
      title: { ko: '내가 걸기', en: 'I will call' },
      may: 'followups.work',
      input: z.strictObject({ id: Id }),
      output: z.strictObject({ claimed: z.boolean() }),
      refusals: { taken, call_back_over },
      scoped: true,
      example: (known) => ({ id: known.callBackId }),
    }),
    releaseCallBack: command({
      title: { ko: '콜백 놓기', en: 'Let a call-back go' },
      may: 'followups.work',
      input: z.strictObject({ id: Id }),
      output: z.strictObject({ claimed: z.boolean() }),
      refusals: {
        taken,
        call_back_over,
        not_claimed: refusal({ ko: '아직 아무도 맡지 않은 콜백입니다.', en: 'Nobody has claimed this call-back.' }),
      },
      scoped: true,
      example: (known) => ({ id: known.claimedCallBackId }),
    }),
    showPhone: command({
      title: { ko: '콜백 번호 보기', en: 'Show the number to call' },
      may: 'followups.work',
      input: z.strictObject({ id: Id }),
      /** Plain on purpose, for whoever has claimed it; each look is recorded. */
      output: z.strictObject({ phone: z.string() }),
      refusals: {
        call_back_over,
        claim_first: refusal({
          ko: "'내가 걸기'를 누른 뒤 번호를 볼 수 있습니다.",
          en: "Press 'I will call' first, then the number is shown.",
        }),
      },
      refreshes: [],
      answerOnce: true,
      scoped: true,
      example: (known) => ({ id: known.ownCallBackId }),
    }),
    recordCall: command({
      title: { ko: '통화 결과', en: 'What became of the call' },
      may: 'followups.work',
      input: z
        .strictObject({
          callBack: Id.optional(),
          promise: Id.optional(),
          outcome: z.enum(OUTCOMES),
          note: text(2_000).optional(),
        })
        .refine((i) => (i.callBack === undefined) !== (i.promise === undefined), {
          error: 'call-back or promise',
          path: ['callBack'],
        }),
      /** `nextAt`: when to try again; null when it is over, or the promise keeps its time. */
      output: z.strictObject({ missed: z.int(), nextAt: Instant.nullable(), over: z.boolean() }),
      refusals: {
        taken,
        call_back_over,
        promise_settled,
        claim_first: refusal({
          ko: "먼저 '내가 걸기'를 눌러 맡아 주세요. 다른 사람과 겹쳐 거는 일을 막습니다.",
          en: 'Claim it first, so that no two people call at once.',
        }),
      },
      scoped: true,
      example: (known) => ({ callBack: known.ownCallBackId, outcome: 'no_answer' as const }),
    }),
    giveUpCallBack: command({
      title: { ko: '콜백 종결', en: 'Give a call-back up' },
      may: 'followups.work',
      input: z.strictObject({ id: Id, reason: text(500) }),
      output: z.strictObject({ state: z.enum(CALL_BACK_STATES) }),
      refusals: { call_back_over },
      scoped: true,
      example: (known) => ({ id: known.closingCallBackId, reason: '부재 3차, 문자로 안내함' }),
    }),
    /** Makes promises and call-backs of a ticket what the ticket is: its answers, its assignee, its centre. */
    followTicket: command({
      title: { ko: '상담에 맞춰 회신 약속 정리', en: 'Follow a ticket' },
      may: 'followups.watch',
      input: z.strictObject({ ticket: Id }),
      output: z.strictObject({ settled: z.int(), changed: z.int() }),
      scoped: true,
      example: (known) => ({ ticket: known.ticketId }),
    }),
    checkDue: command({
      title: { ko: '회신 약속과 콜백 점검', en: 'Check promises and call-backs' },
      may: 'followups.watch',
      input: z.strictObject({}),
      /** At most 500 of each a run. */
      output: z.strictObject({ reminded: z.int(), overdue: z.int(), broken: z.int(), callBacks: z.int() }),
      example: () => ({}),
    }),
  },
});

/** For examples: some hours from now. */
function inHours(hours: number): string {
  return new Date(Date.now() + hours * 3_600_000).toISOString();
}
