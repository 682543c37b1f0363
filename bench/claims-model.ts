import { deadEnds, explore, faults } from '../src/claims/rules/model.ts';
import { ACROSS, ONE, TWO } from '../src/claims/rules/model-openings.ts';

/**
 * node bench/claims-model.ts [turns of one piece] [of two pieces] [of a piece of each line] [kinds: RETURN,EXCHANGE]
 *
 * The model check of I20 and I21 further than `npm test` goes: all states that so many changes of mind and
 * mishaps lead to, for a claim of each kind. One merged state in ten is compared with the one that stands for it.
 */
const [one = '4', two = '3', across = '3', kinds] = process.argv.slice(2);
const STATES = 600_000;
const RUNS = [
  { what: 'one piece', ...ONE, bounds: { turns: Number(one), open: 2, states: STATES, compare: 10 } },
  { what: 'two pieces', ...TWO, bounds: { turns: Number(two), open: 3, states: STATES, compare: 10 } },
  { what: 'both lines', ...ACROSS, bounds: { turns: Number(across), open: 3, states: STATES, compare: 10 } },
];

let bad = 0;
for (const { what, order, openings, bounds } of RUNS)
  for (const [kind, opening] of Object.entries(openings)) {
    if (kinds && !kinds.split(',').includes(kind)) continue;
    const began = process.cpuUsage().user;
    const explored = explore(order, opening, bounds);
    const dead = deadEnds(explored);
    const wrong = faults(explored, bounds);
    const seconds = ((process.cpuUsage().user - began) / 1e6).toFixed(1);
    const compared = Math.floor(explored.compared / bounds.compare);
    console.log(
      `${kind} of ${what}, ${bounds.turns} turns: ${explored.nodes.size} states${explored.whole ? ', all' : ', NOT ALL'}; ` +
        `${dead.length} dead ends, ${wrong.length} faults, ${explored.unlike.length} of ${compared} merges unlike; ${seconds} s`,
    );
    for (const line of [...dead.slice(0, 3), ...wrong.slice(0, 3), ...explored.unlike.slice(0, 3)])
      console.log(`  ${line}`);
    bad += dead.length + wrong.length + explored.unlike.length + (explored.whole ? 0 : 1);
  }
process.exitCode = bad === 0 ? 0 : 1;
