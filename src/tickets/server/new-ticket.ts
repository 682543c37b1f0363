import type { z } from 'zod';
import { customers, type WhoContacts } from '#customers/contract.ts';
import type { CommandContext } from '#platform/context.ts';
import { Refusal } from '#platform/operation.ts';
import { searchDocument } from '#platform/search.ts';
import { newId } from '#platform/values.ts';
import type { Channel, PRIORITIES } from '../contract/shapes.ts';
import { addMessage } from './ticket-store.ts';

const HOUR_MS = 3_600_000;

type New = {
  channel: Channel;
  mall: string;
  centre: string;
  /** Within how many hours the mall wants an answer. */
  answerHours: number | null;
  customerId: string;
  subject: string;
  text: string;
  order?: string | undefined;
  tags?: string[] | undefined;
  priority?: (typeof PRIORITIES)[number] | undefined;
  saidAt?: Date;
  thanks?: boolean;
  author?: string | undefined;
};

/** Files a ticket with what the customer wrote as its first message. The customer waits since then. */
export async function fileTicket(ctx: CommandContext, given: New) {
  const id = newId();
  const { channel, mall, centre, customerId, answerHours } = given;
  const since = given.saidAt ?? ctx.now;
  const { number } = await ctx.scoped
    .insertInto('ticket')
    .values({
      ...{ id, channel, mall, centre, subject: given.subject, status: 'new', priority: given.priority ?? 'normal' },
      customer_id: customerId,
      order_id: given.order ?? null,
      tags: [...new Set(given.tags ?? [])],
      waiting_since: given.thanks ? null : since,
      answer_due_at: answerHours === null ? null : new Date(since.getTime() + answerHours * HOUR_MS),
      ...searchDocument({ texts: [given.subject, given.text] }),
      created_at: ctx.now,
      updated_at: ctx.now,
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  const messageId = await addMessage(ctx, id, {
    ...{ kind: 'inbound', channel, text: given.text, author: given.author, thanks: given.thanks ?? false },
    saidAt: given.saidAt && given.saidAt < ctx.now ? given.saidAt : null,
  });
  ctx.record('tickets.created', id, {
    after: { number, status: 'new', channel, mall, customerId },
    scope: { mall, centre },
    data: { number, channel, mall, messageId },
  });
  return { id, number, messageId };
}

/** The customer of a contact, found or registered; null when the id is nobody's. */
export async function customerOf(
  ctx: CommandContext,
  customer: { id: string } | z.output<typeof WhoContacts>,
  mall: string,
): Promise<string | null> {
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
