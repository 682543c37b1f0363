import type { CommandContext } from '#platform/context.ts';
import { takenBack, type Worked } from '../rules/wish.ts';
import { tellTicket } from './tell-ticket.ts';
import { changeOf, workedOf } from './ticket-state.ts';
import { type LockedTicket, saveTicket } from './ticket-store.ts';
import { talkOf } from './ticket-talk.ts';

type Kept = { version: number; before: unknown; after: unknown };

/** Takes a change of the history back; null when somebody has set the same anew since then, unless that is to stay. */
export async function takeBack(
  ctx: CommandContext,
  ticket: LockedTicket,
  kept: Kept,
  keepNewer = false,
): Promise<number | null> {
  const before = workedOf(ticket);
  const change = { before: fields(kept.before), after: fields(kept.after) };
  const after = takenBack(before, change, ctx.now.getTime(), await talkOf(ctx, ticket.id), keepNewer);
  if (!after) return null;
  const version = await saveTicket(ctx, ticket, changeOf(after), 'undone');
  await ctx.scoped
    .updateTable('ticket_change')
    .set({ undone_by: version })
    .where('ticket_change.ticket_id', '=', ticket.id)
    .where('ticket_change.version', '=', kept.version)
    .execute();
  if (after.snoozedUntil) {
    const runAt = new Date(after.snoozedUntil);
    await ctx.job('tickets.wake', { id: ticket.id }, { runAt, key: `tickets.wake:${ticket.id}` });
  }
  await tellTicket(ctx, ticket, 'tickets.undone', { before, after, data: { version, of: kept.version } });
  return version;
}

const millis = (at: unknown): number | null => (typeof at === 'string' ? Date.parse(at) : null);

/** Columns of the history as the rule names them. */
function fields(part: unknown): Partial<Worked> {
  const row = part as Record<string, unknown>;
  const { status, assignee, tags, priority } = row;
  return {
    ...('status' in row ? { status: status as Worked['status'] } : {}),
    ...('assignee' in row ? { assignee: assignee as string | null } : {}),
    ...('tags' in row ? { tags: tags as string[] } : {}),
    ...('priority' in row ? { priority: priority as string } : {}),
    ...('solved_at' in row ? { solvedAt: millis(row.solved_at) } : {}),
    ...('snoozed_until' in row ? { snoozedUntil: millis(row.snoozed_until) } : {}),
    ...('follow_up_on' in row ? { followUpOn: row.follow_up_on as string | null } : {}),
  };
}
