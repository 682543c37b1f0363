import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { command, query, refusal } from '#platform/operation.ts';
import { Id } from '#platform/values.ts';
import { MODES } from '../rules/assignment.ts';
import { CHANNELS, DESK } from './shapes.ts';

const Channel = z.strictObject({
  channel: z.enum(CHANNELS),
  /** For so many days a message opens a done ticket again; later it is a new one. */
  reopenDays: z.int().min(0).max(365),
  /** For so long a reply can be taken back. */
  holdSeconds: z.int().min(0).max(60),
  /** After so many business days of waiting for the customer a ticket is closed; null: never. */
  autoCloseDays: z.int().min(1).max(60).nullable(),
});
const Most = z.int().min(1).max(500);

export const rulePermissions = {
  'tickets.rules.see': {
    title: { ko: '상담 운영 규칙 보기', en: 'See the rules of the desk' },
    roles: [...DESK, 'planner', 'admin'],
  },
  'tickets.rules': { title: { ko: '상담 운영 규칙', en: 'Rules of the desk' }, roles: ['head', 'planner', 'admin'] },
  'tickets.staff': {
    title: { ko: '배정 방식과 상담 범위', en: 'Assignment and skills' },
    roles: ['shift_lead', 'manager', 'head', 'admin'],
  },
} as const;

export const ruleOperations = {
  rules: query({
    title: { ko: '상담 운영 규칙', en: 'Rules of the desk' },
    may: 'tickets.rules.see',
    input: z.strictObject({}),
    output: z.strictObject({
      channels: z.array(Channel),
      centres: z.array(z.strictObject({ centre: z.string(), name: z.string(), mode: z.enum(MODES), mostOpen: Most })),
      /** Agents of these centres, with what each may be given. */
      agents: z.array(
        z.strictObject({
          id: Id,
          name: z.string(),
          state: z.enum(['ready', 'away']),
          malls: z.array(z.string()).nullable(),
          channels: z.array(z.enum(CHANNELS)).nullable(),
          mostOpen: Most.nullable(),
        }),
      ),
    }),
    example: () => ({}),
  }),
  setChannelRule: command({
    title: { ko: '채널 규칙 변경', en: 'Set the rule of a channel' },
    may: 'tickets.rules',
    input: Channel,
    output: z.strictObject({}),
    example: () => ({ channel: 'email' as const, reopenDays: 14, holdSeconds: 10, autoCloseDays: 5 }),
  }),
  /** How contacts of a centre find their agent, and how many an agent has open at most. */
  setAssignment: command({
    title: { ko: '배정 방식 변경', en: 'Set how contacts are assigned' },
    may: 'tickets.staff',
    input: z.strictObject({ centre: z.string().max(40), mode: z.enum(MODES), mostOpen: Most }),
    output: z.strictObject({}),
    refusals: {
      no_centre: refusal({ ko: '담당하는 센터가 아닙니다.', en: 'This is no centre of yours.' }),
    },
    example: () => ({ centre: 'outsourced', mode: 'load' as const, mostOpen: 30 }),
  }),
  setSkills: command({
    title: { ko: '상담 범위 변경', en: 'Set what an agent may be given' },
    may: 'tickets.staff',
    input: z.strictObject({
      person: Id,
      malls: z.array(MallId).min(1).max(50).nullable(),
      channels: z.array(z.enum(CHANNELS)).min(1).nullable(),
      mostOpen: Most.nullable(),
    }),
    output: z.strictObject({}),
    refusals: {
      person_unknown: refusal({ ko: '그 상담사를 찾을 수 없습니다.', en: 'There is no such agent.' }),
    },
    example: (known) => ({ person: known.userId, malls: null, channels: null, mostOpen: null }),
  }),
  /** Gives contacts of a centre that nobody has to those who are ready; used by its job. */
  assignWaiting: command({
    title: { ko: '미배정 상담 자동 배정', en: 'Assign what waits' },
    may: 'tickets.clock',
    input: z.strictObject({ centre: z.string().max(40) }),
    output: z.strictObject({ assigned: z.int() }),
    example: () => ({ centre: 'own' }),
  }),
  /** Closes what has waited for the customer as long as its channel's rule says; used by its job. */
  closeQuiet: command({
    title: { ko: '회신 없는 상담 자동 완료', en: 'Close what has long waited for the customer' },
    may: 'tickets.clock',
    input: z.strictObject({}),
    output: z.strictObject({ closed: z.int() }),
    example: () => ({}),
  }),
};
