import { sql } from 'kysely';
import type { CommandContext, QueryContext } from '#platform/context.ts';

/** Whether there is such a mall within the caller's scope. */
export async function reaches(ctx: Pick<QueryContext, 'db' | 'scoped'>, mall: string): Promise<boolean> {
  if (!ctx.scoped.allows({ mall })) return false;
  return (await ctx.db.selectFrom('mall').select('id').where('id', '=', mall).executeTakeFirst()) !== undefined;
}

/** Lets one save of a mall's manuals and lines follow another until the command ends. */
export async function oneAfterAnother(ctx: CommandContext, mall: string): Promise<void> {
  await sql`select 1 from mall where id = ${mall} for no key update`.execute(ctx.db);
}

/** Versions of a manual, newest first. */
export function versionsOf(ctx: Pick<QueryContext, 'scoped'>, mall: string, topic: string) {
  return ctx.scoped
    .selectFrom('mall_manual')
    .select(['mall_manual.version', 'mall_manual.author_name as by', 'mall_manual.created_at as at'])
    .where('mall_manual.mall', '=', mall)
    .where('mall_manual.topic', '=', topic)
    .orderBy('mall_manual.version', 'desc')
    .execute();
}

/** Pictures of a mall among the given ids. */
export async function picturesOf(ctx: Pick<QueryContext, 'scoped'>, mall: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await ctx.scoped
    .selectFrom('mall_picture')
    .select(['mall_picture.id', 'mall_picture.mime', 'mall_picture.bytes'])
    .where('mall_picture.mall', '=', mall)
    .where('mall_picture.id', 'in', [...ids])
    .execute();
  return rows.map(({ id, mime, bytes }) => ({ id, mime, content: bytes.toString('base64') }));
}
