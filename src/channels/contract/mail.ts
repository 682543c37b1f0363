import { z } from 'zod';
import { command, query, refusal } from '#platform/operation.ts';
import { Id, Instant, OpenedFile, pii } from '#platform/values.ts';
import { DESK } from '#tickets/contract/shapes.ts';

const File = z.strictObject({
  id: Id,
  name: z.string(),
  bytes: z.int(),
  /** By its bytes. */
  mime: z.string(),
  /** It can be shown as an image. */
  image: z.boolean(),
  inline: z.boolean(),
  /** A program or a script: it is not handed out. */
  risk: z.enum(['program', 'script']).nullable(),
});

/** What a message of a ticket carries besides its text. */
const MailOfMessage = z.strictObject({
  message: Id,
  /** Null for ours. */
  mail: z
    .strictObject({
      id: Id,
      from: z.strictObject({ name: pii('name'), email: pii('email').nullable() }),
      quoted: z.string().nullable(),
      hasHtml: z.boolean(),
      remoteImages: z.int(),
      hasRaw: z.boolean(),
      rawBytes: z.int(),
      /** Written by a program, which got no automatic answer. */
      machine: z.string().nullable(),
      problems: z.array(z.string()),
    })
    .nullable(),
  files: z.array(File),
  /** How ours goes out, one entry a recipient. */
  deliveries: z.array(
    z.strictObject({
      email: pii('email'),
      state: z.enum(['queued', 'sending', 'sent', 'failed']),
      attempts: z.int(),
      why: z.string().nullable(),
      detail: z.string().nullable(),
      nextAt: Instant.nullable(),
      sentAt: Instant.nullable(),
    }),
  ),
});

const READERS = [...DESK, 'planner', 'admin'] as const;

export const mailPermissions = {
  'channels.readMail': { title: { ko: '메일과 첨부 보기', en: 'See mails and their files' }, roles: READERS },
  'channels.attach': { title: { ko: '답장에 파일 붙이기', en: 'Attach files to replies' }, roles: DESK },
} as const;

const quarantined = refusal({
  ko: '실행 파일이라 내려받을 수 없습니다. 꼭 필요하면 관리자에게 원본 메일을 요청해 주세요.',
  en: 'This is a program and is not handed out. Ask an administrator for the raw mail if it is needed.',
});

export const mailOperations = {
  ofTicket: query({
    title: { ko: '상담의 메일', en: 'Mails of a ticket' },
    may: 'channels.readMail',
    input: z.strictObject({ ticket: Id }),
    output: z.strictObject({
      messages: z.array(MailOfMessage),
      /** Files of the caller that wait for the next reply. */
      waiting: z.array(File),
      /** Automatic first answers that went out. */
      automatic: z.array(z.strictObject({ at: Instant, state: z.enum(['queued', 'sending', 'sent', 'failed']) })),
    }),
    scoped: true,
    example: (known) => ({ ticket: known.ticketId }),
  }),
  openFile: query({
    title: { ko: '첨부 내려받기', en: 'Download a file' },
    may: 'channels.readMail',
    input: z.strictObject({ id: Id }),
    output: OpenedFile,
    refusals: { quarantined },
    scoped: true,
    example: (known) => ({ id: known.channelFileId }),
  }),
  /** The message as it came, byte by byte. */
  openRaw: query({
    title: { ko: '원본 메일 내려받기', en: 'Download the raw mail' },
    may: 'channels.readMail',
    input: z.strictObject({ id: Id }),
    output: OpenedFile,
    scoped: true,
    example: (known) => ({ id: known.channelMailId }),
  }),
  /** The sanitised HTML of a mail, for the page that shows it. */
  openHtml: query({
    title: { ko: '메일 서식대로 보기', en: 'See a mail as it was written' },
    may: 'channels.readMail',
    input: z.strictObject({ id: Id }),
    output: z.strictObject({ html: z.string(), images: z.array(z.strictObject({ cid: z.string(), file: Id })) }),
    scoped: true,
    example: (known) => ({ id: known.channelMailId }),
  }),
  attach: command({
    title: { ko: '파일 붙이기', en: 'Attach a file' },
    may: 'channels.attach',
    /** `upload`: what `POST /files` answered. The file goes out with the caller's next reply. */
    input: z.strictObject({ ticket: Id, upload: Id }),
    output: File,
    refusals: {
      upload_gone: refusal({
        ko: '올린 파일이 없습니다. 다시 올려 주세요.',
        en: 'There is no such upload. Send the file again.',
      }),
      runs: refusal({
        ko: '실행 파일은 고객에게 보낼 수 없습니다.',
        en: 'Programs are not sent to customers.',
      }),
      too_much: refusal({
        ko: '한 답장의 첨부는 모두 합해 20MB, 20개까지입니다. 나누어 보내 주세요.',
        en: 'A reply takes 20 files and 20 MB in all. Send them in parts.',
      }),
    },
    scoped: true,
    example: (known) => ({ ticket: known.ticketId, upload: known.uploadId }),
  }),
  detach: command({
    title: { ko: '붙인 파일 빼기', en: 'Take a file off' },
    may: 'channels.attach',
    input: z.strictObject({ id: Id }),
    output: z.strictObject({}),
    scoped: true,
    example: (known) => ({ id: known.waitingFileId }),
  }),
};
