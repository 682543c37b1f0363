import type { Won } from '#orders/rules/order.ts';
import { type Refusal, refuse } from '#policies/rules/refusal.ts';
import type { Draft } from './draft.ts';
import { worthOf } from './exchange-difference.ts';
import { needYes, refusePolicy } from './find.ts';
import type { Fault, Unit } from './state.ts';

/**
 * M12 usage deduction (사용분 공제): only the supply cost of the consumed part (전자상거래법 시행령 §24), only when
 * the change of mind is the buyer's, with a yes. No penalty and no damages (§18⑨).
 */
export function usageOf(draft: Draft, fault: Fault, units: readonly Unit[]): Won | Refusal {
  const { usage } = draft.command;
  if (!usage) return 0;
  if (fault !== 'BUYER' && fault !== 'UNDECIDED') return refuse('exception_unproven', 'M12');
  if (draft.policy.usageDeduction === 'OFF') return refusePolicy(draft, 'policy_forbids', 'M12', 'usageDeduction');
  const refusal = needYes(draft, 'M12', null, ['manager'], 540);
  if (refusal) return refusal;
  const won = usage.units * usage.supplyCost;
  const most = units.reduce((sum, unit) => sum + worthOf(unit), 0);
  return won > most ? refuse('amount_out_of_range', 'M12', { what: `${won} > ${most}` }) : won;
}
