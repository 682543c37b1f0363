import { type UnitRef, unitKey } from '#orders/rules/unit.ts';
import { isRefusal, type Refusal, type RefusalCode, refuse } from '#policies/rules/refusal.ts';
import { refundStarted } from './claim-state.ts';
import type { Draft } from './draft.ts';
import type { Claim, Unit } from './state.ts';
import { eventsFrom, transitionOf } from './transitions.ts';

/** What a command says "no" with, and what is possible for the claim instead. */
export function refuseClaim(code: RefusalCode, rule: string, claim: Claim | null, what?: string): Refusal {
  return refuse(code, rule, { possible: claim ? eventsFrom(claim.kind, claim.state) : [], what });
}

/** A refusal that a policy parameter decides. */
export function refusePolicy(
  draft: Draft,
  code: RefusalCode,
  rule: string,
  policy: string,
  possible: string[] = [],
): Refusal {
  return refuse(code, rule, { policy, version: draft.policy.version, possible });
}

/** The claim that a command names, else the newest open one, else the newest. */
export function namedClaim(draft: Draft): Claim | Refusal {
  const { claims } = draft.state;
  const { claim: id, type } = draft.command;
  const rule = transitionOf(type)?.id ?? 'T24';
  const found =
    id === undefined
      ? (claims.findLast((claim) => !claim.closed) ?? claims.at(-1))
      : claims.find((claim) => claim.id === id);
  return found ?? refuse('claim_unknown', rule, { what: id });
}

/** Whether the table of section 2.3 lets the event happen to the claim. */
export function checkRow(claim: Claim, event: string): Refusal | null {
  const row = transitionOf(event);
  if (!row.kinds.includes(claim.kind)) return refuseClaim('wrong_state', row.id, claim, claim.kind);
  if (row.from.includes(claim.state)) return null;
  return refuseClaim(claim.closed ? 'claim_closed' : 'wrong_state', row.id, claim, claim.state);
}

/** The units of the claim that the command names, all when it names none. */
export function unitsInClaim(draft: Draft, claim: Claim, refs = draft.command.units): string[] | Refusal {
  if (!refs) return claim.units;
  const units = unitsNamed(draft, refs);
  if (isRefusal(units)) return units;
  const keys = units.map((unit) => unit.key);
  const stray = keys.find((key) => !claim.units.includes(key));
  return stray ? refuse('unit_unknown', 'T39', { what: `${claim.id} ${stray}` }) : keys;
}

/** The units that a command names. */
export function unitsNamed(draft: Draft, refs: readonly UnitRef[]): Unit[] | Refusal {
  const units: Unit[] = [];
  for (const ref of refs) {
    const key = unitKey(ref);
    const unit = draft.state.units.find((row) => row.key === key);
    if (!unit) return refuse('unit_unknown', transitionOf(draft.command.type)?.id ?? 'T7', { what: key });
    units.push(unit);
  }
  return units;
}

/** Refuses when a refund has been made or its outcome is unknown: nothing of the claim can be undone then. */
export function checkUndoable(claim: Claim, rule: string): Refusal | null {
  const started = refundStarted(claim);
  if (started === 'no') return null;
  return refuseClaim(started === 'unknown' ? 'refund_unknown' : 'refund_started', rule, claim);
}

/** Refuses with `approval_required` unless a yes was given; notes by what the action was allowed. */
export function needYes(
  draft: Draft,
  rule: string,
  underLimit: string | null,
  roles: string[],
  minutes: number,
): Refusal | null {
  if (underLimit) {
    draft.grant = `POLICY ${underLimit} ${draft.policy.version}`;
    return null;
  }
  if (draft.command.approved) {
    draft.grant = 'APPROVAL';
    return null;
  }
  return refuse('approval_required', rule, {
    approve: roles.map((role) => ({ role, withinMinutes: minutes })),
    evidence: ['reason'],
  });
}

/** Refuses a command that needs evidence and brought none. */
export function needEvidence(draft: Draft, rule: string): Refusal | null {
  return draft.command.evidence ? null : refuse('evidence_missing', rule, { evidence: ['photo'] });
}
