import { z } from 'zod';
import { command, contract, query, ROLES, refusal } from '#platform/operation.ts';
import { Id, Instant, page, text } from '#platform/values.ts';
import { MALL_VERBS } from './rules/verbs.ts';

/** A mall's code: `own`, `naver`, `11st`. */
export const MallId = z
  .string()
  .regex(/^[a-z0-9_-]{1,40}$/)
  .describe('Code of a mall');

export const MallVerb = z.enum(MALL_VERBS);
export type MallVerb = z.infer<typeof MallVerb>;

/**
 * How a verb is done at a mall. `api`: Haedap tells the mall; `deep_link`: somebody does it in the mall's own admin, at
 * the page of `deepLink` (`{orderId}` is the mall's order number); `none`: it cannot be done there. `verified`: tried
 * against the mall or documented by it.
 */
export const Capability = z.strictObject({
  how: z.enum(['api', 'deep_link', 'none']),
  verified: z.boolean(),
  note: z.strictObject({ ko: z.string(), en: z.string() }).nullable(),
  deepLink: z.string().nullable(),
});

export const Mall = z.strictObject({
  id: MallId,
  name: z.strictObject({ ko: z.string(), en: z.string() }),
  /** Two letters that stand before a customer's name: 자사, 스스. */
  short: z.string(),
  link: z.enum(['full', 'orders', 'none']),
  adminUrl: z.string().nullable(),
  /** Each verb as it stands for this mall, by its link level and what the mall offers: never a silent difference. */
  verbs: z.record(MallVerb, Capability),
  /** Hours within which the mall wants an answer; null: it sets none. */
  answerHours: z.int().nullable(),
});

/** What a manual is about: one verb, or `overview`: how the mall's admin is entered and what is where. */
export const MANUAL_TOPICS = ['overview', ...MALL_VERBS] as const;
const ManualTopic = z.enum(MANUAL_TOPICS);
export const LINES = ['order', 'general'] as const;
/** Whom to call about a mall, one for each matter; `carrier` is the branch of the contracted carrier (계약 택배사). */
export const MALL_CONTACTS = ['seller_support', 'md', 'settlement', 'tech', 'carrier'] as const;
/** Bytes of a picture: as base64 it fits into a request. */
export const MOST_PICTURE_BYTES = 500_000;

const Saved = { version: z.int(), by: z.string(), at: Instant };
const Manual = z.strictObject({
  mall: MallId,
  topic: ManualTopic,
  /** Null: nobody has written it yet. */
  body: z.string().nullable(),
  /** The version that is shown; null when there is none. */
  shown: z.strictObject(Saved).nullable(),
  /** All versions, newest first. */
  versions: z.array(z.strictObject(Saved)),
  /** The pictures that the text shows, `content` in base64. */
  pictures: z.array(z.strictObject({ id: Id, mime: z.string(), content: z.string() })),
});

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** What is said and done on a number of a mall. `opens` and `closes` are times of day in Korea. */
const LineScenario = z.strictObject({
  line: z.enum(LINES),
  /** Null: the mall has no such line. */
  number: z.string().nullable(),
  opens: Clock,
  closes: Clock,
  greeting: z.string(),
  steps: z.string(),
  ...Saved,
});

const reach = { phone: z.string().nullable(), email: z.string().nullable(), note: z.string().nullable() };
/** Names and numbers of business contacts: shown to staff in full, like the names of staff. */
const MallContact = z.strictObject({
  kind: z.enum(MALL_CONTACTS),
  name: z.string(),
  ...reach,
  by: z.string(),
  at: Instant,
});

