import type { Policy } from '#policies/rules/parameters.ts';
import { isRefusal, type Refusal } from '#policies/rules/refusal.ts';
import type { Command } from './command.ts';
import { type Decision, decide } from './decide.ts';
import { type Chance, chance, randomOrder, randomPolicy } from './fuzz-order.ts';
import type { Wish } from './fuzz-parts.ts';
import { randomPrelude } from './fuzz-prelude.ts';
import { randomWish } from './fuzz-wish.ts';
import { openOrder } from './open-order.ts';
import { readCommand } from './read-command.ts';
import type { State } from './state.ts';

export type Taken = { wish: Wish; command: Command | null; before: State; answer: Decision | Refusal };
export type Run = { seed: number; policy: Policy; first: State; state: State; steps: Taken[] };

const HOUR = 3_600_000;

/** Plays one random sequence: the same seed and length give the same order, policy and commands. */
export function playSeed(seed: number, length: number, visit: (taken: Taken, run: Run) => void): Run {
  const by = chance(seed);
  const policy = randomPolicy(by);
  const first = openOrder(randomOrder(by, policy), by.often(50) ? { S0: 4, S1: 4, S2: 4, W1: 3, W2: 2 } : null);
  const run: Run = { seed, policy, first, state: first, steps: [] };
  let now = first.now + HOUR;
  const prelude = randomPrelude(by);
  for (let i = 0; i < length; i++) {
    const wish = prelude[i]?.(run.state) ?? randomWish(by, run.state);
    now += TIMERS.has(wish.type) && by.often(70) ? 15 * 24 * HOUR : gap(by);
    const taken = step(by, run, wish, now);
    run.steps.push(taken);
    if (!isRefusal(taken.answer)) run.state = taken.answer.state;
    visit(taken, run);
  }
  return run;
}

/** Events that have a time to wait for. */
const TIMERS = new Set(['fee.overdue', 'preRefund.clawback', 'exchange.expire']);

function gap(by: Chance): number {
  const roll = by.below(100);
  if (roll < 80) return HOUR * (1 + by.below(8));
  return roll < 97 ? HOUR * 24 : HOUR * 24 * 15;
}

function step(by: Chance, run: Run, chosen: Wish, now: number): Taken {
  const wish = {
    at: new Date(now).toISOString(),
    ...chosen,
    by: by.pick(['AGENT', 'AGENT', 'AGENT', 'CUSTOMER']),
  } as Wish;
  const command = readCommand(wish, true);
  if (isRefusal(command)) return { wish, command: null, before: run.state, answer: command };
  return { wish, command, before: run.state, answer: decide(run.state, command, run.policy, now) };
}
