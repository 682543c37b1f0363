import { readOrder } from '#orders/rules/read-order.ts';
import { isRefusal } from '#policies/rules/refusal.ts';
import { decide } from './decide.ts';
import { timed } from './fixtures.ts';
import type { Wish } from './fuzz-parts.ts';
import { brokenInvariants } from './invariants.ts';
import { modelKey } from './model-key.ts';
import { MODEL_POLICY } from './model-openings.ts';
import { type Step, stepsOf } from './model-steps.ts';
import { openOrder } from './open-order.ts';
import { readCommand } from './read-command.ts';
import type { Claim, State } from './state.ts';
import { transitionOf } from './transitions.ts';
import { waitsOf } from './waits.ts';

/** Every step takes so long that all timers of section 2.3 have run out: 14 days of T30 and T45, and a day. */
const STEP_MS = 15 * 86_400_000;

/**
 * A state of the model, one of those with its key. `turns`: how many changes of mind and mishaps led to it at
 * least, and `how`; `next`: the keys of the states one step away; `events`: what may happen to each claim.
 */
type Node = { state: State; turns: number; how: string; next: Set<string>; events: Map<string, Set<string>> };

/** `whole`: all states were explored; `unlike`: merged states that lead elsewhere than the one explored for them. */
export type Explored = { nodes: Map<string, Node>; first: State; whole: boolean; compared: number; unlike: string[] };

export type Bounds = {
  /** Changes of mind and mishaps on the way to a state, at most. */
  turns: number;
  /** Claims that are open at once, at most; a step to more is not taken. */
  open: number;
  /** Give up when there are more states than this. */
  states: number;
  /** Of the states that are merged into another every n-th is compared with it; 0: none. */
  compare: number;
};

type Found = { key: string; state: State; turn: boolean; event: string; claim: string };

/**
 * Explores all that can happen to a small order after its opening: every state that at most `turns` changes of
 * mind and mishaps lead to, with any number of ordinary steps before, between and after them.
 *
 * The bounds make the states finite, and only leave ways out: what leads to an end under them does so without.
 * Without a limit of turns they are not finite: each replacement may be exchanged for a cheaper one, and of a
 * chain of replacements on their way each has an open claim. Every step takes 15 days, which is more than any
 * timer: time opens timers and ends windows, and a window that is open only forbids policies to refuse (I23).
 * States with one key are one (see modelKey). Those with fewer turns come first, so that each is explored once,
 * with as many turns left as it can have.
 */
export function explore(order: object, opening: readonly Wish[], bounds: Bounds): Explored {
  const first = begin(order, opening);
  const explored: Explored = { nodes: new Map(), first, whole: false, compared: 0, unlike: [] };
  let now = [{ key: modelKey(first), state: first, how: '' }];
  for (let turns = 0; turns <= bounds.turns && now.length > 0; turns++) {
    const later: typeof now = [];
    for (let at = 0; at < now.length; at++) {
      const { key, state, how } = now[at]!;
      if (explored.nodes.has(key)) continue;
      if (explored.nodes.size >= bounds.states) return explored;
      const node: Node = { state, turns, how, next: new Set(), events: new Map() };
      explored.nodes.set(key, node);
      for (const found of around(state, bounds, turns < bounds.turns)) {
        note(node, found);
        const way = `${how} ${found.claim}:${found.event}`;
        if (explored.nodes.has(found.key)) compare(explored, bounds, found, way);
        else (found.turn ? later : now).push({ key: found.key, state: found.state, how: way });
      }
    }
    now = later;
  }
  explored.whole = true;
  return explored;
}

function note(node: Node, { key, event, claim }: Found): void {
  node.next.add(key);
  node.events.set(claim, (node.events.get(claim) ?? new Set()).add(event));
}

