import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { command, contract, query, refusal } from '#platform/operation.ts';
import { Id, Instant, InstantIn, page, text } from '#platform/values.ts';
import { DEPARTMENT_ROLES, KINDS, STATES, TEAM_ROLES } from './rules/transfer.ts';

/** 받은 것 · 내가 보낸 것 · 기한 지남 · 진행중 · 3회 이상 · 전체 */
export const VIEWS = ['todo', 'sent', 'overdue', 'live', 'third', 'all'] as const;
const DESK = ['agent', 'senior_agent', 'shift_lead', 'manager', 'head'] as const;
const Kind = z.enum(KINDS);
const State = z.enum(STATES);
const RECEIVERS = ['team', 'department', 'partner'] as const;

export const TransferRow = z.strictObject({
  id: Id,
  number: z.int(),
  /** `id` is null for a reader who does not see the case itself. */
  ticket: z.strictObject({ id: Id.nullable(), number: z.int(), subject: z.string() }),
  /** The how manieth transfer of its ticket. */
  nth: z.int(),
  mall: MallId,
  kind: Kind,
  state: State,
  to: z.strictObject({ receiver: z.enum(RECEIVERS), name: z.string() }),
  question: z.string(),
  sentBy: z.strictObject({ id: Id, name: z.string() }),
  sentAt: Instant,
  dueAt: Instant,
  overdue: z.boolean(),
  acceptedBy: z.string().nullable(),
  acceptedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** The caller may accept, answer and send back. */
  mine: z.boolean(),
  acknowledgedBy: z.string().nullable(),
  updatedAt: Instant,
  version: z.int(),
});

const Entry = z.strictObject({
  id: Id,
  kind: z.enum(['sent', 'said', 'accepted', 'answered', 'sent_back', 'withdrawn', 'overdue']),
  side: z.enum(['sender', 'receiver', 'system']),
  author: z.string().nullable(),
  text: z.string().nullable(),
  at: Instant,
});

const To = z.discriminatedUnion('receiver', [
  z.strictObject({
    receiver: z.literal('team'),
    centre: z.string().regex(/^[a-z0-9_-]{1,40}$/),
    role: z.enum(TEAM_ROLES),
    /** Somebody of the team; else whoever of it accepts first. */
    person: Id.optional(),
  }),
  z.strictObject({ receiver: z.literal('department'), role: z.enum(DEPARTMENT_ROLES), person: Id.optional() }),
  z.strictObject({ receiver: z.literal('partner'), partner: Id }),
]);

const onTransfer = { id: Id, version: z.int().positive().max(2_000_000_000).optional() };
const Version = z.strictObject({ version: z.int(), state: State });
const refused = {
  stale_version: refusal(
    {
      ko: '그사이 다른 사람이 이 이관을 바꾸었습니다. 새로 고친 뒤 다시 해 주세요.',
      en: 'Somebody changed this transfer meanwhile. Reload and try again.',
    },
    { version: z.int() },
  ),
  over: refusal({
    ko: '이미 끝난 이관입니다. 필요하면 새로 이관해 주세요.',
    en: 'This transfer is over. Transfer anew if needed.',
  }),
  already_accepted: refusal({
    ko: '이미 받은 이관입니다. 새로 고쳐 확인해 주세요.',
    en: 'This transfer was accepted already. Reload to see.',
  }),
  not_yours: refusal({
    ko: '받는 쪽만 할 수 있습니다. 받는 팀에 연락해 주세요.',
    en: 'Only its receiver may do this. Ask the receiving team.',
  }),
};
const onlySender = refusal({
  ko: '보낸 쪽만 거둘 수 있습니다. 받지 않으려면 사유를 적어 돌려보내 주세요.',
  en: 'Only the sender may withdraw. Send it back with a reason instead.',
});

