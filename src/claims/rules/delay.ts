import { isBeforeShipping } from '#orders/rules/unit.ts';
import { dateText } from '#policies/rules/calendar.ts';
import { type Refusal, refuse } from '#policies/rules/refusal.ts';
import { openCancel } from './cancel.ts';
import { compensationOf } from './compensation.ts';
import { amend, type Draft, record } from './draft.ts';
import type { Change } from './event.ts';

/** T6a 지연 안내: a new day is promised, points by policy once; a date told twice and broken twice alerts M. */
export function noticeDelay(draft: Draft): Refusal | string | null {
  const { state, today } = draft;
  const promisedOn = draft.command.promisedOn!;
  if (state.notice?.promisedOn === promisedOn) return null;
  if (promisedOn < today) return refuse('date_out_of_range', 'T6a', { what: dateText(promisedOn) });
  if (!state.units.some((unit) => isBeforeShipping(unit.stage))) return refuse('already_shipped', 'T6a');
  const broken = (state.notice?.broken ?? 0) + (state.notice && today > state.notice.promisedOn ? 1 : 0);
  const changes: Change[] = [{ on: 'order', set: { notice: { promisedOn, toldAt: draft.now, broken, answer: null } } }];
  if (broken >= 2)
    changes.push({
      on: 'order',
      set: { tasks: [...state.tasks, { what: 'DELAY_BROKEN', owner: 'M', at: draft.now }] },
    });
  if (!state.notice && draft.policy.pointsDelay > 0)
    changes.push(compensationOf(draft, 'POINT', draft.policy.pointsDelay, 'LATE'));
  record(draft, 'delay.notice', null, changes);
  return null;
}

/** T6a 지연 응답: wait, change the option (a task for an agent), or cancel at the seller's fault. */
export function answerDelay(draft: Draft): Refusal | string | null {
  const { state, command } = draft;
  const { answer } = command;
  if (!state.notice) return refuse('wrong_state', 'T6a', { possible: ['cancel.request'] });
  if (state.notice.answer === answer) return null;
  const units = state.units.filter((unit) => isBeforeShipping(unit.stage) && unit.hold === null);
  if (answer === 'CANCEL' && units.length === 0)
    return refuse('already_shipped', 'T6a', { possible: ['return.request'] });
  record(draft, 'delay.answer', null, [{ on: 'order', set: { notice: { ...state.notice, answer: answer! } } }]);
  if (answer === 'CHANGE') {
    const tasks = [...draft.state.tasks, { what: 'CHANGE_OPTION', owner: 'A' as const, at: draft.now }];
    amend(draft, [{ on: 'order', set: { tasks } }]);
  }
  return answer === 'CANCEL' ? openCancel(draft, units, 'LATE') : null;
}
