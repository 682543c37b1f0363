import { mallDesk } from '#malls/server/read.ts';
import { type CommandContext, handle } from '#platform/context.ts';
import { refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { customerOf, fileTicket } from './new-ticket.ts';

/**
 * Files a contact: its customer (found or registered), the ticket, and what the customer wrote as its first message.
 * It goes to the mall's centre, or to the caller's own where that lies outside the caller's scope.
 */
export const createTicket = handle(tickets.operations.create, async (ctx, input) => {
  const desk = await mallDesk(ctx.db, input.mall);
  const centre = desk && centreFor(ctx, input.mall, desk.centre);
  if (!desk || !centre) return refuse('outside_scope', {});
  const customerId = await customerOf(ctx, input.customer, input.mall);
  if (!customerId) return refuse('customer_unknown', {});
  const { id, number } = await fileTicket(ctx, { ...input, centre, customerId, answerHours: desk.answerHours });
  return { id, number };
});

function centreFor(ctx: CommandContext, mall: string, usual: string): string | undefined {
  const own = ctx.actor.grants.flatMap((grant) => grant.centres ?? []);
  return [usual, ...own].find((centre) => ctx.scoped.allows({ mall, centre }));
}
