import { isTerminalStage } from '#orders/rules/unit.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { amend, type Draft, onClaim, onUnit, record } from './draft.ts';
import type { Change } from './event.ts';
import { unitsNamed } from './find.ts';
import { newClaim } from './new-claim.ts';
import { judge } from './reasons.ts';
import { refunded, reverseVat } from './repay.ts';
import { quoteAgain } from './settling.ts';
import { CLAIM_KINDS, type Claim, type ClaimKind, type ClaimState, type Entry, type Unit } from './state.ts';

const OPEN_STATES = ['REQ', 'ACC', 'COL', 'INS', 'RED', 'SET'];
const CLOSED_STATES = ['DONE', 'WDN', 'REJ', 'CNV'];
const OURS = [
  'compensate',
  'delay.notice',
  'delay.answer',
  'mall.event',
  'receivable.paid',
  'receivable.writeOff',
  'receivable.file',
];
const FACTS = ['order.paid', 'parcel.prepared', 'parcel.waybill', 'parcel.shipped', 'parcel.delivered', 'unit.confirm'];

/** I26: on an order that the mall owns only the mall's events move anything; what is ours alone stays ours. */
export function mallDecides(draft: Draft): Refusal | null {
  const { state, command, policy } = draft;
  if (state.order.authority !== 'MALL') {
    return command.type === 'mall.event' ? refuse('wrong_state', 'T40', { what: 'SELF' }) : null;
  }
  if (OURS.includes(command.type) || FACTS.includes(command.type)) return null;
  const can = policy.mallCapability[state.order.mall]?.[command.type];
  const impossible = can && Object.values(can).some((text) => text.startsWith('IMPOSSIBLE'));
  return refuse(impossible ? 'mall_impossible' : 'mall_decides', 'I26', {
    what: `${state.order.mall} · ${command.type}`,
  });
}

/**
 * T40: the mall's word about a claim, mirrored. Ordered by the mall's own time: older or repeated words change
 * nothing. A state that we do not know leaves ours and alerts; an amount other than our shadow quote is a task.
 */
export function mirrorMall(draft: Draft): Refusal | string | null {
  const word = draft.command.mall!;
  if (word.seenAt > draft.now) return refuse('date_out_of_range', 'T40', { what: 'seenAt' });
  for (const tender of Object.keys(word.refund))
    if (!draft.state.tenders.some((row) => row.id === tender)) return refuse('tender_unknown', 'T40', { what: tender });
  const known = draft.state.claims.find((claim) => claim.mall?.id === word.claim);
  if (known && known.mall!.seenAt >= word.seenAt) return known.id;
  const state =
    word.state !== null && [...OPEN_STATES, ...CLOSED_STATES].includes(word.state) ? (word.state as ClaimState) : null;
  if (known?.closed) {
    // A closed claim never changes: the mall's later word about it is somebody's task.
    record(draft, 'mall.event', known.id, [
      onClaim(known.id, { mall: { ...known.mall!, rawStatus: word.rawStatus, seenAt: word.seenAt } }),
      task(draft, 'MALL_CLOSED'),
    ]);
    return known.id;
  }
  const claim = known ?? openMirror(draft, state);
  if (isRefusal(claim)) return claim;
  const mall = { id: word.claim, rawStatus: word.rawStatus, seenAt: word.seenAt };
  const changes: Change[] = [onClaim(claim.id, { mall, ...(state ? moved(draft, claim, state) : {}) })];
  if (!state) changes.push(task(draft, 'MALL_STATUS_UNKNOWN'));
  if (state && CLOSED_STATES.includes(state)) changes.push(...ended(draft, claim, state));
  if (draft.events.length === 0) record(draft, 'mall.event', claim.id, changes);
  else amend(draft, changes);
  mirrorRefund(draft, claim.id, word.refund);
  return claim.id;
}

function moved(draft: Draft, claim: Claim, state: ClaimState): Partial<Claim> {
  const closed = CLOSED_STATES.includes(state) ? (state as Claim['closed']) : null;
  return { state, closed, accepted: state !== 'REQ', acceptedSeq: claim.acceptedSeq ?? draft.state.version };
}

