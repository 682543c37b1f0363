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