/** Whether a state that is merged into one that is explored leads to the same states as that one. */
function compare(explored: Explored, bounds: Bounds, { key, state }: Found, how: string): void {
  const node = explored.nodes.get(key)!;
  if (bounds.compare === 0 || node.state === state || node.next.size === 0) return;
  if (++explored.compared % bounds.compare !== 0) return;
  const next = new Set(around(state, bounds, node.turns < bounds.turns).map((found) => found.key));
  if (next.size !== node.next.size || [...next].some((one) => !node.next.has(one)))
    explored.unlike.push(`${how} /${node.how}`);
}

/** The states one step away. */
function around(state: State, bounds: Bounds, turns: boolean): Found[] {
  const found: Found[] = [];
  for (const claim of openClaims(state))
    for (const step of stepsOf(state, claim)) {
      const after = turns || !step.turn ? take(state, step) : null;
      if (after && openClaims(after.state).length <= bounds.open)
        found.push({ ...after, turn: step.turn, claim: claim.id });
    }
  return found;
}

function openClaims(state: State): Claim[] {
  return state.claims.filter((claim) => !claim.closed);
}

function take(state: State, { command }: Step) {
  const at = state.now + STEP_MS;
  const decision = decide(state, { ...command, at, declaredAt: at }, MODEL_POLICY, at);
  if (isRefusal(decision) || decision.events.length === 0) return null;
  return { key: modelKey(decision.state), state: decision.state, event: decision.events[0]!.type };
}

function begin(order: object, opening: readonly Wish[]): State {
  const frozen = readOrder(order, MODEL_POLICY);
  if (isRefusal(frozen)) throw new Error(frozen.text.en);
  let state = openOrder(frozen);
  for (const wish of timed([...opening])) {
    const command = readCommand(wish, true);
    if (isRefusal(command)) throw new Error(`${JSON.stringify(wish)} ${command.text.en}`);
    const decision = decide(state, command, MODEL_POLICY, command.at);
    if (isRefusal(decision)) throw new Error(`${JSON.stringify(wish)} ${decision.text.en}`);
    state = decision.state;
  }
  return state;
}

/** How the states came about from which no way leads to one where every claim is closed (I21). */
export function deadEnds({ nodes }: Explored): string[] {
  const before = new Map<string, string[]>();
  for (const [key, node] of nodes)
    for (const next of node.next) {
      const list = before.get(next);
      if (list) list.push(key);
      else before.set(next, [key]);
    }
  const good = [...nodes].filter(([, { state }]) => openClaims(state).length === 0).map(([key]) => key);
  const seen = new Set(good);
  for (let at = 0; at < good.length; at++)
    for (const key of before.get(good[at]!) ?? [])
      if (!seen.has(key)) {
        seen.add(key);
        good.push(key);
      }
  return [...nodes].filter(([key]) => !seen.has(key)).map(([, { how }]) => how);
}

/**
 * What is wrong in single states: invariants (I20 among them); open claims that nobody of ours can bring on, asked
 * where turns are left, or that have no wait with an owner and a deadline (I21). A hold (T39), which A and M can
 * always set, does not count; what L finds at the dock does, since M may find it too (T14).
 */
export function faults({ nodes, first }: Explored, bounds: Bounds): string[] {
  const found: string[] = [];
  for (const { state, turns, how, events } of nodes.values()) {
    for (const rule of brokenInvariants(first, state, MODEL_POLICY)) found.push(`${how}: ${rule}`);
    for (const claim of state.claims) {
      const waits = waitsOf(claim, MODEL_POLICY);
      if (claim.closed) {
        if (waits.length > 0) found.push(`${how}: ${claim.id} is closed and waits`);
        continue;
      }
      const who = [...(events.get(claim.id) ?? [])].map((event) => transitionOf(event)?.who ?? '');
      if (turns < bounds.turns && !who.some((one) => /[AMSL]/.test(one)))
        found.push(`${how}: nobody of ours can do anything for ${claim.id}`);
      const due = waits.every(({ owner, until }) => 'AMLSC'.includes(owner) && until > 0 && Number.isInteger(until));
      if (waits.length === 0 || !due) found.push(`${how}: ${claim.id} waits for nobody or for ever`);
    }
  }
  return found;
}