const INSIDE = ROLES.filter((role) => role !== 'partner');
const SETTERS = ['manager', 'head', 'planner', 'admin'] as const;
const Version = z.strictObject({ version: z.int() });
const newer_version = refusal(
  {
    ko: '그사이 {by} 님이 고쳤습니다. 새 내용을 확인한 뒤 다시 저장해 주세요. 쓰신 글은 그대로 있습니다.',
    en: '{by} changed it meanwhile. Look at the new text and save again; what you wrote is still here.',
  },
  { version: z.int(), by: z.string() },
);
/** The smallest PNG there is: one transparent dot. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

export const malls = contract('malls', {
  title: { ko: '몰', en: 'Malls' },
  permissions: {
    'malls.read': { title: { ko: '몰 보기', en: 'See malls' }, roles: ROLES },
    'malls.guide': {
      title: { ko: '몰 매뉴얼·회선·연락처 보기', en: 'Read manuals, lines and contacts of malls' },
      roles: INSIDE,
    },
    'malls.setUp': {
      title: { ko: '몰 매뉴얼·회선·연락처 고치기', en: 'Write manuals, lines and contacts of malls' },
      roles: SETTERS,
    },
  },
  operations: {
    list: query({
      title: { ko: '판매 중인 몰', en: 'Malls' },
      may: 'malls.read',
      input: z.strictObject({}),
      output: page(Mall),
      example: () => ({}),
    }),
    get: query({
      title: { ko: '몰', en: 'Mall' },
      may: 'malls.read',
      input: z.strictObject({ id: MallId }),
      output: Mall,
      scoped: true,
      example: (known) => ({ id: known.mall }),
    }),
    listManuals: query({
      title: { ko: '몰 매뉴얼 목록', en: 'Manuals of a mall' },
      may: 'malls.guide',
      input: z.strictObject({ mall: MallId }),
      output: page(z.strictObject({ topic: ManualTopic, ...Saved })),
      scoped: true,
      example: (known) => ({ mall: known.mall }),
    }),
    getManual: query({
      title: { ko: '몰 매뉴얼', en: 'Manual of a mall' },
      may: 'malls.guide',
      /** `version`: an older one; else the newest. */
      input: z.strictObject({ mall: MallId, topic: ManualTopic, version: z.int().positive().optional() }),
      output: Manual,
      scoped: true,
      example: (known) => ({ mall: known.mall, topic: 'return.accept' as const }),
    }),
    saveManual: command({
      title: { ko: '몰 매뉴얼 저장', en: 'Save a manual' },
      may: 'malls.setUp',
      /** `basedOn`: the version that the writer saw, 0 for none; left out, it is saved whatever happened meanwhile. */
      input: z.strictObject({
        mall: MallId,
        topic: ManualTopic,
        body: text(20_000),
        basedOn: z.int().min(0).optional(),
      }),
      output: Version,
      refusals: {
        newer_version,
        picture_unknown: refusal({
          ko: '글에 이 몰의 그림이 아닌 것이 있습니다. 그 줄을 지우고 그림을 다시 넣어 주세요.',
          en: 'The text shows a picture that is not of this mall. Remove that line and add the picture again.',
        }),
      },
      scoped: true,
      example: (known) => ({
        mall: known.mall,
        topic: 'return.accept' as const,
        body: '1. 판매자센터에서 클레임 관리를 엽니다\n2. 주문번호로 찾아 반품 승인을 누릅니다',
      }),
    }),
    addPicture: command({
      title: { ko: '매뉴얼 그림 추가', en: 'Add a picture to manuals' },
      may: 'malls.setUp',
      /** `content`: a PNG, JPEG or WebP in base64. */
      input: z.strictObject({ mall: MallId, content: z.base64().max(Math.ceil(MOST_PICTURE_BYTES / 3) * 4) }),
      output: z.strictObject({ id: Id }),
      refusals: {
        not_a_picture: refusal({
          ko: 'PNG, JPEG, WebP 그림만 넣을 수 있습니다. 화면을 캡처해 붙여 넣어 보세요.',
          en: 'Only PNG, JPEG and WebP pictures can be added. Try to paste a screenshot.',
        }),
      },
      scoped: true,
      example: (known) => ({ mall: known.mall, content: DOT }),
    }),
    listLines: query({
      title: { ko: '몰 회선 시나리오', en: 'Phone lines of a mall' },
      may: 'malls.guide',
      input: z.strictObject({ mall: MallId }),
      output: page(LineScenario),
      scoped: true,
      example: (known) => ({ mall: known.mall }),
    }),
    saveLine: command({
      title: { ko: '회선 시나리오 저장', en: 'Save a phone line' },
      may: 'malls.setUp',
      input: z.strictObject({
        mall: MallId,
        line: z.enum(LINES),
        number: z
          .string()
          .trim()
          .regex(/^[0-9-]{4,20}$/)
          .nullable(),
        opens: Clock,
        closes: Clock,
        greeting: text(2_000),
        steps: text(10_000),
        basedOn: z.int().min(0).optional(),
      }),
      output: Version,
      refusals: {
        newer_version,
        closes_first: refusal({
          ko: '끝나는 시각이 시작 시각보다 늦어야 합니다.',
          en: 'A line must close after it opens.',
        }),
      },
      scoped: true,
      example: (known) => ({
        mall: known.mall,
        line: 'general' as const,
        number: '02-0000-3000',
        opens: '09:00',
        closes: '18:00',
        greeting: '안녕하세요, 온결몰 고객센터입니다.',
        steps: '1. 성함과 주문번호를 여쭙니다\n2. 본인을 확인합니다',
      }),
    }),
    listContacts: query({
      title: { ko: '몰 연락처', en: 'Contacts of a mall' },
      may: 'malls.guide',
      input: z.strictObject({ mall: MallId }),
      output: page(MallContact),
      scoped: true,
      example: (known) => ({ mall: known.mall }),
    }),
    saveContact: command({
      title: { ko: '몰 연락처 저장', en: 'Save a contact of a mall' },
      may: 'malls.setUp',
      input: z.strictObject({
        mall: MallId,
        kind: z.enum(MALL_CONTACTS),
        name: text(100),
        phone: z
          .string()
          .trim()
          .regex(/^[0-9-]{4,20}$/)
          .nullable()
          .default(null),
        email: z.email().nullable().default(null),
        note: text(500).nullable().default(null),
      }),
      output: z.strictObject({ at: Instant }),
      refusals: {
        no_way: refusal({
          ko: '전화번호나 이메일 가운데 하나는 적어 주세요.',
          en: 'Give a phone number or an e-mail address.',
        }),
      },
      scoped: true,
      example: (known) => ({
        mall: known.mall,
        kind: 'tech' as const,
        name: '연동 지원',
        email: 'api@mall.example',
      }),
    }),
    removeContact: command({
      title: { ko: '몰 연락처 지우기', en: 'Remove a contact of a mall' },
      may: 'malls.setUp',
      input: z.strictObject({ mall: MallId, kind: z.enum(MALL_CONTACTS) }),
      output: z.strictObject({ removed: z.boolean() }),
      scoped: true,
      example: (known) => ({ mall: known.mall, kind: 'tech' as const }),
    }),
  },
});
