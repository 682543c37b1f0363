import type { QueryContext } from '#platform/context.ts';

/** Whether somebody works here. */
export async function isActive({ db }: Pick<QueryContext, 'db'>, id: string): Promise<boolean> {
  const person = await db
    .selectFrom('person')
    .select('id')
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return person !== undefined;
}

/** Centres that the caller works in; null means all. */
export function centresOf({ actor }: Pick<QueryContext, 'actor'>): string[] | null {
  const desk = actor.grants.filter(({ role }) => role !== 'partner');
  if (actor.kind === 'system' || desk.some(({ centres }) => centres === null)) return null;
  return [...new Set(desk.flatMap(({ centres }) => centres ?? []))];
}
