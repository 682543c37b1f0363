import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isShipped, isTerminalStage } from '#orders/rules/unit.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { isRefusal } from '#policies/rules/refusal.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import { playSeed, type Run, type Taken } from './fuzz.ts';
import { readCommand } from './read-command.ts';
import type { State, Unit } from './state.ts';

const DAY = 86_400_000;

export type Always = (name: string, least: number, check: (taken: Taken, run: Run) => boolean) => void;

/**
 * A test of every step of random sequences, of which the environment names how many (CLAIM_SEQUENCES) and the seed
 * (CLAIM_SEED); `least` times the rule must have been at stake.
 */
export function alwaysIn(env: Record<string, string | undefined>): Always {
  const numRuns = Math.ceil(Number(env.CLAIM_SEQUENCES ?? 10_000) / 40);
  const seed = Number(env.CLAIM_SEED ?? 20_261_125);
  return (name, least, check) =>
    test(name, { timeout: 300_000 }, () => {
      let tried = 0;
      const property = fc.property(fc.integer(), (of) => {
        playSeed(of, 24, (taken, run) => {
          if (check(taken, run)) tried++;
        });
      });
      fc.assert(property, { numRuns, seed });
      expect(tried).toBeGreaterThanOrEqual(numRuns < 250 ? 0 : least);
    });
}

export function commandOf(row: Record<string, unknown>, at: number): Command {
  const command = readCommand({ ...row, at: new Date(at).toISOString() }, true);
  if (isRefusal(command)) throw new Error(command.text.en);
  return command;
}

export type Wish = { type: string; [field: string]: unknown };

/** The states after each of some commands, all at the moment of the state before; null when one is refused. */
export function after(state: State, policy: Policy, wishes: readonly Wish[]): State[] | null {
  const states = [state];
  for (const wish of wishes) {
    const answer = decide(states.at(-1)!, commandOf({ approved: true, ...wish }, state.now), policy, state.now);
    if (isRefusal(answer)) return null;
    states.push(answer.state);
  }
  return states;
}

export const nonZero = (sums: Record<string, number>) =>
  Object.fromEntries(Object.entries(sums).filter(([, won]) => won !== 0));

/** What a request that is withdrawn may not change (I8). */
export function matter({ ledger, stock, units, charged, reclaimed, coupons, points, vat }: State) {
  const places = units.map(({ withdrawals, ...unit }) => unit);
  return { ledger: nonZero(ledger), stock: nonZero(stock), places, charged, reclaimed, coupons, points, vat };
}

/** Pieces that the customer has and no claim holds, delivered within the last five days and not excepted by §17②. */
export function lawful(state: State): Unit[] {
  if (state.order.authority === 'MALL') return [];
  return state.units.filter(
    ({ hold, holder, stage, place, deliveredAt, info }) =>
      hold === null &&
      holder &&
      isShipped(stage) &&
      !isTerminalStage(stage) &&
      place === 'CUSTOMER' &&
      deliveredAt !== null &&
      state.now - deliveredAt < 5 * DAY &&
      !info.exceptionProven,
  );
}
