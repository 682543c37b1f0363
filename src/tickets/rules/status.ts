/** 신규 · 진행중 · 고객 회신 대기 · 보류 · 상담완료 */
export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved'] as const;
export type Status = (typeof STATUSES)[number];

/** What of a ticket its status machine knows; times in milliseconds. */
export type TicketState = {
  status: Status;
  /** Since when the customer waits for our answer; null when nobody waits. */
  waitingSince: number | null;
  solvedAt: number | null;
  snoozedUntil: number | null;
};

/** A message as far as it decides who waits. `at`: its place in the talk. `saidAt`: when the customer said it. */
export type Said = {
  kind: string;
  delivery: string | null;
  thanks: boolean;
  at: number;
  saidAt: number;
};

const DAY_MS = 86_400_000;
const answered = ({ kind, delivery }: Said) => kind === 'call_note' || (kind === 'outbound' && delivery === 'sent');

/**
 * Since when the customer waits: the first message of theirs that no answer follows. An answer counts once it is
 * sent, a call once its note is written; a mere thank-you waits for nothing. `talk` oldest first.
 */
export function unansweredSince(talk: readonly Said[]): number | null {
  const last = talk.findLastIndex(answered);
  const first = talk.slice(last + 1).find(({ kind, thanks }) => kind === 'inbound' && !thanks);
  return first?.saidAt ?? null;
}

/** Who waits in a status: nobody while we wait for the customer, or when it is done. */
export const waitsIn = (status: Status, talk: readonly Said[]): number | null =>
  status === 'pending' || status === 'solved' ? null : unansweredSince(talk);

/** A person, a policy or Haedap sets the status. Every status may follow every other. */
export function setStatus(state: TicketState, status: Status, now: number, talk: readonly Said[]): TicketState {
  if (status === state.status) return state;
  return {
    status,
    waitingSince: waitsIn(status, talk),
    solvedAt: status === 'solved' ? now : null,
    snoozedUntil: status === 'solved' ? null : state.snoozedUntil,
  };
}

/** Whether a message to a done ticket comes too late to open it again. */
export const isLate = (state: TicketState, now: number, reopenDays: number): boolean =>
  state.status === 'solved' && state.solvedAt !== null && now - state.solvedAt > reopenDays * DAY_MS;

/**
 * What a message of the customer does: it wakes a snoozed ticket, opens one that waited for it, was on hold or was
 * done within the channel's window (`isLate` asks before), and the customer waits. `talk` ends with the message. A new ticket stays new. A mere
 * thank-you changes nothing: whether the matter is done, or not done after all, is for people to say.
 */
export function hear(state: TicketState, thanks: boolean, talk: readonly Said[]): TicketState {
  if (thanks) return state;
  return {
    status: state.status === 'new' ? 'new' : 'open',
    waitingSince: unansweredSince(talk),
    solvedAt: null,
    snoozedUntil: null,
  };
}

/** An answer was written: a new ticket is being worked on. The customer waits until it is sent. */
export const write = (state: TicketState): TicketState =>
  state.status === 'new' ? { ...state, status: 'open' } : state;

/** An answer was sent, or came back: who waits follows from the talk. */
export const deliver = (state: TicketState, talk: readonly Said[]): TicketState => ({
  ...state,
  waitingSince: waitsIn(state.status, talk),
});

/** Times of outside sources are believed within a month; a clock that is wrong does not make a customer wait since 1970. */
export function believed(saidAt: number, now: number): number {
  return saidAt > now || saidAt < now - 31 * DAY_MS ? now : saidAt;
}
