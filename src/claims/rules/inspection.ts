import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { closeIfDone } from './closing.ts';
import type { InspectionRow } from './command.ts';
import { amend, claimOf, countSkus, type Draft, onClaim, onStock, onUnit, record, unitOf } from './draft.ts';
import type { Change } from './event.ts';
import { checkRow, namedClaim, needEvidence, refuseClaim, unitsInClaim } from './find.ts';
import { isBuyers } from './pickup-fee.ts';
import { settle } from './settling.ts';
import { moveUnits } from './split.ts';
import type { Claim, Disposition, Fault, Finding } from './state.ts';
import { usageOf } from './usage-deduction.ts';

const PASSES = ['PASS', 'PASS_DEDUCT'];
const PLACES = { RESTOCK: 'STOCK', B_STOCK: 'BAD', SCRAP: 'BAD', TO_PARTNER: 'PARTNER', SEND_BACK: 'DOCK' } as const;

type Plan = { passed: Map<string, Finding>; failed: Map<string, Finding>; finding: Fault | null };

/**
 * 검수. All pass: T14, the money becomes ready. All fail: T16, the claim waits for the customer's choice.
 * Some of each, or not all looked at: T15, every part goes on in a claim of its own.
 */
export function inspect(draft: Draft): Refusal | string | null {
  const claim = namedClaim(draft);
  if (isRefusal(claim)) return claim;
  const plan = planOf(draft, claim);
  if (isRefusal(plan)) return plan;
  if (alreadyFound(claim, plan)) return claim.id;
  const refusal = checkRow(claim, 'inspect.pass') ?? checkPlan(draft, claim, plan);
  if (refusal) return refusal;
  const fault = plan.finding ?? claim.fault;
  const usage = usageOf(
    draft,
    fault,
    [...plan.passed.keys()].map((key) => unitOf(draft.state, key)),
  );
  if (isRefusal(usage)) return usage;
  const looked = plan.passed.size + plan.failed.size;
  const mixed = looked < claim.units.length || (plan.passed.size > 0 && plan.failed.size > 0);
  const event = mixed ? 'inspect.mixed' : plan.passed.size > 0 ? 'inspect.pass' : 'inspect.fail';
  record(draft, event, claim.id, []);
  const [main, child] = splitByResult(draft, claim, plan);
  if (plan.passed.size > 0) pass(draft, main, plan.passed, plan.finding, usage);
  if (plan.failed.size > 0) fail(draft, plan.passed.size > 0 ? child! : main, plan.failed, plan.finding);
  return claim.id;
}

function planOf(draft: Draft, claim: Claim): Plan | Refusal {
  const { results, type, finding, disposition, units } = draft.command;
  const result = type === 'inspect.fail' ? 'FAIL' : draft.command.usage ? 'PASS_DEDUCT' : 'PASS';
  const rows: (Omit<InspectionRow, 'units'> & { units?: InspectionRow['units'] })[] = results ?? [
    { units, result, disposition: disposition ?? null, finding: finding ?? null },
  ];
  const plan: Plan = { passed: new Map(), failed: new Map(), finding: finding ?? null };
  for (const row of rows) {
    const keys = unitsInClaim(draft, claim, row.units);
    if (isRefusal(keys)) return keys;
    const passed = PASSES.includes(row.result);
    const usual: Disposition = passed ? 'RESTOCK' : 'SEND_BACK';
    for (const key of keys) {
      if (plan.passed.has(key) || plan.failed.has(key)) return refuse('bad_input', 'T14', { what: key });
      (passed ? plan.passed : plan.failed).set(key, { result: row.result, disposition: row.disposition ?? usual });
    }
    plan.finding = row.finding ?? plan.finding;
  }
  return plan;
}

function alreadyFound(claim: Claim, plan: Plan): boolean {
  if (claim.failed ? plan.passed.size > 0 : plan.failed.size > 0) return false;
  const keys = [...plan.passed.keys(), ...plan.failed.keys()];
  return keys.every((key) => claim.findings[key] !== undefined);
}

function checkPlan(draft: Draft, claim: Claim, plan: Plan): Refusal | null {
  if (claim.exiting || claim.collection.state !== 'ARRIVED') return refuseClaim('wrong_state', 'T14', claim);
  const fault = plan.finding ?? claim.fault;
  if (plan.passed.size > 0 && fault === 'UNDECIDED' && !claim.advance)
    return refuseClaim('fault_undecided', 'T14', claim);
  const mixed =
    plan.passed.size + plan.failed.size < claim.units.length || (plan.passed.size > 0 && plan.failed.size > 0);
  if (mixed && (claim.kind === 'RESHIP' || claim.advance || claim.special.includes('SHIP_FIRST')))
    return refuseClaim('wrong_state', 'T15', claim);
  const against = plan.finding !== null && isBuyers(plan.finding) && !isBuyers(claim.fault);
  if (against && !draft.command.approved)
    return refuse('approval_required', 'T38', {
      approve: [{ role: 'manager', withinMinutes: 240 }],
      evidence: ['finding'],
    });
  return plan.failed.size > 0 ? needEvidence(draft, 'T16') : null;
}

/** T15: the units that passed stay; the failed ones, and those not looked at, each get a claim. */
function splitByResult(draft: Draft, claim: Claim, plan: Plan): [string, string | null] {
  const rest = claim.units.filter((key) => !plan.passed.has(key) && !plan.failed.has(key));
  const failed = plan.passed.size > 0 ? [...plan.failed.keys()] : [];
  const child = failed.length > 0 ? moveUnits(draft, claim.id, failed) : null;
  if (rest.length > 0) moveUnits(draft, claim.id, rest);
  return [claim.id, child];
}

function pass(draft: Draft, id: string, found: Map<string, Finding>, finding: Fault | null, usage: number): void {
  const claim = claimOf(draft.state, id);
  const changes: Change[] = [
    onClaim(id, {
      findings: { ...claim.findings, ...Object.fromEntries(found) },
      failed: false,
      hold: claim.hold?.reason === 'INSPECTION' ? null : claim.hold,
      ...(finding && !claim.advance ? { fault: finding } : {}),
      ...(usage > 0 ? { usage } : {}),
    }),
  ];
  if (claim.kind !== 'RESHIP') {
    const restocked = [...found]
      .filter(([, { disposition }]) => disposition === 'RESTOCK')
      .map(([key]) => unitOf(draft.state, key));
    for (const [key, { disposition }] of found) changes.push(onUnit(key, { place: PLACES[disposition] }));
    if (restocked.length > 0) changes.push(onStock(draft.state, countSkus(restocked, 1)));
  }
  amend(draft, changes);
  if (!claim.advance && !(claim.kind === 'EXCHANGE' && claim.booked) && claim.kind !== 'RESHIP') settle(draft, id);
  closeIfDone(draft, id);
}

/** T16: the customer chooses between the fault, a deduction and the goods back; nothing moves until then. */
function fail(draft: Draft, id: string, found: Map<string, Finding>, finding: Fault | null): void {
  const claim = claimOf(draft.state, id);
  const until = draft.today + draft.policy.uncollectedDays;
  amend(draft, [
    onClaim(id, {
      findings: { ...claim.findings, ...Object.fromEntries(found) },
      failed: true,
      hold: { reason: 'INSPECTION', until },
      ...(finding && !claim.advance ? { fault: finding } : {}),
    }),
  ]);
}
