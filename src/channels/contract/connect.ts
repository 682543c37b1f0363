import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { command, refusal } from '#platform/operation.ts';
import { Id, InstantIn, text } from '#platform/values.ts';
import { SOURCE_STATES } from '../rules/source-state.ts';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const MailId = z.string().min(1).max(500);
const Mailbox = z.string().max(254);

/** A mail as its connector has read it; raw bytes, HTML and files are stored before and named by their hash. */
const Mail = z.strictObject({
  mailId: MailId.nullable(),
  inReplyTo: z.array(MailId).max(200),
  references: z.array(MailId).max(200),
  sender: Mailbox.nullable(),
  senderName: z.string().max(200),
  replyTo: Mailbox.nullable(),
  receivers: z.array(Mailbox).max(20_000),
  subject: z.string().max(500),
  sentAt: InstantIn.nullable(),
  text: z.string().max(200_000),
  quotedText: z.string().max(200_000).nullable(),
  html: Hash.nullable(),
  remoteImages: z.int().min(0),
  raw: Hash.nullable(),
  rawBytes: z.int().min(0),
  files: z
    .array(z.strictObject({ file: Hash, name: text(150), cid: z.string().max(500).nullable(), inline: z.boolean() }))
    .max(200),
  machine: z.string().max(40).nullable(),
  bounce: z
    .strictObject({
      recipients: z
        .array(
          z.strictObject({
            address: Mailbox,
            action: z.enum(['failed', 'delayed', 'delivered']),
            status: z.string().max(20).nullable(),
            why: z.string().max(300).nullable(),
          }),
        )
        .max(1_000),
      about: z.array(MailId).max(20),
      guessed: z.boolean(),
    })
    .nullable(),
  problems: z.array(z.string().max(40)).max(20),
});
export type ReceivedMail = z.output<typeof Mail>;

/** Up to where a source was read: opaque to all but its connector. */
const Cursor = z.record(z.string().max(40), z.union([z.string().max(200), z.number()]));

export const connectPermissions = {
  'channels.connect': {
    title: { ko: '채널 연결 프로그램의 접수와 발송', en: 'Receive and send as a channel' },
    // No person: only Haedap's own connectors.
    roles: [],
  },
} as const;

const may = 'channels.connect';

/** What connectors tell. All of it may be told again: what was done once stays done. */
export const connectOperations = {
  acceptMail: command({
    title: { ko: '메일 접수', en: 'Accept a mail' },
    may,
    /** `cursor` is kept in the same transaction: what was read is filed, and what is filed is not read again. */
    input: z.strictObject({ source: text(200), mall: MallId, key: text(700), cursor: Cursor, mail: Mail }),
    output: z.strictObject({
      outcome: z.enum(['created', 'added', 'known', 'bounce', 'own']),
      ticket: Id.nullable(),
    }),
    refusals: {
      files_gone: refusal({
        ko: '메일의 파일이 저장되어 있지 않습니다. 메일을 다시 읽어 주세요.',
        en: 'The files of this mail are not stored (any more). Read the mail again.',
      }),
      mall_unknown: refusal({
        ko: '메일함에 정한 몰이 없습니다. 서버 설정(HAEDAP_MAIL_…_MALL)을 확인해 주세요.',
        en: 'There is no such mall. Check HAEDAP_MAIL_…_MALL of the server.',
      }),
    },
    refreshes: ['tickets', 'channels', 'customers'],
    example: (known) => ({
      source: 'email:help@shop.example',
      mall: known.mall,
      key: 'example@example.com',
      cursor: { uid: 1 },
      mail: {
        ...{ mailId: 'example@example.com', inReplyTo: [], references: [], sender: 'gaon@example.com' },
        ...{ senderName: '남궁가온', replyTo: null, receivers: ['help@shop.example'], subject: '배송 문의' },
        ...{ sentAt: null, text: '언제 도착하나요?', quotedText: null, html: null, remoteImages: 0, raw: null },
        ...{ rawBytes: 0, files: [], machine: null, bounce: null, problems: [] },
      },
    }),
  }),
  /** A mailbox was numbered anew, or read without anything to file. */
  moveCursor: command({
    title: { ko: '읽은 자리 옮기기', en: 'Move a cursor' },
    may,
    input: z.strictObject({ source: text(200), cursor: Cursor }),
    output: z.strictObject({}),
    example: () => ({ source: 'email:help@shop.example', cursor: { uid: 1 } }),
  }),
  tellSource: command({
    title: { ko: '채널 연결 상태 기록', en: 'Tell how a source stands' },
    may,
    input: z.strictObject({
      source: text(200),
      channel: z.enum(['email']),
      mall: text(60),
      mailbox: Mailbox,
      state: z.enum(SOURCE_STATES),
      why: z.string().max(60).nullable(),
      detail: z.string().max(200).nullable(),
      failures: z.int().min(0),
      resumeAt: InstantIn.nullable(),
    }),
    output: z.strictObject({}),
    refreshes: ['channels'],
    example: (known) => ({
      ...{ source: 'email:help@shop.example', channel: 'email' as const, mall: known.mall },
      ...{ mailbox: 'help@shop.example', state: 'ok' as const, why: null, detail: null, failures: 0, resumeAt: null },
    }),
  }),
  /** A reply was written: it gets a row for each recipient, and its files. */
  queueReply: command({
    title: { ko: '답장 발송 준비', en: 'Queue a reply' },
    may,
    input: z.strictObject({ ticket: Id, message: Id }),
    output: z.strictObject({ deliveries: z.int() }),
    scoped: true,
    example: (known) => ({ ticket: known.ticketId, message: known.heldReplyId }),
  }),
  /** Takes a delivery that is due, so that nobody else sends it meanwhile. */
  claimDelivery: command({
    title: { ko: '발송 맡기', en: 'Claim a delivery' },
    may,
    input: z.strictObject({ delivery: Id }),
    output: z.strictObject({ claimed: z.boolean() }),
    example: (known) => ({ delivery: known.ticketId }),
  }),
  settleDelivery: command({
    title: { ko: '발송 결과', en: 'Settle a delivery' },
    may,
    input: z.strictObject({
      delivery: Id,
      /** `later`: it did not go out and is tried again at `nextAt`. */
      outcome: z.enum(['sent', 'failed', 'later']),
      why: z.string().max(60).nullable(),
      detail: z.string().max(300).nullable(),
      nextAt: InstantIn.nullable(),
    }),
    output: z.strictObject({}),
    refreshes: ['tickets', 'channels'],
    example: (known) => ({ delivery: known.ticketId, outcome: 'sent' as const, why: null, detail: null, nextAt: null }),
  }),
};
