import type { CommandContext } from '#platform/context.ts';

/** Open screens of a ticket hear that what its messages carry has changed. */
export async function tellTicket(ctx: CommandContext, event: string, ticket: string, after: object): Promise<void> {
  const scope = await ctx.scoped
    .selectFrom('ticket')
    .select(['mall', 'centre', 'partner_id as partner'])
    .where('ticket.id', '=', ticket)
    .executeTakeFirst();
  if (scope) ctx.record(`channels.${event}`, ticket, { after, scope });
}
