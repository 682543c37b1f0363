import type { FrozenOrder } from '#orders/rules/read-order.ts';
import { readOrder } from '#orders/rules/read-order.ts';
import { kstDay } from '#policies/rules/calendar.ts';
import { Fields } from '#policies/rules/fields.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { readPolicy } from '#policies/rules/read-policy.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { booksOf } from './books.ts';
import { decide } from './decide.ts';
import { type Explained, explainStep } from './explain.ts';
import { openOrder } from './open-order.ts';
import { showQuote } from './quote.ts';
import { readCommand } from './read-command.ts';
import type { State } from './state.ts';

export type Step =
  | { ok: true; events: string[]; claim?: string; quote?: Record<string, unknown>; explain?: Explained[] }
  | { ok: false; refusal: Refusal };

/** One case played: a step for each command, and the books at the end; `refusal` when the case itself is wrong. */
export type Played = { id: unknown; steps: Step[]; books?: Record<string, unknown>; refusal?: Refusal };

export type Options = { policy?: unknown; explain?: 'ko' | 'en' };

const NAMES = new Set(['id', 'order', 'policy', 'stock', 'commands', 'note', 'expect']);

/** Plays a line of `claims run`; whatever is in it, the answer is a value and nothing is thrown. */
export function playLine(line: string, options: Options = {}): Played {
  let value: unknown;
  try {
    // Windows writes a byte order mark before the first case.
    value = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    return { id: null, steps: [], refusal: refuse('bad_input', 'T0', { what: 'JSON' }) };
  }
  return playCase(value, options);
}

/** Plays a case: an order, a policy, and commands one after another. A refused step changes nothing. */
export function playCase(value: unknown, options: Options = {}): Played {
  const at = new Fields(value, 'case', 'T0');
  at.only(NAMES);
  const id = at.raw('id') ?? null;
  const commands = at.list('commands', []);
  const stock = readStock(at);
  if (at.problem) return { id, steps: [], refusal: at.problem };
  const policy = policyOf(options.policy, at.raw('policy'));
  if (isRefusal(policy)) return { id, steps: [], refusal: policy };
  const frozen = readOrder(at.raw('order'), policy);
  if (isRefusal(frozen)) return { id, steps: [], refusal: frozen };
  return { id, ...play(frozen, policy, stock, commands, options) };
}

function readStock(at: Fields): Record<string, number> | null {
  if (!at.has('stock')) return null;
  const stock = new Fields(at.raw('stock'), 'case.stock', 'I18');
  const read: Record<string, number> = {};
  for (const sku of Object.keys((at.raw('stock') as object | null) ?? {})) read[sku] = stock.won(sku);
  at.part(stock);
  return read;
}

/** The policy file of the command line lies under the overrides of the case. */
function policyOf(shared: unknown, own: unknown): Policy | Refusal {
  if (shared === undefined || own === undefined || own === null) return readPolicy(own ?? shared);
  if (typeof own !== 'object' || typeof shared !== 'object') return readPolicy(own);
  return readPolicy({ ...shared, ...own });
}

function play(
  frozen: FrozenOrder,
  policy: Policy,
  stock: Record<string, number> | null,
  commands: unknown[],
  options: Options,
) {
  let state = openOrder(frozen, stock);
  const steps: Step[] = [];
  for (const given of commands) {
    const command = readCommand(given, true);
    const decision = isRefusal(command) ? command : decide(state, command, policy, command.at);
    if (isRefusal(decision) || isRefusal(command)) {
      steps.push({ ok: false, refusal: (isRefusal(command) ? command : decision) as Refusal });
      continue;
    }
    state = decision.state;
    // An accepted command moves the clock even when nothing happened: time may not go back.
    if (state.now < command.at) state = { ...state, now: command.at };
    steps.push(
      stepOf(
        state,
        policy,
        decision.events.map((event) => event.type),
        decision.claim,
        command.at,
        options,
      ),
    );
  }
  return { steps, books: booksOf(state, policy) };
}

function stepOf(state: State, policy: Policy, events: string[], id: string | null, at: number, options: Options): Step {
  const claim = id === null ? undefined : state.claims.find((row) => row.id === id);
  if (!claim) return { ok: true, events };
  const step: Step = { ok: true, events, claim: claim.id, quote: showQuote(state, policy, claim, kstDay(at)) };
  if (options.explain) step.explain = explainStep(state, policy, claim, options.explain);
  return step;
}
