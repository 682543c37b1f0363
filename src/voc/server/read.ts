import type { QueryContext } from '#platform/context.ts';

/** The code of the newest record of a ticket, within the caller's scope; null while it has none. */
export async function newestCode({ scoped }: Pick<QueryContext, 'scoped'>, ticket: string): Promise<string | null> {
  const row = await scoped
    .selectFrom('voc_record')
    .select('voc_record.code')
    .where('voc_record.ticket_id', '=', ticket)
    .orderBy('voc_record.recorded_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.code ?? null;
}
