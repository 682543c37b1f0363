import { type Guard, handle, type QueryContext } from '#platform/context.ts';
import { refuse } from '#platform/operation.ts';
import { voc } from '../contract.ts';

/** Malls in the caller's scope whose contacts end with a record, or were set to end without one. */
export const listRequirements = handle(voc.operations.requirements, async (ctx) => {
  const rows = await ctx.db.selectFrom('voc_requirement').select(['mall', 'required']).orderBy('mall').execute();
  return { items: rows.filter(({ mall }) => ctx.scoped.allows({ mall })) };
});

export const requireVoc = handle(voc.operations.require, async (ctx, { mall, required }) => {
  if (!ctx.scoped.allows({ mall })) return refuse('mall_unknown', {});
  const known = await ctx.db.selectFrom('mall').select('id').where('id', '=', mall).executeTakeFirst();
  if (!known) return refuse('mall_unknown', {});
  const row = { required, set_by_name: ctx.actor.name, set_at: ctx.now };
  await ctx.db
    .insertInto('voc_requirement')
    .values({ mall, ...row })
    .onConflict((at) => at.column('mall').doUpdateSet(row))
    .execute();
  ctx.record('voc.requirement_set', mall, { after: { mall, required }, scope: { mall }, data: { required } });
  return { mall, required };
});

/**
 * Before a contact ends: where its mall asks for it, somebody has noted what it was about. What ends by itself (closed
 * after days of silence) has nobody to ask.
 */
export const recordBeforeSolved: Guard = async (ctx, { id, status }: { id: string; status: string }) => {
  if (status !== 'solved' || ctx.actor.kind === 'system') return null;
  return (await lacksRecord(ctx, id)) ? refuse('record_missing', {}) : null;
};

async function lacksRecord(ctx: QueryContext, ticket: string): Promise<boolean> {
  const row = await ctx.scoped
    .selectFrom('ticket')
    .innerJoin('voc_requirement', 'voc_requirement.mall', 'ticket.mall')
    .leftJoin('voc_record', 'voc_record.ticket_id', 'ticket.id')
    .select('voc_record.id as record')
    .where('ticket.id', '=', ticket)
    .where('ticket.status', '<>', 'solved')
    .where('voc_requirement.required', '=', true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined && row.record === null;
}
