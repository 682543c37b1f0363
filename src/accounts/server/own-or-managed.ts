import type { QueryContext } from '#platform/context.ts';
import type { Actor, Grant } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { managesWithin } from '../rules/coverage.ts';
import { selectPeople } from './person-store.ts';

/** Whether the caller may give these grants, or manage somebody who has them. */
export function manages(actor: Actor, grants: readonly Grant[]): boolean {
  if (actor.only && !actor.only.includes('accounts.manage')) return false;
  return managesWithin(actor, accounts.permissions['accounts.manage']?.roles ?? [], grants);
}

/** Whether these sessions or keys are the caller's to see and end: own, or of somebody whom they manage. */
export async function isOwnOrManaged({ db, actor }: QueryContext, personId: string): Promise<boolean> {
  if (personId === actor.id) return true;
  if (!manages(actor, [])) return false;
  const person = await selectPeople(db).where('person.id', '=', personId).executeTakeFirst();
  return person !== undefined && manages(actor, person.grants);
}

/** Whose sessions or keys are meant: the caller's own unless `person` names somebody; null when not theirs to ask. */
export async function whose(ctx: QueryContext, person: string | undefined): Promise<string | null> {
  const id = person ?? ctx.actor.id;
  return (await isOwnOrManaged(ctx, id)) ? id : null;
}

/** A key that is limited to some permissions must not make itself a way around its limits. */
export const isLimitedKey = (actor: Actor): boolean => actor.kind === 'key' && actor.only !== null;
