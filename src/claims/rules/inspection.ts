import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { closeIfDone } from './closing.ts';
import type { InspectionRow } from './command.ts';
import { correctAdvance } from './correct-advance.ts';
import { amend, claimOf, type Draft, onClaim, record, unitOf } from './draft.ts';
import type { Change } from './event.ts';
import { checkRow, namedClaim, needEvidence, refuseClaim, unitsInClaim } from './find.ts';
import { isBuyers } from './pickup-fee.ts';
import { putAway } from './put-away.ts';
import { settle } from './settling.ts';
import { moveUnits } from './split.ts';
import { splitAdvance } from './split-advance.ts';
import type { Claim, Disposition, Fault, Finding, Unit } from './state.ts';
import { usageOf } from './usage-deduction.ts';

const PASSES = ['PASS', 'PASS_DEDUCT'];

/** Units with one result and one fault: what goes on in one claim (section 1: one fault a claim). */
type Part = { passed: boolean; finding: Fault | null; found: Map<string, Finding> };

/**
 * 검수. All pass: T14, the money becomes ready. All fail: T16, the claim waits for the customer's choice.
 * Some of each, different faults, or not all looked at: T15, every part goes on in a claim of its own.
 */
export function inspect(draft: Draft): Refusal | string | null {
  const claim = namedClaim(draft);
  if (isRefusal(claim)) return claim;
  const parts = partsOf(draft, claim);
  if (isRefusal(parts)) return parts;
  if (alreadyFound(claim, parts)) return claim.id;
  const mixed = parts.length > 1 || parts[0]!.found.size < claim.units.length;
  const refusal = checkRow(claim, 'inspect.pass') ?? checkParts(draft, claim, parts, mixed);
  if (refusal) return refusal;
  const used = deducted(claim, parts);
  const usage = used ? usageOf(draft, used.finding ?? claim.fault, unitsIn(draft, used)) : 0;
  if (isRefusal(usage)) return usage;
  const event = mixed ? 'inspect.mixed' : parts[0]!.passed ? 'inspect.pass' : 'inspect.fail';
  record(draft, event, claim.id, []);
  const ids = splitByPart(draft, claim, parts);
  parts.forEach((part, index) => {
    if (part.passed) pass(draft, ids[index]!, part, part === used ? usage : 0);
    else fail(draft, ids[index]!, part);
  });
  return claim.id;
}

/** The part that a usage deduction is meant for: what passed at the buyer's fault. */
function deducted(claim: Claim, parts: readonly Part[]): Part | undefined {
  const passed = parts.filter((part) => part.passed);
  return passed.find((part) => isBuyers(part.finding ?? claim.fault)) ?? passed[0];
}

function unitsIn(draft: Draft, part: Part): Unit[] {
  return [...part.found.keys()].map((key) => unitOf(draft.state, key));
}

/** The rows of the inspection by result and fault, what passed first. */
function partsOf(draft: Draft, claim: Claim): Part[] | Refusal {
  const { results, type, finding, disposition, units } = draft.command;
  const result = type === 'inspect.fail' ? 'FAIL' : draft.command.usage ? 'PASS_DEDUCT' : 'PASS';
  const rows: (Omit<InspectionRow, 'units'> & { units?: InspectionRow['units'] })[] = results ?? [
    { units, result, disposition: disposition ?? null, finding: finding ?? null },
  ];
  const parts: Part[] = [];
  for (const row of rows) {
    const keys = unitsInClaim(draft, claim, row.units);
    if (isRefusal(keys)) return keys;
    const passed = PASSES.includes(row.result);
    const usual: Disposition = passed ? 'RESTOCK' : 'SEND_BACK';
    const part = partFor(parts, claim, passed, row.finding);
    for (const key of keys) {
      if (parts.some(({ found }) => found.has(key))) return refuse('bad_input', 'T14', { what: key });
      part.found.set(key, { result: row.result, disposition: row.disposition ?? usual });
    }
  }
  if (parts.length === 0) return refuse('bad_input', 'T14', { what: 'results' });
  return parts.sort((a, b) => Number(b.passed) - Number(a.passed));
}

