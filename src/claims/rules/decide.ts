import type { Policy } from '#policies/rules/parameters.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { closeIdle } from './closing.ts';
import type { Command } from './command.ts';
import { type Draft, startDraft } from './draft.ts';
import type { Event } from './event.ts';
import { HANDLERS } from './handlers.ts';
import { mallDecides } from './mall.ts';
import type { State } from './state.ts';

/** What a command leads to: its events, the state after them, and the claim that it concerns. */
export type Decision = { events: Event[]; state: State; claim: string | null };

/**
 * Decides a command: events, or a typed refusal that names the rule, the policy and what is possible instead.
 * Pure: no clock and no I/O; preview and execution are this same call. A refused command changes nothing.
 */
export function decide(state: State, command: Command, policy: Policy, now: number): Decision | Refusal {
  const before = checkCommand(state, command, now);
  if (before === 'repeated') return { events: [], state, claim: null };
  if (before) return before;
  const draft = startDraft(state, command, policy, now);
  const refusal = mallDecides(draft);
  if (refusal) return refusal;
  const answer = HANDLERS[command.type]!(draft);
  if (isRefusal(answer)) return answer;
  if (draft.events.length > 0) closeIdle(draft);
  if (command.quote !== undefined && command.type !== 'quote.accept') {
    const changed = checkQuote(draft, answer, command.quote);
    if (changed) return changed;
  }
  if (command.key !== undefined && draft.events.length > 0) rememberKey(draft, command.key);
  return { events: draft.events, state: draft.state, claim: answer };
}

function checkCommand(state: State, command: Command, now: number): Refusal | 'repeated' | null {
  if (!HANDLERS[command.type]) return refuse('bad_input', 'T0', { what: command.type });
  if (now < state.now) return refuse('date_out_of_range', 'I31', { what: 'at' });
  if (command.declaredAt > now || command.declaredAt < state.order.orderedAt)
    return refuse('date_out_of_range', 'T7', { what: 'declaredAt' });
  if (command.key !== undefined && state.keys[command.key] !== undefined)
    return state.keys[command.key] === digest(command) ? 'repeated' : refuse('key_reused', 'I16');
  if (command.basedOn !== undefined && command.basedOn !== state.version)
    return refuse('stale_version', 'I31', { what: `${command.basedOn} ≠ ${state.version}` });
  return null;
}

/** I32: the quote that the screen showed is what happens, or one that is not worse. */
function checkQuote(draft: Draft, answer: string | null, shown: string): Refusal | null {
  const claim = draft.state.claims.find((row) => row.id === answer);
  return !claim || claim.quote.hash === shown ? null : refuse('quote_changed', 'I32', { possible: ['quote.accept'] });
}

function digest(command: Command): string {
  return JSON.stringify({ ...command, at: 0, declaredAt: command.declaredAt === command.at ? 0 : command.declaredAt });
}

function rememberKey(draft: Draft, key: string): void {
  const keys = { ...draft.state.keys, [key]: digest(draft.command) };
  draft.events.at(-1)!.changes.push({ on: 'order', set: { keys } });
  draft.state = { ...draft.state, keys };
}