/**
 * The first word about a claim. Pieces that another claim has, or that are gone, refuse it: it is told again when that
 * one has ended. But that a claim ended without effect, before the one that we heard of first, is kept as it is told.
 */
function openMirror(draft: Draft, state: ClaimState | null): Claim | Refusal {
  const { mall, units: refs, fault } = draft.command;
  if (!refs) return refuse('bad_input', 'T40', { what: 'units' });
  const kind = (mall!.kind ?? '') as ClaimKind;
  if (!CLAIM_KINDS.includes(kind)) return refuse('bad_input', 'T40', { what: 'kind' });
  const units = unitsNamed(draft, refs);
  if (isRefusal(units)) return units;
  const taken = takenAlready(units);
  const late = taken !== null && (state === 'WDN' || state === 'REJ');
  if (taken && !late) return taken;
  const claim = newClaim(draft, units, {
    kind,
    ...judge('OTHER', fault),
    reason: 'OTHER',
    by: 'MALL',
    mall: { id: mall!.claim, rawStatus: mall!.rawStatus, seenAt: mall!.seenAt },
  });
  const counters = { ...draft.state.counters, claim: draft.state.counters.claim + 1 };
  record(draft, 'mall.event', claim.id, [
    { on: 'newClaim', row: claim },
    { on: 'order', set: { counters } },
    ...(late ? [] : units.map((unit) => onUnit(unit.key, { hold: claim.id }))),
  ]);
  if (!late) quoteAgain(draft, claim.id, true);
  return claim;
}

function takenAlready(units: readonly Unit[]): Refusal | null {
  const held = units.find((unit) => unit.hold !== null);
  if (held) return refuse('unit_held', 'T40', { what: `${held.key} ${held.hold}` });
  const gone = units.find((unit) => isTerminalStage(unit.stage));
  return gone ? refuse('wrong_stage', 'T40', { what: `${gone.key} ${gone.stage}` }) : null;
}

/** Its pieces are free again, and leave the order when that is how it ended. */
function ended({ state: { units } }: Draft, claim: Claim, state: ClaimState): Change[] {
  const out = state === 'DONE' && (claim.kind === 'CANCEL' || claim.kind === 'RETURN');
  const stage: Unit['stage'] = claim.kind === 'CANCEL' ? 'CANCELLED' : 'RETURNED';
  const buyer = claim.fault === 'BUYER' || claim.fault === 'UNDECIDED';
  const held = claim.units.filter((key) => units.find((unit) => unit.key === key)?.hold === claim.id);
  return held.map((key) => onUnit(key, { hold: null, ...(out ? { stage, out: { claim: claim.id, buyer } } : {}) }));
}

/** What the mall says it refunded, as far as captures allow; different from our shadow quote: a task, never a correction. */
function mirrorRefund(draft: Draft, id: string, refund: Record<string, number>): void {
  const claim = draft.state.claims.find((row) => row.id === id)!;
  let total = 0;
  for (const [tender, won] of Object.entries(refund)) {
    const done = claim.refunds.reduce((sum, row) => sum + (row.tender === tender ? row.amount : 0), 0);
    const row = draft.state.tenders.find((found) => found.id === tender)!;
    const more = Math.min(won - done, row.captured - row.refunded);
    total += won;
    if (more <= 0) continue;
    const made = { tender, amount: more, state: 'DONE' as const, payout: null, executedAt: draft.now };
    const now = draft.state.claims.find((found) => found.id === id)!;
    const entries: Entry[] = [[`mall/${id}`, `refunded/${tender}`, more]];
    amend(
      draft,
      [onClaim(id, { refunds: [...now.refunds, made] }), ...refunded(draft, tender, more, claim.fault)],
      entries,
    );
    amend(draft, [reverseVat(draft)]);
  }
  if (total > 0 && total !== claim.quote.refund) amend(draft, [task(draft, 'MALL_DIFF')]);
}

function task(draft: Draft, what: string): Change {
  return { on: 'order', set: { tasks: [...draft.state.tasks, { what, owner: 'M', at: draft.now }] } };
}
