import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  believed,
  deliver,
  hear,
  isLate,
  type Said,
  STATUSES,
  type Status,
  setStatus,
  type TicketState,
  unansweredSince,
  write,
} from './status.ts';

const DAY = 86_400_000;
const REOPEN_DAYS = 3;

/** The machine beside a model that keeps whole messages and asks who waits by reading them from the start. */
class Desk {
  state: TicketState = { status: 'new', waitingSince: 0, solvedAt: null, snoozedUntil: null };
  now = 0;
  talk: Said[] = [{ kind: 'inbound', delivery: null, thanks: false, at: 0, saidAt: 0 }];
  late = 0;

  waits(): number | null {
    if (this.state.status === 'pending' || this.state.status === 'solved') return null;
    let since: number | null = null;
    for (const said of this.talk) {
      if (said.kind === 'inbound' && !said.thanks) since ??= said.saidAt;
      if (said.kind === 'call_note' || said.delivery === 'sent') since = null;
    }
    return since;
  }
  hear(thanks: boolean) {
    if (isLate(this.state, this.now, REOPEN_DAYS)) {
      this.late++;
      return;
    }
    this.talk.push({ kind: 'inbound', delivery: null, thanks, at: this.now, saidAt: this.now });
    this.state = hear(this.state, thanks, this.talk);
  }
  reply() {
    this.talk.push({ kind: 'outbound', delivery: 'queued', thanks: false, at: this.now, saidAt: this.now });
    this.state = write(this.state);
  }
  tell(delivery: 'sent' | 'failed') {
    const queued = this.talk.findLast((said) => said.kind === 'outbound' && said.delivery !== delivery);
    if (queued) queued.delivery = delivery;
    if (queued) this.state = deliver(this.state, this.talk);
  }
}

type Step =
  | { do: 'hear'; thanks: boolean }
  | { do: 'reply' | 'sent' | 'failed' }
  | { do: 'set'; status: Status }
  | { do: 'wait'; ms: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('hear' as const), thanks: fc.boolean() }),
  fc.record({ do: fc.constantFrom('reply' as const, 'sent' as const, 'failed' as const) }),
  fc.record({ do: fc.constant('set' as const), status: fc.constantFrom(...STATUSES) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, DAY, REOPEN_DAYS * DAY) }),
);

function play(desk: Desk, one: Step): void {
  if (one.do === 'wait') desk.now += one.ms;
  else if (one.do === 'hear') desk.hear(one.thanks);
  else if (one.do === 'reply') desk.reply();
  else if (one.do === 'set') desk.state = setStatus(desk.state, one.status, desk.now, desk.talk);
  else desk.tell(one.do);
}

test('whatever happens in whatever order, who waits is who has no answer, and done is done', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const desk = new Desk();
      for (const one of steps) {
        const before = desk.state;
        const late = desk.late;
        play(desk, one);
        const { state } = desk;
        expect(state.waitingSince).toBe(desk.waits());
        expect(state.solvedAt === null).toBe(state.status !== 'solved');
        if (one.do === 'hear' && one.thanks) expect(state).toEqual(before);
        if (one.do === 'hear' && !one.thanks && desk.late === late) {
          expect(state.status).toBe(before.status === 'new' ? 'new' : 'open');
          expect(state.waitingSince).not.toBeNull();
        }
        if (desk.late > late) expect(state).toEqual(before);
        if (one.do === 'sent' || one.do === 'failed') expect(state.status).toBe(before.status);
      }
    }),
  );
});

test('setting a status and setting the one before gives back who waited, since when', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), fc.constantFrom(...STATUSES), (steps, other) => {
      const desk = new Desk();
      for (const one of steps) play(desk, one);
      const there = setStatus(desk.state, other, desk.now, desk.talk);
      const back = setStatus(there, desk.state.status, desk.now, desk.talk);
      expect({ ...back, solvedAt: 0, snoozedUntil: 0 }).toEqual({ ...desk.state, solvedAt: 0, snoozedUntil: 0 });
    }),
  );
});

test('a message opens a done ticket until the window has passed, to the millisecond', () => {
  const done: TicketState = { status: 'solved', waitingSince: null, solvedAt: 1_000, snoozedUntil: null };
  expect(isLate(done, 1_000 + 3 * DAY, 3)).toBe(false);
  expect(isLate(done, 1_001 + 3 * DAY, 3)).toBe(true);
  expect(isLate({ ...done, status: 'pending', solvedAt: null }, 1_001 + 900 * DAY, 3)).toBe(false);
});

test('a message wakes a snoozed ticket; a mere thank-you lets it sleep', () => {
  const asleep: TicketState = { status: 'hold', waitingSince: null, solvedAt: null, snoozedUntil: 9 };
  const talk: Said[] = [{ kind: 'inbound', delivery: null, thanks: false, at: 5, saidAt: 5 }];
  expect(hear(asleep, false, talk)).toEqual({ status: 'open', waitingSince: 5, solvedAt: null, snoozedUntil: null });
  expect(hear(asleep, true, talk)).toEqual(asleep);
});

test('the customer waits since their first word without an answer; a bounced answer was none', () => {
  const said = (kind: string, at: number, delivery: string | null = null): Said => ({
    ...{ kind, delivery, thanks: false, at, saidAt: at },
  });
  expect(unansweredSince([said('inbound', 1), said('inbound', 2)])).toBe(1);
  expect(unansweredSince([said('inbound', 1), said('outbound', 2, 'queued')])).toBe(1);
  expect(unansweredSince([said('inbound', 1), said('outbound', 2, 'sent'), said('inbound', 3)])).toBe(3);
  expect(unansweredSince([said('inbound', 1), said('outbound', 2, 'failed')])).toBe(1);
  expect(unansweredSince([said('inbound', 1), said('call_note', 2)])).toBeNull();
});

test('a time of 1970 or 2099 is taken for now, one of yesterday is believed', () => {
  const now = Date.UTC(2026, 10, 30);
  expect(believed(0, now)).toBe(now);
  expect(believed(Date.UTC(2099, 0, 1), now)).toBe(now);
  expect(believed(now - DAY, now)).toBe(now - DAY);
});
