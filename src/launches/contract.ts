import { z } from 'zod';
import { MANUAL_TOPICS, MallId } from '#malls/contract.ts';
import { command, contract, query, ROLES, refusal } from '#platform/operation.ts';
import { Id, Instant, page, text } from '#platform/values.ts';

/** What Haedap itself finds out about a mall that is to open. */
export const COMPUTED = ['link', 'manuals', 'line', 'contacts', 'people', 'orders', 'goods', 'inventory'] as const;
/** What only people can say. */
export const BY_HAND = ['policies', 'templates', 'testOrder', 'testContact', 'briefing'] as const;

const STATES = ['preparing', 'ready', 'open', 'open_lacking'] as const;
const Opening = z.strictObject({ by: z.string(), at: Instant, note: z.string().nullable() });

const Readiness = z.strictObject({
  mall: MallId,
  /** `ready`: all is there, nobody has opened it yet. `open_lacking`: open, and something fell away since. */
  state: z.enum(STATES),
  done: z.int(),
  of: z.int(),
  /** Who opened the mall; null: nobody, or it was taken back. */
  opening: Opening.nullable(),
});

const Item = z.strictObject({
  item: z.enum([...COMPUTED, ...BY_HAND]),
  by: z.enum(['haedap', 'people']),
  ok: z.boolean(),
  /** What a computed item rests on, or why it is not so yet; null for what people tick. */
  says: z.strictObject({ ko: z.string(), en: z.string() }).nullable(),
  /** Manuals that are missing, of the item `manuals`. */
  missing: z.array(z.enum(MANUAL_TOPICS)),
  /** The last who ticked it or took it back; null for what is computed. */
  marked: z.strictObject({ by: z.string(), at: Instant, note: z.string().nullable() }).nullable(),
});

const Mark = z.strictObject({
  id: Id,
  item: z.enum([...BY_HAND, 'opening']),
  done: z.boolean(),
  note: z.string().nullable(),
  by: z.string(),
  at: Instant,
});

const INSIDE = ROLES.filter((role) => role !== 'partner');
const reason_missing = refusal({
  ko: '되돌리는 까닭을 적어 주세요.',
  en: 'Say why it is taken back.',
});

export const launches = contract('launches', {
  title: { ko: '개시 준비', en: 'Launches' },
  permissions: {
    'launches.read': { title: { ko: '몰 개시 준비 보기', en: 'See readiness of malls' }, roles: INSIDE },
    'launches.mark': {
      title: { ko: '몰 개시 준비 확인', en: 'Tick readiness of malls' },
      roles: ['shift_lead', 'manager', 'head', 'planner', 'admin'],
    },
    'launches.open': {
      title: { ko: '몰 개시', en: 'Open malls' },
      roles: ['manager', 'head', 'planner', 'admin'],
    },
  },
  operations: {
    list: query({
      title: { ko: '몰마다의 개시 준비', en: 'Readiness of malls' },
      may: 'launches.read',
      input: z.strictObject({}),
      output: page(Readiness),
      example: () => ({}),
    }),
    get: query({
      title: { ko: '몰 개시 준비', en: 'Readiness of a mall' },
      may: 'launches.read',
      input: z.strictObject({ mall: MallId }),
      /** `marks`: what was ticked and taken back, newest first. */
      output: Readiness.extend({ items: z.array(Item), marks: z.array(Mark), at: Instant }),
      scoped: true,
      example: (known) => ({ mall: known.mall }),
    }),
    mark: command({
      title: { ko: '개시 준비 확인', en: 'Tick an item of readiness' },
      may: 'launches.mark',
      /** `done: false` takes it back and needs a `note`. Already so: nothing is recorded twice. */
      input: z.strictObject({
        mall: MallId,
        item: z.enum(BY_HAND),
        done: z.boolean(),
        note: text(500).nullable().default(null),
      }),
      output: z.strictObject({ done: z.boolean() }),
      refusals: { reason_missing },
      scoped: true,
      example: (known) => ({ mall: known.mall, item: 'briefing' as const, done: true, note: '전원 확인' }),
    }),
    setOpening: command({
      title: { ko: '몰 개시', en: 'Open a mall' },
      may: 'launches.open',
      /** `open: false` takes the opening back and needs a `note`; opening it again confirms it with today's date. */
      input: z.strictObject({ mall: MallId, open: z.boolean(), note: text(500).nullable().default(null) }),
      output: z.strictObject({ open: z.boolean() }),
      refusals: {
        reason_missing,
        not_ready: refusal(
          {
            ko: '아직 {lacking}가지가 남아 있어 열 수 없습니다. 목록에서 남은 것을 먼저 마쳐 주세요.',
            en: '{lacking} items are not done yet. Finish what the list shows first.',
          },
          { lacking: z.int() },
        ),
      },
      scoped: true,
      example: (known) => ({ mall: known.mall, open: false, note: '택배 계약을 다시 맺는 동안 닫습니다' }),
    }),
  },
});
