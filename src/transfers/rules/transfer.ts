import type { Grant, Role, Words } from '#platform/operation.ts';
import { afterBusinessHours, type Hours } from '#requests/rules/due.ts';

export const STATES = ['open', 'accepted', 'answered', 'sent_back', 'withdrawn'] as const;
export type State = (typeof STATES)[number];

/** Why a case is handed on, and how many business hours its receiver has. */
export const KIND_TABLE = {
  expert: { title: { ko: '전문상담 필요', en: 'Needs an expert' }, hours: 2 },
  complaint: { title: { ko: '강성 불만', en: 'Hard complaint' }, hours: 1 },
  quality: { title: { ko: '품질·하자', en: 'Quality or defect' }, hours: 4 },
  logistics: { title: { ko: '배송·물류 조사', en: 'Delivery investigation' }, hours: 4 },
  money: { title: { ko: '환불·정산', en: 'Refund or settlement' }, hours: 4 },
  sales: { title: { ko: '단체·제휴 문의', en: 'B2B and sales' }, hours: 8 },
  other: { title: { ko: '기타', en: 'Other' }, hours: 4 },
} as const satisfies Record<string, { title: Words; hours: number }>;
export type Kind = keyof typeof KIND_TABLE;
export const KINDS = Object.keys(KIND_TABLE) as [Kind, ...Kind[]];

/** When a transfer of a kind is due (ms), in the receiver's business hours. */
export const dueOf = (kind: Kind, now: number, hours: Hours): number =>
  afterBusinessHours(now, KIND_TABLE[kind].hours, hours);

/** Roles that a team of a centre is called by, and departments outside of the centres. */
export const TEAM_ROLES = ['agent', 'senior_agent', 'shift_lead', 'manager'] as const satisfies Role[];
export const DEPARTMENT_ROLES = ['md', 'logistics', 'planner', 'head'] as const satisfies Role[];

/** From the how manieth transfer of a ticket on a manager is told: the customer goes in circles. */
export const ALARMING = 3;
export const isAlarming = (nth: number): boolean => nth >= ALARMING;

export type Receiver = {
  receiver: string;
  mall: string;
  toCentre: string | null;
  toRole: string | null;
  partner: string | null;
  /** Somebody who was named. */
  person: string | null;
};

const within = (list: readonly string[] | null, value: string | null) =>
  list === null || (value !== null && list.includes(value));

/** Whether a grant makes its holder the receiver: of the team of that centre and role, the department, the partner. */
function receives(grant: Grant, to: Receiver): boolean {
  if (to.receiver === 'partner') return grant.role === 'partner' && within(grant.partners, to.partner);
  if (grant.role === 'partner' || grant.role !== to.toRole || !within(grant.malls, to.mall)) return false;
  return to.receiver === 'department' || within(grant.centres, to.toCentre);
}

/** Whether somebody may accept, answer and send back: the person who was named, else whoever belongs to the receiver. */
export const isReceiver = (actor: { id: string; grants: readonly Grant[] }, to: Receiver): boolean =>
  to.person === null ? actor.grants.some((grant) => receives(grant, to)) : actor.id === to.person;

export type Move = 'accept' | 'answer' | 'sendBack' | 'withdraw';
export type WhyNot = 'over' | 'already_accepted' | 'not_yours';

type Standing = { state: State; isReceiver: boolean; isSender: boolean };

/** What a move makes of a transfer, or why it may not be made. Only receivers receive; only the sender's side withdraws. */
export function move({ state, isReceiver: mine, isSender }: Standing, step: Move): State | WhyNot {
  if (state !== 'open' && state !== 'accepted') return 'over';
  if (step === 'withdraw') {
    if (!isSender) return 'not_yours';
    return state === 'open' ? 'withdrawn' : 'already_accepted';
  }
  if (!mine) return 'not_yours';
  if (step === 'accept') return state === 'open' ? 'accepted' : 'already_accepted';
  return step === 'answer' ? 'answered' : 'sent_back';
}

type Moved = {
  receiver: string;
  state: State;
  fromCentre: string;
  fromAssignee: string | null;
  toCentre: string | null;
  acceptedBy: string | null;
};

/**
 * Where the ticket belongs now: a team that accepted it has it; sent back or answered after that, it is with whoever had
 * it before. Null: it stays where it is (a department or a partner answers, it does not take the case).
 */
export function placeOf(transfer: Moved): { centre: string; assignee: string | null } | null {
  const { receiver, state, fromCentre, fromAssignee, toCentre, acceptedBy } = transfer;
  if (receiver !== 'team' || acceptedBy === null || toCentre === null) return null;
  if (state === 'accepted') return { centre: toCentre, assignee: acceptedBy };
  return state === 'answered' || state === 'sent_back' ? { centre: fromCentre, assignee: fromAssignee } : null;
}

type Entry = { kind: string; text: string | null };
const WORDS: Record<string, string> = {
  said: '대화',
  accepted: '받음',
  answered: '답',
  sent_back: '돌려보냄',
  withdrawn: '이관을 거둠',
};

/** How an entry stands on the case: `[이관 · 품질·하자] 2차 상담에 보냄 · …`; null for what concerns the transfer only. */
export function caseWords(kind: Kind, to: string, entry: Entry): string | null {
  const what = entry.kind === 'sent' ? `${to}에 보냄` : WORDS[entry.kind];
  if (!what) return null;
  return [`[이관 · ${KIND_TABLE[kind].title.ko}] ${what}`, ...(entry.text ? [entry.text] : [])].join(' · ');
}
