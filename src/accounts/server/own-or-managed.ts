import type { Actor } from '#platform/operation.ts';
import { accounts } from '../contract.ts';

/** Whether the caller may manage other people's sessions and keys. */
export function mayManage(actor: Actor): boolean {
  if (actor.kind === 'system') return true;
  const roles = accounts.permissions['accounts.manage']?.roles ?? [];
  if (actor.only && !actor.only.includes('accounts.manage')) return false;
  return actor.grants.some(({ role }) => roles.includes(role));
}

/** Whose sessions or keys are meant: the caller's own, or somebody's whom they may manage; else null. */
export function whose(actor: Actor, person: string | undefined): string | null {
  if (person === undefined || person === actor.id) return actor.id;
  return mayManage(actor) ? person : null;
}

/** A key that is limited to some permissions must not make itself a way around its limits. */
export const isLimitedKey = (actor: Actor): boolean => actor.kind === 'key' && actor.only !== null;
