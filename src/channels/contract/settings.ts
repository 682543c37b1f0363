import { z } from 'zod';
import { command, query, refusal } from '#platform/operation.ts';
import { Instant, text } from '#platform/values.ts';
import { CHANNELS } from '#tickets/contract/shapes.ts';
import { SOURCE_STATES } from '../rules/source-state.ts';

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
/** Day of the week ('1' Monday … '7' Sunday) → from, until. A day that is absent is closed; no day at all: always open. */
export const Hours = z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), z.tuple([Time, Time]));
/** What a customer gets at once for a new matter; a text that is null sends nothing. */
export const FirstResponse = z.strictObject({
  on: z.boolean(),
  inHours: text(2_000).nullable(),
  outOfHours: text(2_000).nullable(),
});

const Source = z.strictObject({
  id: z.string(),
  mall: z.string(),
  address: z.string(),
  state: z.enum(SOURCE_STATES),
  since: Instant,
  /** Code of what is wrong; what the other side said. */
  why: z.string().nullable(),
  detail: z.string().nullable(),
  lastOkAt: Instant.nullable(),
  lastMessageAt: Instant.nullable(),
  /** When it is tried again by itself. */
  resumeAt: Instant.nullable(),
  /** Answers that wait to be sent through it. */
  waiting: z.int(),
  /** Notices of non-delivery that fit no answer of ours. */
  unmatched: z.int(),
});

const Channel = z.strictObject({
  channel: z.enum(CHANNELS),
  enabled: z.boolean(),
  hours: Hours,
  firstResponse: FirstResponse,
  open: z.boolean(),
  sources: z.array(Source),
});

const SETTERS = ['manager', 'head', 'admin'] as const;

export const settingPermissions = {
  'channels.see': {
    title: { ko: '채널 상태 보기', en: 'See channels' },
    roles: ['agent', 'senior_agent', 'shift_lead', 'planner', ...SETTERS],
  },
  'channels.set': { title: { ko: '채널 설정', en: 'Set up channels' }, roles: SETTERS },
} as const;

export const settingOperations = {
  list: query({
    title: { ko: '채널', en: 'Channels' },
    may: 'channels.see',
    input: z.strictObject({}),
    output: z.strictObject({ items: z.array(Channel) }),
    example: () => ({}),
  }),
  save: command({
    title: { ko: '채널 설정 저장', en: 'Save a channel' },
    may: 'channels.set',
    input: z.strictObject({
      channel: z.enum(CHANNELS),
      enabled: z.boolean(),
      hours: Hours,
      firstResponse: FirstResponse,
    }),
    output: z.strictObject({}),
    refusals: {
      hours_reversed: refusal({
        ko: '마치는 시각이 시작보다 빠른 요일이 있습니다. 시각을 고쳐 주세요.',
        en: 'A day ends before it begins. Correct its hours.',
      }),
      no_text: refusal({
        ko: '자동 첫 답변을 켜려면 보낼 글을 하나 이상 써 주세요.',
        en: 'Write at least one text to turn the first response on.',
      }),
    },
    example: () => ({
      channel: 'email' as const,
      enabled: true,
      hours: { '1': ['09:00', '18:00'] as [string, string] },
      firstResponse: { on: false, inHours: null, outOfHours: null },
    }),
  }),
  retry: command({
    title: { ko: '채널 다시 연결', en: 'Connect a source again' },
    may: 'channels.set',
    input: z.strictObject({ source: text(200) }),
    /** `asked`: it is tried within a second or two. `off`: there is no such source, or its channel is turned off. */
    output: z.strictObject({ result: z.enum(['asked', 'off']) }),
    example: () => ({ source: 'email:help@shop.example' }),
  }),
};
