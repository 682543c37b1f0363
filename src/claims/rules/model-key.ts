import { isSwapped } from './claim-state.ts';
import { MODEL_POLICY } from './model-openings.ts';
import { isBuyers } from './pickup-fee.ts';
import { worthOfQuote } from './quote.ts';
import { openOf } from './receivables.ts';
import type { Claim, Refund, State, Unit } from './state.ts';

/**
 * What tells two states of the model apart: everything that a guard of the engine reads, and nothing else.
 *
 * Left out, so that states that differ in nothing else are one: ids and their numbers, versions, times (every
 * step is longer than any timer), closed claims (they never change), pieces that have been replaced and how
 * often a piece was. Claims, and pieces of one line, count by their shape and not by their place in a list; money
 * by the amounts that later steps give back or take. That nothing which matters is left out is checked: states
 * that are merged must lead to the same states (`compare` of the bounds).
 */
export function modelKey(state: State): string {
  const open = state.claims.filter((claim) => !claim.closed);
  const rows = open.map((claim) => ({ claim, shape: claimShape(state, claim) }));
  rows.sort((a, b) => (a.shape < b.shape ? -1 : a.shape > b.shape ? 1 : 0));
  const pickups = rows.map(({ claim }) => claim.pickup);
  const parcels = rows.map(({ claim }) => claim.redelivery?.parcel);
  const sentBy = (unit: Unit) => (unit.info.child > 0 ? parcels.indexOf(unit.parcel ?? undefined) : '');
  const claims = rows.map(({ claim, shape }) => {
    const sent = state.units.filter((unit) => unit.hold === claim.id).map(sentBy);
    const place = bookingPlace(claim, open);
    const [pickup, parcel] = [pickups.indexOf(claim.pickup), parcels.indexOf(claim.redelivery?.parcel)];
    return [pickup, parcel, place, sent.sort().join(), shape].join(' ');
  });
  const free = state.units
    .filter((unit) => unit.holder && unit.hold === null)
    .map((unit) => `${unitShape(state, unit)} ${sentBy(unit)}`);
  const owed = state.receivables.filter((row) => row.debtor === 'CUSTOMER' && openOf(row) > 0).map(openOf);
  return [...claims, ...free.sort(), Object.values(state.charged).join(), owed.join()].join('\n');
}

function claimShape(state: State, claim: Claim): string {
  const { collection, redelivery } = claim;
  const units = claim.units.map((key) => {
    const unit = state.units.find((row) => row.key === key)!;
    return `${unitShape(state, unit)} ${claim.findings[key]?.disposition ?? ''}${claim.findings[key]?.result ?? ''}`;
  });
  return [
    claim.kind,
    claim.state,
    claim.exiting,
    claim.fault,
    claim.basis,
    claim.hold?.reason ?? '',
    claim.failed,
    claim.waived,
    claim.wanted?.sku ?? '',
    collection.method,
    collection.state,
    Math.min(collection.attempts, MODEL_POLICY.pickupMaxAttempts),
    redelivery ? `${redelivery.state} ${stateOf(state, redelivery.parcel)}` : '',
    stateOf(state, claim.sendBack),
    isSwapped(claim),
    distinct(claim.special),
    moneyShape(state, claim),
    units.sort().join(),
  ].join('|');
}

function moneyShape(state: State, claim: Claim): string {
  const { quote, consented } = claim;
  const sumOf = (rows: Claim['paid']) => rows.reduce((sum, { won }) => sum + won, 0);
  return [
    claim.quoteState,
    consented.hash === quote.hash,
    claim.booked !== null,
    claim.advance !== null,
    quote.refund,
    quote.collect,
    worthOfQuote(consented),
    sharers(state, claim),
    sumOf(claim.carried),
    sumOf(claim.paid),
    distinct(claim.refunds.map((refund) => `${refund.state}${isCovered(state, refund) ? '' : ' uncovered'}`)),
    feesShape(claim),
  ].join();
}

/** Fees that are due by what they are for; of all others how much they come to, paid at once or in parts. */
function feesShape({ fees }: Claim): string {
  const sums: Record<string, number> = {};
  for (const { state, amount } of fees) if (state !== 'DUE') sums[state] = (sums[state] ?? 0) + amount;
  const due = fees.flatMap(({ state, kind }) => (state === 'DUE' ? [kind] : []));
  return distinct([...due, ...Object.entries(sums).map(([state, won]) => `${state}${won}`)]);
}

/** The place of a claim's booking among those that may still be undone: later ones were made upon it. */
function bookingPlace(claim: Claim, open: readonly Claim[]): number | '' {
  if (!claim.booked) return '';
  const { order } = claim.booked;
  return open.filter(({ booked }) => booked && booked.order < order).length;
}

/** Who shares the pick-up, in the order in which they bear its fee; of those that are done only that they were. */
function sharers(state: State, { id, pickup }: Claim): string {
  const peers = state.claims.filter(
    (row) => row.pickup === pickup && !row.exiting && (!row.closed || row.closed === 'DONE'),
  );
  peers.sort((a, b) => (a.acceptedSeq ?? 1e9) - (b.acceptedSeq ?? 1e9));
  return peers.map((row) => (row.id === id ? 'I' : `${row.kind}${isBuyers(row.fault)}${row.closed ?? ''}`)).join();
}

function isCovered(state: State, { tender, amount, state: now }: Refund): boolean {
  const row = state.tenders.find(({ id }) => id === tender)!;
  return now === 'DONE' || amount <= row.captured - row.refunded;
}

function unitShape(state: State, unit: Unit): string {
  const parcel = state.parcels.find((row) => row.id === unit.parcel);
  return [
    unit.info.line,
    Math.min(1, unit.info.child),
    unit.stage,
    unit.place,
    unit.price,
    unit.net,
    unit.deliveredAt === null ? '' : 'D',
    state.receivables.some(({ id }) => (unit.tenders[id] ?? 0) > 0),
    unit.out ? Number(unit.out.buyer) : '',
    parcel?.purpose === 'ORDER' ? parcel.state : '',
  ].join(' ');
}

function stateOf(state: State, parcel: string | null): string {
  return parcel === null ? '' : (state.parcels.find((row) => row.id === parcel)?.state ?? '');
}

function distinct(words: readonly string[]): string {
  return [...new Set(words)].sort().join(',');
}
