import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { ticketPlace } from '#tickets/server/read.ts';
import { followups } from '../contract.ts';
import { lockPromise, savePromise, scopeOf, settle } from './promise-store.ts';

/** An answer settles the ticket's promise; a new assignee or centre takes it along. Told twice, it does nothing more. */
export const followTicket = handle(followups.operations.followTicket, async (ctx, { ticket: id }) => {
  const ticket = await ticketPlace(ctx, id);
  if (!ticket) return notFound();
  const place = { mall: ticket.mall, centre: ticket.centre };
  const moved = await ctx.scoped
    .updateTable('call_back')
    .set({ ...place, updated_at: ctx.now })
    .where('call_back.ticket_id', '=', id)
    .where('call_back.state', '=', 'open')
    .where('call_back.centre', '<>', ticket.centre)
    .returning('call_back.id')
    .execute();
  for (const row of moved) ctx.record('followups.call_back_moved', row.id, { after: place, scope: place });
  const open = await ctx.scoped
    .selectFrom('reply_promise')
    .select('reply_promise.id')
    .where('reply_promise.ticket_id', '=', id)
    .where('reply_promise.state', '=', 'open')
    .executeTakeFirst();
  const row = open && (await lockPromise(ctx, open.id));
  if (!row) return { settled: 0, changed: moved.length };
  if ((await settle(ctx, row)) !== 'open') return { settled: 1, changed: moved.length };
  const owner = ticket.assignee;
  const other = owner !== null && owner.id !== row.owner;
  if (!other && row.centre === ticket.centre) return { settled: 0, changed: moved.length };
  await savePromise(ctx, row.id, {
    ...place,
    ...(other ? { owner: owner.id, owner_name: owner.name, cover: null, cover_name: null } : {}),
  });
  ctx.record('followups.owner_changed', row.id, {
    before: { owner: row.owner, centre: row.centre },
    after: { owner: owner?.id ?? row.owner, centre: ticket.centre },
    scope: scopeOf(place),
    data: { ticket: id },
  });
  return { settled: 0, changed: moved.length + 1 };
});
