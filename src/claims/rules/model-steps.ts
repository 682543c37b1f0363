import { isRefusal } from '#policies/rules/refusal.ts';
import type { Command } from './command.ts';
import { refs } from './fuzz-parts.ts';
import { readCommand } from './read-command.ts';
import type { Claim, State, Unit } from './state.ts';

/** A command that may be tried; a turn is a change of mind or a mishap, anything else an ordinary step. */
export type Step = { command: Command; turn: boolean };

type Fields = Record<string, unknown>;

function step(turn: boolean, type: string, fields: Fields = {}): Step {
  const command = readCommand({ type, at: '2026-09-03T10:00:00+09:00', approved: true, ...fields }, true);
  if (isRefusal(command)) throw new Error(`${type} ${JSON.stringify(fields)} ${command.text.en}`);
  return { command, turn };
}

const PLAIN_TURNS = `cancel.tooLate pickup.fail collect.lost inspect.fail refund.unknown refund.fail withdraw noCollect
  exchange.cross exchange.shipFirst exchange.expire`;
const PLAIN_STEPS = `cancel.accept return.accept exchange.accept pickup.scan pickup.book arrive refund.execute
  exchange.ship quote.accept preRefund.clawback fee.overdue claim.release`;

const W = { sku: 'W', listPrice: 22_000 };
const V = { sku: 'V', listPrice: 20_000 };

/** What may be tried on any claim: who may, and whether it fits, the engine says. */
const ANYWHERE: Step[] = [
  ...PLAIN_STEPS.split(/\s+/).map((type) => step(false, type)),
  ...PLAIN_TURNS.split(/\s+/).map((type) => step(true, type)),
  step(true, 'return.reject', { reason: 'damaged by use' }),
  step(true, 'claim.reject', { reason: 'duplicate' }),
  step(true, 'fee.waive', { reason: 'goodwill' }),
  step(true, 'preRefund', { reason: 'slow collection' }),
  step(true, 'convert', { to: 'RETURN' }),
  step(true, 'convert', { to: 'EXCHANGE', wanted: V }),
];

const BY_FAULT = ['BUYER', 'SELLER'].flatMap((fault) => [
  { fault, change: step(true, 'fault.change', { fault }), pass: step(true, 'inspect.pass', { finding: fault }) },
]);
const PASS = step(false, 'inspect.pass');
const CHANGES = [step(true, 'exchange.change', { wanted: V }), step(true, 'exchange.change', { wanted: W })];
const HOLD = step(true, 'claim.hold', { reason: 'dispute', until: '2099-01-01' });
const PAYOUT = step(false, 'refund.payout', { tender: 't', to: 'DEPOSIT' });
const PAY = step(false, 'fee.paid', { tender: { id: 'f', kind: 'CARD', amount: 1 } });
const MOVES = { delivered: false, prepared: false, shipped: false, lost: true, refused: true };

/** Everything that may happen to an open claim, by whoever may do it. */
export function stepsOf(state: State, claim: Claim): Step[] {
  const steps = ANYWHERE.map((one) => on(claim, one));
  // A fault that is undecided has to be decided by somebody: that is no change of mind.
  const undecided = claim.fault === 'UNDECIDED';
  for (const { change, pass } of BY_FAULT)
    steps.push(on(claim, { ...change, turn: !undecided }), on(claim, { ...pass, turn: !undecided }));
  steps.push(on(claim, PASS));
  // A reservation that ran out needs another wish, or the same again.
  const gone = claim.redelivery?.state === 'RELEASED';
  for (const change of CHANGES) steps.push(on(claim, { ...change, turn: !gone }));
  const due = claim.fees.reduce((sum, fee) => sum + (fee.state === 'DUE' ? fee.amount : 0), 0);
  if (due > 0) {
    const payment = { id: `f${state.version}`, kind: 'CARD' as const, amount: due };
    steps.push({ command: { ...PAY.command, claim: claim.id, payment }, turn: false });
  }
  if (claim.state === 'SET') steps.push(on(claim, HOLD));
  for (const refund of claim.refunds)
    if (refund.state === 'FAILED')
      steps.push({ command: { ...PAYOUT.command, claim: claim.id, tender: refund.tender }, turn: false });
  for (const row of state.receivables) {
    const amount = row.amount - row.paid - row.writtenOff;
    if (row.debtor === 'CUSTOMER' && amount > 0)
      steps.push(step(false, 'receivable.paid', { receivable: row.id, amount }));
  }
  steps.push(...partSteps(state, claim), ...parcelSteps(state, claim));
  return steps;
}

function on(claim: Claim, { command, turn }: Step): Step {
  return { command: { ...command, claim: claim.id }, turn };
}

/** Of a claim of several pieces, what happens to one of each line only. */
function partSteps(state: State, claim: Claim): Step[] {
  if (claim.units.length < 2) return [];
  const units = claim.units.map((key) => state.units.find((unit) => unit.key === key)!);
  const lines = new Set(units.map(({ info }) => info.line));
  return [...lines].flatMap((line) => {
    const one = units.find(({ info }) => info.line === line)!;
    const part = { claim: claim.id, units: refs([one]) };
    const results = units.map((unit) => ({ units: refs([unit]), result: unit === one ? 'PASS' : 'FAIL' }));
    return [
      step(true, 'claim.split', part),
      step(true, 'arrive', part),
      step(true, 'withdraw', part),
      step(true, 'inspect', { claim: claim.id, results }),
    ];
  });
}

/** What carriers tell of the parcels that a claim waits for. */
function parcelSteps(state: State, claim: Claim): Step[] {
  const ids = [claim.sendBack, claim.redelivery?.parcel, ...claim.units.map((key) => parcelOf(state, key))];
  const steps: Step[] = [];
  if (claim.state === 'RED' && claim.redelivery?.state === 'RESERVED' && claim.redelivery.parcel === null)
    steps.push(step(false, 'parcel.prepared', { parcel: `r${state.counters.redelivery + 1}` }));
  for (const id of new Set(ids)) {
    const parcel = state.parcels.find((row) => row.id === id);
    if (!parcel || ['DELIVERED', 'LOST', 'RETURNED_TO_SENDER', 'DROPPED'].includes(parcel.state)) continue;
    // The parcel of an order goes its own way; that it leaves all the same is the mishap of a cancel.
    const odd = parcel.purpose === 'ORDER' && claim.kind === 'CANCEL';
    for (const [what, turn] of Object.entries(MOVES))
      steps.push(step(turn || odd, `parcel.${what}`, { parcel: parcel.id }));
  }
  return steps;
}

function parcelOf(state: State, key: string): string | null {
  return (state.units.find((unit) => unit.key === key) as Unit).parcel;
}
