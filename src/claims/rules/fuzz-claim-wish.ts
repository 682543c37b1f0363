import { isShipped } from '#orders/rules/unit.ts';
import type { Chance } from './fuzz-order.ts';
import { BUYERS, type Json, refs, type Wish, wanted } from './fuzz-parts.ts';
import type { Claim, State, Unit } from './state.ts';

const FORWARD: Record<string, string[]> = {
  REQ: [
    'return.accept',
    'exchange.accept',
    'cancel.accept',
    'withdraw',
    'convert',
    'claim.reject',
    'fault.change',
    'preRefund',
    'cancel.tooLate',
    'claim.split',
    'exchange.change',
  ],
  ACC: [
    'pickup.scan',
    'pickup.scan',
    'pickup.scan',
    'arrive',
    'pickup.fail',
    'pickup.book',
    'withdraw',
    'convert',
    'noCollect',
    'preRefund',
    'exchange.cross',
    'exchange.shipFirst',
    'fee.paid',
    'exchange.change',
    'claim.split',
    'fault.change',
    'claim.reject',
    'preRefund.clawback',
    'exchange.expire',
  ],
  COL: [
    'arrive',
    'arrive',
    'arrive',
    'withdraw',
    'convert',
    'collect.lost',
    'exchange.shipFirst',
    'preRefund',
    'fee.paid',
    'claim.split',
    'exchange.change',
    'arrivePart',
  ],
  INS: [
    'inspect.pass',
    'inspect.pass',
    'inspect.pass',
    'inspect.fail',
    'inspect',
    'withdraw',
    'convert',
    'return.reject',
    'fault.change',
    'preRefund',
    'preRefund.clawback',
    'exchange.shipFirst',
    'fee.paid',
    'usage',
    'claim.split',
  ],
  RED: [
    'exchange.ship',
    'exchange.ship',
    'deliver',
    'deliver',
    'deliver',
    'fee.paid',
    'fee.waive',
    'quote.accept',
    'convert',
    'exchange.change',
    'exchange.expire',
    'lose',
    'refund.execute',
    'parcel.prepared',
    'again',
    'claim.split',
    'pickup.scan',
    'arrive',
    'fee.overdue',
  ],
  SET: [
    'refund.execute',
    'refund.execute',
    'refund.execute',
    'refund.execute',
    'refund.unknown',
    'refund.fail',
    'refund.payout',
    'quote.accept',
    'fee.paid',
    'fee.waive',
    'fee.overdue',
    'withdraw',
    'convert',
    'fault.change',
    'claim.hold',
    'claim.release',
    'claim.split',
    'cancel.tooLate',
  ],
};

type Case = { by: Chance; state: State; claim: Claim; units: Unit[]; due: number };

/** Half the time what would come next, otherwise any change of mind that the state invites. */
export function claimWish(by: Chance, state: State, claim: Claim): Wish {
  const roll = by.below(100);
  const anywhere = ['claim.hold', 'claim.release', 'fault.change', 'claim.split', 'quote.accept'];
  const word = roll < 58 ? nextStep(by, claim) : roll < 61 ? by.pick(anywhere) : by.pick(FORWARD[claim.state]!);
  return detail(by, state, claim, word);
}

/** The step that would bring a claim on. */
function nextStep(by: Chance, claim: Claim): string {
  const due = claim.fees.some((fee) => fee.state === 'DUE');
  const pay = () => by.pick(['fee.paid', 'fee.paid', 'fee.paid', 'fee.waive', 'fee.overdue']);
  if (claim.state === 'REQ') return `${claim.kind.toLowerCase()}.accept`;
  if (claim.hold && claim.hold.reason !== 'INSPECTION' && by.often(60)) return 'claim.release';
  if (claim.state === 'ACC')
    return due && by.often(50) ? pay() : claim.collection.state === 'FAILED' ? 'pickup.book' : 'pickup.scan';
  if (claim.state === 'COL') return claim.units.length > 1 && by.often(15) ? 'arrivePart' : 'arrive';
  if (claim.state === 'INS')
    return claim.failed
      ? by.pick(['inspect.pass', 'return.reject', claim.advance ? 'preRefund.clawback' : 'return.reject', 'withdraw'])
      : by.often(12)
        ? 'inspect.fail'
        : 'inspect.pass';
  if (claim.quoteState === 'CONSENT_MISSING') return 'quote.accept';
  if (claim.state === 'RED' && !claim.exiting) return replaceStep(by, claim, due ? pay : null);
  if (claim.state === 'RED') return 'deliver';
  if (due) return pay();
  if (claim.fault === 'UNDECIDED') return 'fault.change';
  return claim.refunds.some((refund) => refund.state === 'FAILED') ? 'refund.payout' : 'refund.execute';
}

function replaceStep(by: Chance, claim: Claim, pay: (() => string) | null): string {
  if (claim.redelivery?.state === 'SHIPPED' || claim.kind !== 'EXCHANGE')
    return by.pick(['deliver', 'deliver', 'deliver', 'convert', 'claim.split']);
  if (claim.redelivery?.state === 'RELEASED') return 'exchange.change';
  return pay?.() ?? 'exchange.ship';
}

