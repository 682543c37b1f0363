import type { Actor, Grant } from '#platform/operation.ts';

const DIMENSIONS = ['malls', 'centres', 'partners'] as const;

/** Whether a grant of the first kind reaches everywhere that one of the second reaches; the roles do not matter. */
export function covers(wide: Grant, narrow: Grant): boolean {
  return DIMENSIONS.every((dimension) => {
    const outer = wide[dimension];
    const inner = narrow[dimension];
    return outer === null || (inner?.every((value) => outer.includes(value)) ?? false);
  });
}

/**
 * Whether the caller, as an administrator of some malls or centres, may give these grants or manage who has them:
 * each must lie within one of the caller's own. So an administrator of one centre never becomes one of all.
 */
export function managesWithin(actor: Actor, roles: readonly string[], grants: readonly Grant[]): boolean {
  if (actor.kind === 'system') return true;
  const own = actor.grants.filter(({ role }) => roles.includes(role));
  return own.length > 0 && grants.every((grant) => own.some((wide) => covers(wide, grant)));
}