function partFor(parts: Part[], claim: Claim, passed: boolean, finding: Fault | null): Part {
  const fault = finding ?? claim.fault;
  const same = parts.find((part) => part.passed === passed && (part.finding ?? claim.fault) === fault);
  if (same) return same;
  const part: Part = { passed, finding, found: new Map() };
  parts.push(part);
  return part;
}

function alreadyFound(claim: Claim, parts: readonly Part[]): boolean {
  if (parts.some((part) => part.passed === claim.failed)) return false;
  return parts.every(({ found }) => [...found.keys()].every((key) => claim.findings[key] !== undefined));
}

function checkParts(draft: Draft, claim: Claim, parts: readonly Part[], mixed: boolean): Refusal | null {
  if (claim.exiting || claim.collection.state !== 'ARRIVED') return refuseClaim('wrong_state', 'T14', claim);
  const undecided = parts.some((part) => part.passed && (part.finding ?? claim.fault) === 'UNDECIDED');
  if (undecided && !claim.advance) return refuseClaim('fault_undecided', 'T14', claim);
  if (mixed && (claim.kind === 'RESHIP' || claim.special.includes('SHIP_FIRST') || !canPart(claim)))
    return refuseClaim('wrong_state', 'T15', claim);
  const against = parts.some(({ finding }) => finding !== null && isBuyers(finding) && !isBuyers(claim.fault));
  if (against && !draft.command.approved)
    return refuse('approval_required', 'T38', {
      approve: [{ role: 'manager', withinMinutes: 240 }],
      evidence: ['finding'],
    });
  return parts.some((part) => !part.passed) ? needEvidence(draft, 'T16') : null;
}

/** T15 after T29: an exchange whose replacement has left is not told apart by money. */
function canPart(claim: Claim): boolean {
  return !claim.advance || claim.kind === 'RETURN';
}

/**
 * T15: the first part stays; the others, and what was not looked at, each get a claim. Faults are known
 * before money is counted, since one piece at another's fault makes the whole parcel free (M5).
 */
function splitByPart(draft: Draft, claim: Claim, parts: readonly Part[]): string[] {
  const rest = claim.units.filter((key) => !parts.some(({ found }) => found.has(key)));
  const move = claim.advance ? splitAdvance : moveUnits;
  const others = parts.slice(1).map(({ found }) => move(draft, claim.id, [...found.keys()]));
  if (rest.length > 0) move(draft, claim.id, rest);
  const ids = [claim.id, ...others];
  if (!claim.advance)
    parts.forEach(({ finding }, index) => {
      if (finding) amend(draft, [onClaim(ids[index]!, { fault: finding })]);
    });
  return ids;
}

function pass(draft: Draft, id: string, { found, finding }: Part, usage: number): void {
  const claim = claimOf(draft.state, id);
  const changes: Change[] = [
    onClaim(id, {
      findings: { ...claim.findings, ...Object.fromEntries(found) },
      failed: false,
      hold: claim.hold?.reason === 'INSPECTION' ? null : claim.hold,
      ...(usage > 0 && !claim.advance ? { usage } : {}),
    }),
  ];
  if (claim.kind !== 'RESHIP') changes.push(...putAway(draft, [...found]));
  amend(draft, changes);
  if (!claim.advance && !(claim.kind === 'EXCHANGE' && claim.booked) && claim.kind !== 'RESHIP') settle(draft, id);
  closeIfDone(draft, id);
  if (claim.advance && claim.kind === 'RETURN') correctAdvance(draft, id, finding, usage);
}

/** T16: the customer chooses between the fault, a deduction and the goods back; nothing moves until then. */
function fail(draft: Draft, id: string, { found }: Part): void {
  const claim = claimOf(draft.state, id);
  const until = draft.today + draft.policy.uncollectedDays;
  amend(draft, [
    onClaim(id, {
      findings: { ...claim.findings, ...Object.fromEntries(found) },
      failed: true,
      hold: { reason: 'INSPECTION', until },
    }),
  ]);
}
