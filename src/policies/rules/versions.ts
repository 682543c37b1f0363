import { CUSTOMER_FAVOURING, type Policy } from './parameters.ts';
import { type Refusal, refuse } from './refusal.ts';

/** A policy and the instant (milliseconds) from which it is in force. */
export type PolicyVersion = { policy: Policy; beginsAt: number };

/**
 * Adds a version to those of a mall. An order is judged by the policy of its own day (I25), so a version
 * that begins in the past, or not after the newest one, is refused with `date_out_of_range`.
 */
export function addVersion(versions: PolicyVersion[], next: PolicyVersion, now: number): PolicyVersion[] | Refusal {
  const newest = Math.max(...versions.map((version) => version.beginsAt), Number.NEGATIVE_INFINITY);
  if (next.beginsAt < now || next.beginsAt <= newest)
    return refuse('date_out_of_range', 'I25', { policy: 'version', version: next.policy.version });
  if (versions.some((version) => version.policy.version === next.policy.version))
    return refuse('bad_input', 'I25', { what: next.policy.version });
  return [...versions, next];
}

/** The policy in force at `orderedAt`, with the ★ parameters of the one in force `now` where they are better for the customer. */
export function policyFor(versions: PolicyVersion[], orderedAt: number, now: number): Policy | Refusal {
  const then = inForce(versions, orderedAt);
  if (!then) return refuse('date_out_of_range', 'I25', { policy: 'version' });
  const today = inForce(versions, now) ?? then;
  return favour(then, today);
}

function inForce(versions: PolicyVersion[], at: number): Policy | null {
  let found: PolicyVersion | null = null;
  for (const version of versions)
    if (version.beginsAt <= at && (!found || version.beginsAt > found.beginsAt)) found = version;
  return found?.policy ?? null;
}

const BETTER: Record<string, string> = {
  mixedFaultExchange: 'FREE',
  fullReturnOutbound: 'FREE',
  mixedFault: 'SELLER_PAYS',
  couponBreak: 'KEEP',
  bundleBreak: 'KEEP',
};

/** I25: each ★ parameter takes the value that is better for the customer; all others stay those of the order's day. */
export function favour(then: Policy, today: Policy): Policy {
  const merged: Policy = { ...then };
  for (const name of CUSTOMER_FAVOURING) {
    const [old, fresh] = [then[name], today[name]];
    const better = typeof old === 'number' ? Number(fresh) > old : fresh === BETTER[name];
    if (better) Object.assign(merged, { [name]: fresh });
  }
  return merged;
}
