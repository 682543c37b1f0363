import { claimOf, type Draft, onUnit, record } from './draft.ts';
import type { Change } from './event.ts';
import { EMPTY_QUOTE } from './quote.ts';
import { quoteAgain } from './settling.ts';
import type { Claim, ClaimKind, Collection, Unit } from './state.ts';

type Given = Partial<Claim> & Pick<Claim, 'kind' | 'fault' | 'reason' | 'basis'>;

export function collectionOf(draft: Draft, method: Collection['method']): Collection {
  return {
    method,
    state: 'NONE',
    sentPay: draft.command.sentPay ?? 'PREPAID',
    fare: draft.command.fare ?? 0,
    waybill: null,
    attempts: 0,
    since: draft.now,
    pickedUpAt: null,
    returnedAt: null,
  };
}

/** What a new claim has not done yet. */
function untouched() {
  return {
    state: 'REQ',
    closed: null,
    closedAt: null,
    exiting: null,
    accepted: false,
    hold: null,
    acceptedSeq: null,
    wanted: null,
    findings: {},
    failed: false,
    waived: false,
    redelivery: null,
    sendBack: null,
    quote: EMPTY_QUOTE,
    consented: EMPTY_QUOTE,
    quoteState: 'CURRENT',
    refunds: [],
    repaid: [],
    fees: [],
    carried: [],
    paid: [],
    booked: null,
    usage: 0,
    reduceBy: 0,
    anchorOn: null,
    dueOn: null,
    interest: 0,
    fareDone: 0,
    advance: null,
    special: [],
    outcomes: {},
    predecessor: null,
    convertedFrom: null,
    convertedTo: null,
    mall: null,
  } satisfies Partial<Claim>;
}

/** The next claim, not yet in the state. */
export function newClaim(draft: Draft, units: readonly Unit[], given: Given): Claim {
  const id = `k${draft.state.counters.claim + 1}`;
  const moves: ClaimKind[] = ['RETURN', 'EXCHANGE'];
  return {
    ...untouched(),
    id,
    by: draft.command.by,
    declaredAt: draft.command.declaredAt,
    openedAt: draft.now,
    units: units.map((unit) => unit.key),
    pickup: id,
    collection: collectionOf(draft, moves.includes(given.kind) ? (draft.command.method ?? 'AUTO_PICKUP') : 'NONE'),
    ...given,
  };
}

/** Opens a claim: it holds its units, shows its quote, and the customer agrees to that by asking for it. */
export function openClaim(
  draft: Draft,
  event: string,
  units: readonly Unit[],
  given: Given,
  more: Change[] = [],
): Claim {
  const claim = newClaim(draft, units, given);
  const counters = { ...draft.state.counters, claim: draft.state.counters.claim + 1 };
  const holds = claim.closed ? [] : units.map((unit) => onUnit(unit.key, { hold: claim.id }));
  record(draft, event, claim.id, [
    { on: 'newClaim', row: claim },
    { on: 'order', set: { counters } },
    ...holds,
    ...more,
  ]);
  if (!claim.closed) quoteAgain(draft, claim.id, true);
  return claimOf(draft.state, claim.id);
}

/** The last claim on a unit that was withdrawn or rejected: a new one follows it (section 2.4, 재반품). */
export function predecessorOf(draft: Draft, kind: ClaimKind, units: readonly Unit[]): string | null {
  const keys = units.map((unit) => unit.key);
  const before = draft.state.claims.findLast(
    (claim) =>
      claim.kind === kind &&
      (claim.closed === 'WDN' || claim.closed === 'REJ') &&
      claim.units.some((key) => keys.includes(key)),
  );
  return before?.id ?? null;
}
