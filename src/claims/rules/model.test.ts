import { expect, test } from 'vitest';
import { readOrder } from '#orders/rules/read-order.ts';
import { DEFAULT_POLICY, type Policy } from '#policies/rules/parameters.ts';
import { isRefusal } from '#policies/rules/refusal.ts';
import { isInspected } from './claim-state.ts';
import { decide } from './decide.ts';
import { line, orderOf, timed, u } from './fixtures.ts';
import { openOrder } from './open-order.ts';
import { readCommand } from './read-command.ts';
import type { Claim, State } from './state.ts';
import { waitsOf } from './waits.ts';

type Wish = { type: string; [field: string]: unknown };

const POLICY: Policy = { ...DEFAULT_POLICY, stopShipGraceMin: 0, exchangeReserveHours: 0, lostAfterDays: 0 };
const DAY = 86_400_000;
const MOST_STATES = Number(process.env.CLAIM_STATES ?? 600);

/** Two lines, three units; the two of A may be claimed together, so that claims can split. */
const order = orderOf([line('A', 20_000, 2), line('B', 30_000)], {
  tenders: [{ id: 't1', kind: 'CARD', amount: 70_000 }],
});

const OPENINGS: Record<string, Wish[]> = {
  CANCEL: [
    { type: 'parcel.prepared', parcel: 'p1' },
    { type: 'cancel.request', units: [u('A', [1, 2])], reason: 'SIZE' },
  ],
  RETURN: [
    { type: 'parcel.delivered', parcel: 'p1' },
    { type: 'return.request', units: [u('A', [1, 2])], reason: 'SIZE' },
  ],
  UNDECIDED: [
    { type: 'parcel.shipped', parcel: 'p1' },
    { type: 'parcel.refused', parcel: 'p1' },
  ],
  EXCHANGE: [
    { type: 'parcel.delivered', parcel: 'p1' },
    { type: 'exchange.request', units: [u('A', [1, 2])], reason: 'SIZE', wanted: { sku: 'W', listPrice: 22_000 } },
  ],
  RESHIP: [
    { type: 'parcel.delivered', parcel: 'p1' },
    { type: 'reship', units: [u('A', 1)], reason: 'WRONG_ITEM' },
  ],
  REDUCE: [
    { type: 'parcel.delivered', parcel: 'p1' },
    { type: 'price.reduce', units: [u('A', 1)], amount: 1_000, reason: 'DEFECT' },
  ],
};

/** Everything that may be tried on a claim, by whoever may. */
function tries(state: State, claim: Claim): Wish[] {
  const of = { claim: claim.id, approved: true };
  const due = claim.fees.reduce((sum, fee) => sum + (fee.state === 'DUE' ? fee.amount : 0), 0);
  const plain = `cancel.accept return.accept exchange.accept cancel.tooLate pickup.scan pickup.fail pickup.book arrive
    collect.lost inspect.fail refund.execute refund.unknown refund.fail withdraw noCollect exchange.cross
    exchange.shipFirst exchange.ship exchange.expire quote.accept preRefund.clawback fee.overdue claim.release`;
  const wishes: Wish[] = plain.split(/\s+/).map((type) => ({ type, ...of }));
  for (const fault of ['BUYER', 'SELLER'])
    wishes.push({ type: 'fault.change', ...of, fault }, { type: 'inspect.pass', ...of, finding: fault });
  for (const to of ['RETURN', 'EXCHANGE']) wishes.push({ type: 'convert', ...of, to });
  for (const type of ['return.reject', 'claim.reject', 'fee.waive', 'preRefund'])
    wishes.push({ type, ...of, reason: 'r' });
  wishes.push({ type: 'exchange.change', ...of, wanted: { sku: 'V', listPrice: 20_000 } });
  wishes.push({ type: 'refund.payout', ...of, tender: 't1', to: 'DEPOSIT' });
  if (due > 0)
    wishes.push({ type: 'fee.paid', claim: claim.id, tender: { id: `f${state.version}`, kind: 'CARD', amount: due } });
  if (claim.units.length > 1) wishes.push({ type: 'claim.split', ...of, units: [u('A', 1)] });
  const parcel = claim.sendBack ?? claim.redelivery?.parcel;
  if (parcel)
    wishes.push(
      { type: 'parcel.delivered', parcel },
      { type: 'parcel.prepared', parcel },
      { type: 'parcel.lost', parcel },
    );
  return wishes;
}