export const transfers = contract('transfers', {
  title: { ko: '이관', en: 'Transfers' },
  permissions: {
    'transfers.read': {
      title: { ko: '이관 보기', en: 'See transfers' },
      roles: [...DESK, 'planner', 'md', 'logistics', 'partner', 'admin'],
    },
    'transfers.send': { title: { ko: '이관하기', en: 'Transfer cases' }, roles: DESK },
    'transfers.receive': {
      title: { ko: '이관 받기와 답하기', en: 'Receive transfers' },
      roles: [...DESK, 'planner', 'md', 'logistics', 'partner'],
    },
    'transfers.manage': {
      title: { ko: '3회 이관 확인', en: 'Look at third transfers' },
      roles: ['shift_lead', 'manager', 'head'],
    },
    'transfers.watch': { title: { ko: '이관 점검', en: 'Check transfers' }, roles: ['admin'] },
  },
  operations: {
    receivers: query({
      title: { ko: '이관 받을 곳', en: 'Who may receive a case' },
      may: 'transfers.send',
      input: z.strictObject({ ticket: Id }),
      /** `people`: how many may take it now. `hours` of each kind, from which the due time follows. */
      output: z.strictObject({
        teams: z.array(
          z.strictObject({
            centre: z.string(),
            name: z.strictObject({ ko: z.string(), en: z.string() }),
            role: z.enum(TEAM_ROLES),
            people: z.int(),
          }),
        ),
        departments: z.array(z.strictObject({ role: z.enum(DEPARTMENT_ROLES), people: z.int() })),
        partners: z.array(z.strictObject({ id: Id, name: z.string() })),
        dues: z.array(z.strictObject({ kind: Kind, dueAt: Instant })),
        /** The how manieth transfer the next one would be. */
        nth: z.int(),
      }),
      scoped: true,
      example: (known) => ({ ticket: known.ticketId }),
    }),
    list: query({
      title: { ko: '이관 목록', en: 'Transfers' },
      may: 'transfers.read',
      /** Live ones come due first, others newest change first. */
      input: z.strictObject({
        view: z.enum(VIEWS).optional(),
        kind: Kind.optional(),
        mall: MallId.optional(),
        ticket: Id.optional(),
        ...pagingBy('time', 'id'),
      }),
      output: page(TransferRow),
      example: () => ({ view: 'live' as const, limit: 20 }),
    }),
    count: query({
      title: { ko: '이관 수', en: 'Count transfers' },
      may: 'transfers.read',
      input: z.strictObject({}),
      output: z.strictObject({ todo: z.int(), todoOverdue: z.int(), sent: z.int(), overdue: z.int(), third: z.int() }),
      example: () => ({}),
    }),
    get: query({
      title: { ko: '이관', en: 'Transfer' },
      may: 'transfers.read',
      input: z.strictObject({ id: Id }),
      output: TransferRow.extend({ thread: z.array(Entry) }),
      scoped: true,
      example: (known) => ({ id: known.transferId }),
    }),
    send: command({
      title: { ko: '이관하기', en: 'Transfer a case' },
      may: 'transfers.send',
      input: z.strictObject({
        ticket: Id,
        to: To,
        kind: Kind,
        question: text(2_000),
        /** In the receiver's business hours of the kind, unless told. */
        dueAt: InstantIn.optional(),
      }),
      output: z.strictObject({ id: Id, number: z.int(), nth: z.int(), dueAt: Instant }),
      refusals: {
        ticket_done: refusal({
          ko: '상담완료된 상담은 이관할 수 없습니다. 다시 연 뒤 이관해 주세요.',
          en: 'This ticket is done. Open it again first.',
        }),
        already_live: refusal(
          {
            ko: '이미 이관 중인 상담입니다. 그 이관이 끝난 뒤 다시 이관해 주세요.',
            en: 'This case is with a receiver already. Wait until that transfer ends.',
          },
          { transfer: Id },
        ),
        nobody_there: refusal({
          ko: '그곳에는 이 몰을 맡은 사람이 없습니다. 다른 곳을 골라 주세요.',
          en: 'Nobody there works for this mall. Choose another receiver.',
        }),
        due_past: refusal({
          ko: '이미 지난 시간입니다. 기한을 다시 정해 주세요.',
          en: 'This due time has passed. Choose a later one.',
        }),
      },
      scoped: true,
      example: (known) => ({
        ticket: known.ticketId,
        to: { receiver: 'department' as const, role: 'md' as const },
        kind: 'quality' as const,
        question: '같은 하자 문의가 이어집니다. 판매를 멈출지 정해 주세요.',
      }),
    }),
    accept: command({
      title: { ko: '이관 받기', en: 'Accept a transfer' },
      may: 'transfers.receive',
      input: z.strictObject(onTransfer),
      output: Version,
      refusals: refused,
      refreshes: ['transfers', 'tickets'],
      scoped: true,
      example: (known) => ({ id: known.acceptedTransferId }),
    }),
    answer: command({
      title: { ko: '이관에 답하기', en: 'Answer a transfer' },
      may: 'transfers.receive',
      /** A team that had accepted the case gives it back with the answer. */
      input: z.strictObject({ ...onTransfer, text: text(2_000) }),
      output: Version,
      refusals: refused,
      refreshes: ['transfers', 'tickets'],
      scoped: true,
      example: (known) => ({ id: known.answeredTransferId, text: '교환으로 안내해 주세요.' }),
    }),
    sendBack: command({
      title: { ko: '이관 돌려보내기', en: 'Send a transfer back' },
      may: 'transfers.receive',
      input: z.strictObject({ ...onTransfer, reason: text(2_000) }),
      output: Version,
      refusals: refused,
      refreshes: ['transfers', 'tickets'],
      scoped: true,
      example: (known) => ({ id: known.returnedTransferId, reason: '저희 상품이 아닙니다.' }),
    }),
    withdraw: command({
      title: { ko: '이관 거두기', en: 'Withdraw a transfer' },
      may: 'transfers.send',
      input: z.strictObject({ ...onTransfer, text: text(2_000).optional() }),
      output: Version,
      refusals: { ...refused, not_yours: onlySender },
      scoped: true,
      example: (known) => ({ id: known.withdrawnTransferId }),
    }),
    say: command({
      title: { ko: '이관에 글 남기기', en: 'Write on a transfer' },
      may: 'transfers.receive',
      input: z.strictObject({ id: Id, text: text(2_000) }),
      output: z.strictObject({ messageId: Id }),
      scoped: true,
      example: (known) => ({ id: known.transferId, text: '사진을 더 받아 두었습니다.' }),
    }),
    acknowledge: command({
      title: { ko: '3회 이관 확인', en: 'Look at a third transfer' },
      may: 'transfers.manage',
      input: z.strictObject({ id: Id }),
      output: z.strictObject({ acknowledged: z.boolean() }),
      scoped: true,
      example: (known) => ({ id: known.transferId }),
    }),
    /** Puts the ticket where the transfer says that it belongs, and its thread on the case. */
    apply: command({
      title: { ko: '이관을 상담에 반영', en: 'Apply a transfer to its ticket' },
      may: 'transfers.watch',
      input: z.strictObject({ id: Id }),
      output: z.strictObject({ told: z.int(), moved: z.boolean() }),
      scoped: true,
      example: (known) => ({ id: known.transferId }),
    }),
    checkDue: command({
      title: { ko: '이관 기한 점검', en: 'Check due times of transfers' },
      may: 'transfers.watch',
      input: z.strictObject({}),
      /** At most 500 a run. */
      output: z.strictObject({ overdue: z.int() }),
      example: () => ({}),
    }),
  },
});
