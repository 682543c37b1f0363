import { handle } from '#platform/context.ts';
import { notFound, Refusal } from '#platform/operation.ts';
import { tickets } from '#tickets/contract.ts';
import { ticketPlace } from '#tickets/server/read.ts';
import { transfers } from '../contract.ts';
import { caseWords, type Kind, placeOf, type State } from '../rules/transfer.ts';
import { lockTransfer, saveTransfer, threadOf } from './transfer-store.ts';

/** Moves the ticket where its transfer says, and puts the thread on the case; told twice, it does nothing more. */
export const applyTransfer = handle(transfers.operations.apply, async (ctx, { id }) => {
  const row = await lockTransfer(ctx, id);
  if (!row) return notFound();
  const said = (await threadOf(ctx, id)).flatMap((entry) => {
    const words = caseWords(row.kind as Kind, row.to_name, { kind: entry.kind, text: entry.body });
    return words ? [{ id: entry.id, author: entry.author_name, text: words, at: entry.created_at.toISOString() }] : [];
  });
  const told = await ctx.call(tickets.operations.tellThread, { id: row.ticket_id, partner: row.partner_id, said });
  if (told instanceof Refusal) return notFound();
  const place = placeOf({
    ...{ receiver: row.receiver, state: row.state as State, fromCentre: row.from_centre },
    ...{ fromAssignee: row.from_assignee, toCentre: row.to_centre, acceptedBy: row.accepted_by },
  });
  const ticket = place && (await ticketPlace(ctx, row.ticket_id));
  // Once it is back it moves on by itself; one that was never moved is not moved back.
  const took = row.state === 'accepted' || row.applied_state === 'accepted';
  if (!place || !ticket || !took || row.applied_state === row.state) return { told: told.added, moved: false };
  const moved = await ctx.call(tickets.operations.handOver, { id: row.ticket_id, ...place });
  // Who had it may have left the company: then it goes back to the centre, to nobody.
  if (moved instanceof Refusal)
    await ctx.call(tickets.operations.handOver, { id: row.ticket_id, centre: place.centre, assignee: null });
  await saveTransfer(ctx, row, { applied_state: row.state });
  return { told: told.added, moved: true };
});