/**
 * What tells states apart: where units and open claims stand; not amounts, ids, times, nor what is closed, since
 * a closed claim never changes and allows nothing here.
 */
function fingerprint(state: State): string {
  const open = state.claims.filter((claim) => !claim.closed);
  const units = state.units.map(({ key, stage, place, hold }) => [
    key,
    stage,
    place,
    open.findIndex((claim) => claim.id === hold),
  ]);
  const parcels = (claim: Claim) =>
    [claim.sendBack, claim.redelivery?.parcel].map((id) => state.parcels.find((parcel) => parcel.id === id)?.state);
  const claims = open.map((claim) => [
    [claim.kind, claim.state, claim.exiting, claim.fault, claim.units.length],
    [claim.collection.state, claim.collection.method, claim.collection.attempts],
    [claim.failed, isInspected(claim), claim.redelivery?.state, parcels(claim)],
    [claim.quoteState, claim.refunds.map((refund) => refund.state), claim.fees.map((fee) => [fee.kind, fee.state])],
    [claim.special, claim.advance !== null],
  ]);
  return JSON.stringify([units, claims]);
}

type Node = { state: State; depth: number; next: Set<string>; open: number };

function explore(opening: Wish[]): Map<string, Node> {
  const frozen = readOrder(order, POLICY);
  if (isRefusal(frozen)) throw new Error(frozen.text.en);
  let start = openOrder(frozen);
  for (const wish of timed(opening)) start = step(start, wish as Wish, Date.parse(wish.at as string)) ?? start;
  const nodes = new Map<string, Node>();
  const queue: string[] = [];
  const add = (state: State, depth: number): string => {
    const key = fingerprint(state);
    if (!nodes.has(key)) {
      nodes.set(key, { state, depth, next: new Set(), open: state.claims.filter((claim) => !claim.closed).length });
      queue.push(key);
    }
    return key;
  };
  add(start, 0);
  for (let at = 0; at < queue.length && nodes.size < MOST_STATES; at++) {
    const node = nodes.get(queue[at]!)!;
    for (const claim of node.state.claims) {
      if (claim.closed) continue;
      for (const wish of tries(node.state, claim)) {
        const after = step(node.state, wish, node.state.now + 15 * DAY);
        if (after) node.next.add(add(after, node.depth + 1));
      }
    }
  }
  return nodes;
}

function step(state: State, wish: Wish, at: number): State | null {
  const command = readCommand({ ...wish, at: new Date(at).toISOString() }, true);
  if (isRefusal(command)) throw new Error(`${JSON.stringify(wish)} ${command.text.en}`);
  const decision = decide(state, command, POLICY, at);
  return isRefusal(decision) || decision.events.length === 0 ? null : decision.state;
}

for (const [kind, opening] of Object.entries(OPENINGS))
  test(`no dead end from ${kind}: every state leads to a terminal one, every wait has an owner and a deadline`, {
    timeout: 120_000,
  }, () => {
    const nodes = explore(opening);
    const explored = [...nodes.values()].filter((node) => node.next.size > 0 || node.open === 0);
    const good = new Set([...nodes].filter(([, node]) => node.open === 0).map(([key]) => key));
    // States at the edge of a bounded exploration were not left yet: they are judged by a deeper run of the bench.
    const edge = new Set([...nodes].filter(([, node]) => node.next.size === 0 && node.open > 0).map(([key]) => key));
    if (nodes.size < MOST_STATES) expect([...edge]).toEqual([]);
    let grown = true;
    while (grown) {
      grown = false;
      for (const [key, node] of nodes)
        if (
          !good.has(key) &&
          [...node.next].some((next) => good.has(next) || (nodes.size >= MOST_STATES && edge.has(next)))
        ) {
          good.add(key);
          grown = true;
        }
    }
    const dead = [...nodes].filter(([key]) => !good.has(key) && !edge.has(key));
    expect(dead.map(([, node]) => node.state.claims.map((claim) => [claim.kind, claim.state, claim.exiting]))).toEqual(
      [],
    );
    for (const { state } of nodes.values())
      for (const claim of state.claims)
        expect(claim.closed !== null || waitsOf(claim, POLICY).every((wait) => wait.until > 0)).toBe(true);
    expect(explored.length).toBeGreaterThan(3);
    process.stdout.write(`${kind}: ${nodes.size} states${edge.size > 0 ? `, ${edge.size} at the edge` : ', all'}\n`);
  });
