import { sql } from 'kysely';
import { handle } from '#platform/context.ts';
import { voc } from '../contract.ts';

/** How many of the caller's newest records are looked at. */
const LOOKED_AT = 200;

/** The codes that the caller used last, each once. */
export const recentCodes = handle(voc.operations.recent, async (ctx, { limit }) => {
  if (ctx.actor.kind === 'system') return { items: [] };
  const { rows } = await sql<{ code: string }>`
    select code from (
      select code, recorded_at from voc_record where recorded_by = ${ctx.actor.id}
      order by recorded_at desc limit ${LOOKED_AT}) as mine
    join voc_code using (code)
    where retired_at is null or retired_at > ${ctx.now}
    group by code order by max(recorded_at) desc limit ${limit}`.execute(ctx.db);
  return { items: rows.map(({ code }) => code) };
});
