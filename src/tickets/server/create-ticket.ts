import { customers } from '#customers/contract.ts';
import { mallDesk } from '#malls/server/read.ts';
import { type CommandContext, handle } from '#platform/context.ts';
import { type Input, Refusal, refuse } from '#platform/operation.ts';
import { searchDocument } from '#platform/search.ts';
import { newId } from '#platform/values.ts';
import { tickets } from '../contract.ts';
import { addMessage } from './ticket-store.ts';

type New = Input<typeof tickets.operations.create>;
const HOUR_MS = 3_600_000;

/**
 * Files a contact: its customer (found or registered), the ticket, and what the customer wrote as its first message.
 * It goes to the mall's centre, or to the caller's own where that lies outside the caller's scope.
 */
export const createTicket = handle(tickets.operations.create, async (ctx, input) => {
  const desk = await mallDesk(ctx.db, input.mall);
  const centre = desk && centreFor(ctx, input.mall, desk.centre);
  if (!desk || !centre) return refuse('outside_scope', {});
  const customerId = await customerOf(ctx, input);
  if (!customerId) return refuse('customer_unknown', {});
  const id = newId();
  const { number } = await ctx.scoped
    .insertInto('ticket')
    .values({
      id,
      subject: input.subject,
      status: 'new',
      priority: input.priority ?? 'normal',
      channel: input.channel,
      mall: input.mall,
      centre,
      customer_id: customerId,
      tags: [...new Set(input.tags ?? [])],
      waiting_since: ctx.now,
      answer_due_at: desk.answerHours === null ? null : new Date(ctx.now.getTime() + desk.answerHours * HOUR_MS),
      ...searchDocument({ texts: [input.subject, input.text] }),
      created_at: ctx.now,
      updated_at: ctx.now,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  await addMessage(ctx, id, { kind: 'inbound', channel: input.channel, text: input.text });
  ctx.record('tickets.created', id, {
    after: { number, status: 'new', channel: input.channel, mall: input.mall, customerId },
    scope: { mall: input.mall, centre },
    data: { number, channel: input.channel, mall: input.mall },
  });
  return { id, number };
});

function centreFor(ctx: CommandContext, mall: string, usual: string): string | undefined {
  const own = ctx.actor.grants.flatMap((grant) => grant.centres ?? []);
  return [usual, ...own].find((centre) => ctx.scoped.allows({ mall, centre }));
}

async function customerOf(ctx: CommandContext, { customer, mall }: New): Promise<string | null> {
  if ('id' in customer) {
    const known = await ctx.scoped
      .selectFrom('customer')
      .select('customer.id')
      .where('customer.id', '=', customer.id)
      .executeTakeFirst();
    return known?.id ?? null;
  }
  const registered = await ctx.call(customers.operations.register, { ...customer, mall });
  return registered instanceof Refusal ? null : registered.id;
}
