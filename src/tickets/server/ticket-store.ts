import type { CommandContext } from '#platform/context.ts';
import { newId } from '#platform/values.ts';
import type { Channel } from '../contract.ts';

export type LockedTicket = NonNullable<Awaited<ReturnType<typeof lockTicket>>>;

/** The ticket, within scope, locked until the command ends: two agents on one ticket follow each other. */
export function lockTicket(ctx: CommandContext, id: string) {
  return ctx.scoped
    .selectFrom('ticket')
    .select(['ticket.id', 'mall', 'centre', 'partner_id', 'channel', 'status', 'assignee', 'tags', 'version'])
    .select(['waiting_since', 'first_replied_at'])
    .where('ticket.id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

type Change = {
  status?: string;
  assignee?: string | null;
  tags?: string[];
  solved_at?: Date | null;
  waiting_since?: Date | null;
};

/** Saves a change as the ticket's next version. */
export async function saveTicket(ctx: CommandContext, ticket: LockedTicket, change: Change): Promise<number> {
  const version = ticket.version + 1;
  await ctx.scoped
    .updateTable('ticket')
    .set({ ...change, version, updated_at: ctx.now })
    .where('ticket.id', '=', ticket.id)
    .execute();
  return version;
}

type NewMessage = {
  kind: 'inbound' | 'outbound' | 'note' | 'event';
  channel: Channel;
  text: string;
  delivery?: 'queued';
};

/** Adds a message; one of ours carries its writer. */
export async function addMessage(ctx: CommandContext, ticketId: string, message: NewMessage): Promise<string> {
  const id = newId();
  const ours = message.kind !== 'inbound' && ctx.actor.kind !== 'system';
  await ctx.scoped
    .insertInto('ticket_message')
    .values({
      ticket_id: ticketId,
      id,
      kind: message.kind,
      channel: message.channel,
      author_id: ours ? ctx.actor.id : null,
      author_name: message.kind === 'inbound' ? null : ctx.actor.name,
      body: message.text,
      delivery: message.delivery ?? null,
      created_at: ctx.now,
    })
    .execute();
  return id;
}

/** Which screens hear of the ticket. */
export const scopeOf = (ticket: { mall: string; centre: string; partner_id: string | null }) => ({
  mall: ticket.mall,
  centre: ticket.centre,
  partner: ticket.partner_id,
});
