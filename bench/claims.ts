import { cover, coverageTable, emptyCoverage } from '#claims/rules/coverage.ts';
import { decide } from '#claims/rules/decide.ts';
import { back, backAndPaid, delivered, line, o1, orderOf, timed, u } from '#claims/rules/fixtures.ts';
import { playSeed } from '#claims/rules/fuzz.ts';
import { brokenInvariants } from '#claims/rules/invariants.ts';
import { openOrder } from '#claims/rules/open-order.ts';
import { playLine } from '#claims/rules/play.ts';
import { readCommand } from '#claims/rules/read-command.ts';
import { readOrder } from '#orders/rules/read-order.ts';
import { DEFAULT_POLICY } from '#policies/rules/parameters.ts';
import { isRefusal } from '#policies/rules/refusal.ts';

/**
 * node bench/claims.ts [sequences 300000] [seed 1] [most minutes 20]
 *
 * Random sequences with every invariant checked after every step, then decisions and cases a second. Seeds are
 * printed; a failing one is played again with `CLAIM_SEED`, or `playSeed(seed, 24, …)`.
 */
const [sequences = 300_000, first = 1, minutes = 20] = process.argv.slice(2).map(Number);
const LENGTH = 24;

/** Milliseconds of one core that this process has used: other work on the machine does not count. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function explore(): number {
  const coverage = emptyCoverage();
  const until = Date.now() + minutes * 60_000;
  const failed: string[] = [];
  let [played, steps, accepted] = [0, 0, 0];
  for (let seed = first; seed < first + sequences && Date.now() < until; seed++, played++) {
    let broken = '';
    try {
      playSeed(seed, LENGTH, (taken, run) => {
        steps++;
        if (isRefusal(taken.answer) || broken) return;
        accepted++;
        cover(coverage, taken);
        broken = brokenInvariants(run.first, run.state, run.policy).join(', ');
      });
    } catch (error) {
      broken = String((error as Error).stack)
        .split('\n')
        .slice(0, 2)
        .join(' ');
    }
    if (broken) failed.push(`seed ${seed}: ${broken}`);
  }
  console.log(`seeds ${first}..${first + played - 1}: ${played} sequences, ${steps} steps, ${accepted} accepted`);
  console.log(coverageTable(coverage));
  for (const line of failed.slice(0, 50)) console.log(line);
  console.log(`${failed.length} sequences broke an invariant`);
  return failed.length;
}

/**
 * How often `work` is done in a second of a core. It runs warm first; the clock is read once in a hundred times,
 * since reading the time of a core costs as much as several decisions.
 */
function perSecond(work: () => number): number {
  const done = (ms: number): number => {
    let count = 0;
    const start = cpu();
    while (cpu() - start < ms) for (let i = 0; i < 100; i++) count += work();
    return (count / (cpu() - start)) * 1_000;
  };
  done(1_000);
  return Math.round(done(3_000));
}

/**
 * A decision: one command decided on the state that the commands before it left, quote and booking included;
 * 12 of a day's work on two returns of an order of 10 units (delivery, requests, collection, inspection, refund,
 * withdrawal), 4 of them refused.
 */
function decisionsPerSecond(): number {
  const frozen = readOrder(tenUnits(), DEFAULT_POLICY);
  if (isRefusal(frozen)) throw new Error(frozen.text.en);
  const commands = timed([
    delivered,
    back([u('A', 1)], 'BUYER'),
    back([u('A', 1)], 'BUYER'),
    { type: 'cancel.request', units: [u('C', 1)], reason: 'SIZE' },
    ...backAndPaid(),
    { type: 'withdraw' },
    back([u('B', [1, 2])], 'SELLER'),
    { type: 'refund.execute' },
    { type: 'withdraw' },
  ]).map((row) => {
    const command = readCommand(row, true);
    if (isRefusal(command)) throw new Error(command.text.en);
    return command;
  });
  const first = openOrder(frozen);
  const play = (seen: (refused: boolean) => void) => {
    let state = first;
    for (const command of commands) {
      const decision = decide(state, command, DEFAULT_POLICY, command.at);
      seen(isRefusal(decision));
      if (!isRefusal(decision)) state = decision.state;
    }
  };
  let refused = 0;
  play((no) => {
    if (no) refused++;
  });
  console.log(`${commands.length} decisions on an order of ${first.units.length} units, ${refused} refused`);
  return perSecond(() => {
    play(() => {});
    return commands.length;
  });
}

function tenUnits() {
  return orderOf([line('A', 29_900, 2), line('B', 15_000, 4), line('C', 9_900, 4)], {
    tenders: [
      { id: 't1', kind: 'POINT', amount: 5_000 },
      { id: 't2', kind: 'CARD', amount: 154_400 },
    ],
  });
}

function casesPerSecond(): number {
  const text = JSON.stringify({
    id: 'E5',
    order: o1(),
    commands: timed([delivered, back([u('A', 1)], 'BUYER'), ...backAndPaid()]),
  });
  return perSecond(() => {
    JSON.stringify(playLine(text));
    return 1;
  });
}

console.log(`${decisionsPerSecond()} decisions a second a core (order of 10 units; goal 100,000)`);
console.log(`${casesPerSecond()} cases a second a core (goal 3,000)`);
process.exitCode = explore() === 0 ? 0 : 1;