export function detail(by: Chance, state: State, claim: Claim, word: string): Wish {
  const units = claim.units.map((key) => state.units.find((unit) => unit.key === key)!);
  const due = claim.fees.reduce((sum, fee) => sum + (fee.state === 'DUE' ? fee.amount : 0), 0);
  const of = { claim: claim.id, approved: by.often(88) };
  const fields = DETAILS[word]?.({ by, state, claim, units, due }) ?? {};
  return { type: word, ...of, ...fields };
}

function part(units: readonly Unit[]): Json[] {
  return refs(units.slice(0, Math.max(1, units.length - 1)));
}

function subset({ by, units }: Case): Json {
  return units.length > 1 && by.often(25) ? { units: part(units) } : {};
}

function parcelOf({ state, claim }: Case): string {
  return claim.sendBack ?? claim.redelivery?.parcel ?? `r${state.counters.redelivery + 1}`;
}

function tenderOf({ by, claim }: Case): Json {
  return claim.refunds.length > 0 ? { tender: by.pick(claim.refunds).tender } : {};
}

const DETAILS: Record<string, (given: Case) => Json> = {
  withdraw: subset,
  noCollect: subset,
  convert: (given) => ({
    ...subset(given),
    to: given.claim.kind === 'RETURN' ? 'EXCHANGE' : 'RETURN',
    ...(given.by.often(40) ? { wanted: wanted(given.by, given.units[0]!) } : {}),
  }),
  'claim.split': ({ units }) => ({ units: part(units) }),
  'exchange.change': ({ by, units }) => ({ wanted: wanted(by, units[0]!) }),
  'fault.change': ({ by }) => ({ fault: by.pick(['BUYER', 'BUYER', 'SELLER', 'CARRIER', 'PLATFORM']) }),
  'fee.paid': ({ by, state, due }) => ({
    tender: {
      id: `f${state.version}`,
      kind: by.pick(['CARD', 'TRANSFER']),
      amount: due > 0 && by.often(85) ? due : Math.max(1, due - 500),
    },
  }),
  'fee.waive': () => ({ reason: 'goodwill' }),
  arrive: ({ by }) => (by.often(10) ? { cash: 3_000 } : {}),
  arrivePart: ({ units }) => ({ type: 'arrive', units: part(units) }),
  'inspect.pass': (given) => ({
    ...subset(given),
    ...(given.claim.fault === 'UNDECIDED' || given.by.often(10) ? { finding: given.by.pick(['BUYER', 'SELLER']) } : {}),
    ...(given.by.often(20) ? { disposition: given.by.pick(['B_STOCK', 'TO_PARTNER']) } : {}),
  }),
  inspect: ({ by, units }) => ({
    results: units.map((unit, index) => ({ units: refs([unit]), result: index % 2 === by.below(2) ? 'PASS' : 'FAIL' })),
  }),
  usage: ({ by }) => ({ type: 'inspect.pass', usage: { units: 1, supplyCost: by.pick([100, 1_000]) } }),
  'return.reject': (given) => ({ ...subset(given), reason: 'damaged by use' }),
  'claim.reject': (given) => ({ ...subset(given), reason: 'duplicate' }),
  'refund.unknown': tenderOf,
  'refund.fail': tenderOf,
  'refund.execute': (given) => (given.by.often(20) ? tenderOf(given) : {}),
  'refund.payout': ({ by, claim }) => ({
    tender: claim.refunds.find((refund) => refund.state === 'FAILED')?.tender ?? claim.refunds[0]?.tender ?? 'main',
    ...(by.often(50) ? { account: 'bank' } : { to: 'DEPOSIT' }),
  }),
  'claim.hold': ({ state }) => ({
    reason: 'dispute',
    until: new Date(state.now + 40 * 86_400_000).toISOString().slice(0, 10),
  }),
  preRefund: () => ({ reason: 'slow collection' }),
  deliver: (given) => ({ type: given.by.often(12) ? 'parcel.refused' : 'parcel.delivered', parcel: parcelOf(given) }),
  'parcel.prepared': (given) => ({ parcel: parcelOf(given) }),
  lose: (given) => ({
    type: 'parcel.lost',
    parcel: parcelOf(given),
    ...(given.by.often(50) ? { wish: 'RESHIP' } : {}),
  }),
  again: ({ units }) => ({ type: 'return.request', units: refs(units), reason: 'CHANGE_OF_MIND' }),
};

/** What may still be asked of a closed claim, or again of its units. */
export function closedWish(by: Chance, state: State, claim: Claim): Wish {
  const roll = by.below(10);
  if (roll < 2) return { type: 'reinstate', claim: claim.id, approved: true };
  if (roll < 4) return { type: 'reopen', claim: claim.id, reason: 'new evidence', approved: true };
  if (claim.fees.some((fee) => fee.state === 'DUE') && roll < 8)
    return detail(by, state, claim, by.pick(['fee.paid', 'fee.overdue', 'fee.waive']));
  const units = claim.units.map((key) => state.units.find((unit) => unit.key === key)!);
  const now = units.map((unit) => state.units.find((row) => row.info.root === unit.info.root && row.holder)!);
  if (!now.every((unit) => isShipped(unit.stage)))
    return { type: by.pick(['reinstate', 'reopen']), claim: claim.id, reason: 'new evidence', approved: true };
  const request = { units: refs(now), reason: by.pick(BUYERS), approved: true };
  return by.often(50)
    ? { type: 'return.request', ...request }
    : { type: 'exchange.request', ...request, wanted: wanted(by, now[0]!) };
}
