import { z } from 'zod';
import { WhoContacts } from '#customers/contract.ts';
import { MallId } from '#malls/contract.ts';
import { command, refusal } from '#platform/operation.ts';
import { Id, Instant, InstantIn, text } from '#platform/values.ts';
import { CHANNELS, DESK, Version } from './shapes.ts';

export const newer_message = refusal(
  {
    ko: '그사이 새 글이 왔습니다. 읽어 보신 뒤 다시 보내 주세요.',
    en: 'A newer message has come in. Read it, then send again.',
  },
  { newest: Id.nullable() },
);
const no_message = refusal({
  ko: '이 상담에 그 답장이 없습니다. 새로 고친 뒤 다시 해 주세요.',
  en: 'This ticket has no such reply. Reload and try again.',
});
const not_failed = refusal({
  ko: '발송에 실패한 답장이 아니거나 이미 처리했습니다. 새로 고쳐 확인해 주세요.',
  en: 'This reply has not failed, or was dealt with already. Reload to see.',
});

/**
 * An answer that is kept and waits for its channel's connector: the customer has not got it yet. Nobody may send it
 * before `sendAfter`: until then its writer can take it back.
 */
export const Queued = z.strictObject({ messageId: Id, delivery: z.enum(['queued']), sendAfter: Instant });

const ofMessage = { id: Id, message: Id };

export const deliveryPermissions = {
  'tickets.connect': {
    title: { ko: '채널의 글 받기와 발송 결과', en: 'Receive messages of channels, tell how ours went' },
    roles: ['admin'],
  },
  'tickets.write': { title: { ko: '보낸 답장 다루기', en: 'Deal with replies that were sent' }, roles: DESK },
} as const;

export const deliveryOperations = {
  /**
   * A message of a channel. The same `source` and `key` is filed once and answered the same again. With `ticket` it
   * joins that one, or where that was done longer ago than the channel's window a new one that is linked to it.
   */
  receive: command({
    title: { ko: '채널의 글 접수', en: 'Receive a message of a channel' },
    may: 'tickets.connect',
    input: z.strictObject({
      /** Where it came from, `email:cs@example.com`, and its key there. */
      source: text(200),
      key: text(500),
      ticket: Id.optional(),
      channel: z.enum(CHANNELS),
      mall: MallId,
      customer: z.union([z.strictObject({ id: Id }), WhoContacts]),
      subject: text(200),
      text: text(200_000),
      /** When the source says that it was said; a time that cannot be is taken for now. */
      at: InstantIn,
      order: Id.optional(),
      /** Who wrote it, where that is not the customer. */
      author: text(100).optional(),
    }),
    output: z.strictObject({
      ticket: Id,
      number: z.int(),
      message: Id,
      /** `known`: it was filed before, nothing was done. `followed_up`: a new ticket, linked to the one that was done. */
      outcome: z.enum(['created', 'added', 'reopened', 'followed_up', 'known']),
      /** It says nothing but thanks: the status stayed as it was. */
      thanks: z.boolean(),
    }),
    refusals: {
      mall_unknown: refusal({
        ko: '그 몰이 없습니다. 채널 설정에서 몰을 확인해 주세요.',
        en: 'There is no such mall. Check the mall in the channel settings.',
      }),
      customer_unknown: refusal({
        ko: '그 고객을 찾을 수 없습니다. 이름과 연락처로 알려 주세요.',
        en: 'There is no such customer. Give a name and a phone or e-mail instead.',
      }),
    },
    refreshes: ['tickets', 'customers'],
    scoped: true,
    example: (known) => ({
      source: 'example',
      key: known.ticketId,
      ticket: known.ticketId,
      channel: 'email' as const,
      mall: known.mall,
      customer: { id: known.customerId },
      subject: 'Re: 배송 문의',
      text: '답변 주신 날짜에 아직 오지 않았습니다.',
      at: '2026-11-30T09:00:00+09:00',
    }),
  }),
  /** How the sending of a reply went, told by its channel. Told twice, it stands there once; a bounce may follow `sent`. */
  markDelivery: command({
    title: { ko: '발송 결과 기록', en: 'Tell how a reply went' },
    may: 'tickets.connect',
    input: z.strictObject({
      ...ofMessage,
      outcome: z.enum(['sent', 'failed']),
      /** Why it failed, for its writer. */
      reason: text(500).optional(),
      at: InstantIn.optional(),
    }),
    output: Version,
    refusals: {
      no_message,
      taken_back: refusal({
        ko: '쓴 사람이 발송을 거둔 답장입니다.',
        en: 'Its writer has taken this reply back.',
      }),
    },
    scoped: true,
    example: (known) => ({ id: known.ticketId, message: known.replyId, outcome: 'sent' as const }),
  }),
  /** Takes a reply back that is still held; its text goes back to its writer. */
  cancelSend: command({
    title: { ko: '발송 거두기', en: 'Take a reply back' },
    may: 'tickets.write',
    input: z.strictObject(ofMessage),
    output: z.strictObject({ text: z.string(), version: z.int() }),
    refusals: {
      no_message,
      too_late: refusal({
        ko: '이미 발송되어 거둘 수 없습니다. 정정할 내용을 새 답장으로 보내 주세요.',
        en: 'It has gone out already. Send a correction as a new reply.',
      }),
      others_reply: refusal({
        ko: '다른 사람이 쓴 답장은 쓴 사람만 거둘 수 있습니다.',
        en: 'Only its writer can take a reply back.',
      }),
    },
    scoped: true,
    example: (known) => ({ id: known.ticketId, message: known.heldReplyId }),
  }),
  /** Sends a failed reply again, as a new attempt; the failed one stays as it is. */
  resend: command({
    title: { ko: '다시 보내기', en: 'Send again' },
    may: 'tickets.write',
    input: z.strictObject({ ...ofMessage, text: text(20_000).optional() }),
    output: Queued,
    refusals: { no_message, not_failed },
    scoped: true,
    example: (known) => ({ id: known.ticketId, message: known.failedReplyId }),
  }),
  /** Lets a failed reply be, with a reason: it leaves its writer's list. */
  dismissFailed: command({
    title: { ko: '발송 실패 정리', en: 'Let a failed reply be' },
    may: 'tickets.write',
    input: z.strictObject({ ...ofMessage, reason: text(200) }),
    output: Version,
    refusals: { no_message, not_failed },
    scoped: true,
    example: (known) => ({ id: known.ticketId, message: known.otherFailedReplyId, reason: '전화로 안내함' }),
  }),
};
