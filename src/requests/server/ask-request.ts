import { contactsOf } from '#catalogue/server/read.ts';
import { mallDesk } from '#malls/server/read.ts';
import { type CommandContext, handle } from '#platform/context.ts';
import { type Input, notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { requests } from '../contract.ts';
import { whyNoQuestion } from '../rules/kinds.ts';
import { orderWithin } from './order-asked.ts';
import { addressed, addToThread, scopeOf, termsFor } from './request-store.ts';

type Asked = Input<typeof requests.operations.ask>;

/** Asks whoever answers for the product: its first contact, unless another one is named. */
export const askRequest = handle(requests.operations.ask, async (ctx, input) => {
  const found = await contactsOf(ctx, input.product);
  const place = found && (await placeOf(ctx, input));
  if (!found || !place) return notFound();
  const question = input.question ?? {};
  const wrong = whyNoQuestion(input.kind, question);
  if (wrong) return refuse(wrong.code, { field: wrong.field });
  const lines = place.lines.filter(({ product_id }) => product_id === input.product).map(({ id }) => id);
  if (input.order && lines.length === 0) return refuse('not_in_order', {});
  const contact = input.to ? found.contacts.find(({ kind }) => kind === input.to) : found.contacts[0];
  if (!contact) return refuse('no_contact', {});
  const id = newId();
  const terms = termsFor(ctx.now, input.kind, contact);
  const { number } = await ctx.scoped
    .insertInto('partner_request')
    .values({
      ...{ id, kind: input.kind, state: 'open', mall: place.mall, centre: place.centre },
      ...{ order_id: input.order ?? null, ticket_id: input.ticket ?? null, product_id: input.product },
      line_ids: input.lines ? lines.filter((line) => input.lines?.includes(line)) : lines,
      ...addressed(contact, ctx.now),
      ...terms,
      question: JSON.stringify(question),
      ...{ asked_by: ctx.actor.id, asked_by_name: ctx.actor.name, asked_at: ctx.now },
      ...{ created_at: ctx.now, updated_at: ctx.now },
    })
    .returning('number')
    .executeTakeFirstOrThrow();
  const to = contact.company ?? contact.name;
  await addToThread(ctx, id, { kind: 'asked', text: question.note, dueAt: terms.due_at, to });
  ctx.record('requests.asked', id, {
    after: { number, kind: input.kind, order: input.order, ticket: input.ticket, addressee: contact.kind },
    scope: scopeOf({ ...place, partner_id: contact.partnerId }),
    data: { number, kind: input.kind },
  });
  return { id, number, addressee: contact.kind, dueAt: terms.due_at };
});

/** Mall and centre of the order or ticket that it hangs on; null when one of them is not there for the caller. */
async function placeOf(ctx: CommandContext, input: Asked) {
  const order = input.order ? await orderWithin(ctx, input.order) : null;
  if (input.order && !order) return null;
  const lines = order?.lines ?? [];
  if (input.ticket) {
    const ticket = await ctx.scoped
      .selectFrom('ticket')
      .select(['mall', 'centre'])
      .where('ticket.id', '=', input.ticket)
      .executeTakeFirst();
    return ticket ? { ...ticket, lines } : null;
  }
  const mall = order?.mall ?? '';
  const usual = (await mallDesk(ctx.db, mall))?.centre ?? '';
  const own = ctx.actor.grants.flatMap((grant) => grant.centres ?? []);
  const centre = [usual, ...own].find((one) => ctx.scoped.allows({ mall, centre: one }));
  return centre ? { mall, centre, lines } : null;
}
