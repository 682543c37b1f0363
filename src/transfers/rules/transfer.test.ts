import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Grant } from '#platform/operation.ts';
import { caseWords, isAlarming, isReceiver, KINDS, type Move, move, placeOf, type State } from './transfer.ts';

const grant = (role: Grant['role'], more: Partial<Grant> = {}): Grant => ({
  role,
  malls: null,
  centres: null,
  partners: null,
  ...more,
});
const me = (grants: Grant[]) => ({ id: 'me', grants });
const team = { receiver: 'team', mall: 'own', toCentre: 'own', toRole: 'senior_agent', partner: null, person: null };

test('a team is who has its role in its centre for the mall; a department who has its role; a partner only itself', () => {
  expect(isReceiver(me([grant('senior_agent')]), team)).toBe(true);
  expect(isReceiver(me([grant('senior_agent', { centres: ['outsourced'] })]), team)).toBe(false);
  expect(isReceiver(me([grant('senior_agent', { malls: ['11st'] })]), team)).toBe(false);
  expect(isReceiver(me([grant('agent')]), team)).toBe(false);
  const department = { ...team, receiver: 'department', toCentre: null, toRole: 'md' };
  expect(isReceiver(me([grant('md')]), department)).toBe(true);
  const partner = { ...team, receiver: 'partner', toCentre: null, toRole: null, partner: 'p1' };
  expect(isReceiver(me([grant('partner', { partners: ['p1'] })]), partner)).toBe(true);
  expect(isReceiver(me([grant('partner', { partners: ['p2'] })]), partner)).toBe(false);
  expect(isReceiver(me([grant('manager')]), partner)).toBe(false);
});

test('a transfer to somebody is theirs alone', () => {
  expect(isReceiver(me([]), { ...team, person: 'me' })).toBe(true);
  expect(isReceiver(me([grant('senior_agent')]), { ...team, person: 'other' })).toBe(false);
});

test('the third transfer of a ticket alarms, and each later one', () => {
  expect([1, 2, 3, 4].map(isAlarming)).toEqual([false, false, true, true]);
});

const steps = fc.array(
  fc.record({
    step: fc.constantFrom<Move>('accept', 'answer', 'sendBack', 'withdraw'),
    isReceiver: fc.boolean(),
    isSender: fc.boolean(),
  }),
  { maxLength: 12 },
);

test('model: only receivers receive, only senders withdraw, and what has ended stays ended', () => {
  fc.assert(
    fc.property(steps, (made) => {
      let state: State = 'open';
      for (const { step, ...who } of made) {
        const next = move({ state, ...who }, step);
        if (next === 'over' || next === 'already_accepted' || next === 'not_yours') continue;
        expect(['open', 'accepted']).toContain(state);
        expect(step === 'withdraw' ? who.isSender : who.isReceiver).toBe(true);
        if (step === 'withdraw' || step === 'accept') expect(state).toBe('open');
        state = next;
      }
    }),
  );
});

test('model: the ticket is with the receiver exactly while a team has it, and goes back to whoever had it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('team', 'department', 'partner'),
      fc.constantFrom<State>('open', 'accepted', 'answered', 'sent_back', 'withdrawn'),
      fc.option(fc.constant('me'), { nil: null }),
      (receiver, state, acceptedBy) => {
        const place = placeOf({
          ...{ receiver, state, acceptedBy, fromCentre: 'own', fromAssignee: 'before' },
          toCentre: receiver === 'team' ? 'outsourced' : null,
        });
        const took = receiver === 'team' && acceptedBy !== null;
        if (!took || state === 'open' || state === 'withdrawn') expect(place).toBeNull();
        else if (state === 'accepted') expect(place).toEqual({ centre: 'outsourced', assignee: 'me' });
        else expect(place).toEqual({ centre: 'own', assignee: 'before' });
      },
    ),
  );
});

test('each kind of transfer has its words on the case; reminders have none', () => {
  for (const kind of KINDS)
    expect(caseWords(kind, '2차 상담', { kind: 'sent', text: '판정 부탁' })).toMatch(/2차 상담에 보냄 · 판정 부탁$/);
  expect(caseWords('quality', '코튼브릿지', { kind: 'answered', text: '교환 가능' })).toBe(
    '[이관 · 품질·하자] 답 · 교환 가능',
  );
  expect(caseWords('quality', '코튼브릿지', { kind: 'overdue', text: null })).toBeNull();
});
