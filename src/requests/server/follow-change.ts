import { contactsOf } from '#catalogue/server/read.ts';
import { mallDesk } from '#malls/server/read.ts';
import { changeToAsk } from '#orders/server/read.ts';
import { type CommandContext, handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { requests } from '../contract.ts';
import { questionOfChange } from '../rules/change-question.ts';
import { orderWithin } from './order-asked.ts';
import {
  addressed,
  addToThread,
  type LockedRequest,
  lockRequest,
  saveRequest,
  scopeOf,
  termsFor,
} from './request-store.ts';

type Change = NonNullable<Awaited<ReturnType<typeof changeToAsk>>>;
type Order = NonNullable<Awaited<ReturnType<typeof orderWithin>>>;

/** Makes the requests of a change what the change is: told twice or late, it does nothing more. */
export const followChange = handle(requests.operations.followChange, async (ctx, { change: id }) => {
  const change = await changeToAsk(ctx.scoped, id);
  const order = change && (await orderWithin(ctx, change.order));
  if (!change || !order) return notFound();
  const known = await ctx.scoped
    .selectFrom('partner_request')
    .select(['partner_request.id', 'partner_request.state', 'partner_request.change_who as who'])
    .where('partner_request.change_id', '=', id)
    .execute();
  const result = { asked: 0, closed: 0 };
  for (const who of change.waiting)
    if (!known.some((row) => row.who === who) && (await ask(ctx, id, change, order, who))) result.asked++;
  for (const row of known)
    if (row.state === 'open' && !change.waiting.includes(row.who ?? '') && (await close(ctx, row.id))) result.closed++;
  return result;
});

/** Asks a partner or the warehouse. Goods that we do not know have no contact: then the desk asks by phone. */
async function ask(ctx: CommandContext, changeId: string, change: Change, order: Order, who: string): Promise<boolean> {
  const found = await contactFor(ctx, change, order, who);
  if (!found) return false;
  const { contact, lines, product } = found;
  const id = newId();
  const place = { mall: order.mall, centre: (await mallDesk(ctx.db, order.mall))?.centre ?? '' };
  const terms = termsFor(ctx.now, 'order_change', contact);
  const note = questionOfChange(change.kind, change.before, change.after);
  const made = await ctx.scoped
    .insertInto('partner_request')
    .values({
      ...{ id, kind: 'order_change', state: 'open', ...place, change_id: changeId, change_who: who },
      ...{ order_id: change.order, ticket_id: null, product_id: product, line_ids: lines },
      ...addressed(contact, ctx.now),
      ...terms,
      question: JSON.stringify({ note }),
      ...{ asked_by: change.askedBy.id, asked_by_name: change.askedBy.name, asked_at: ctx.now },
      ...{ created_at: ctx.now, updated_at: ctx.now },
    })
    // Events of one change may be followed at once.
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .executeTakeFirst();
  if (!made) return false;
  const { number } = made;
  const to = contact.company ?? contact.name;
  await addToThread(ctx, id, { kind: 'asked', side: 'system', text: note, dueAt: terms.due_at, to });
  ctx.record('requests.asked', id, {
    after: { number, kind: 'order_change', order: change.order, change: changeId, addressee: contact.kind },
    scope: scopeOf({ ...place, partner_id: contact.partnerId }),
    data: { number, kind: 'order_change' },
  });
  return true;
}

/** The first of the lines that the change is about whose product has this contact. */
async function contactFor(ctx: CommandContext, change: Change, order: Order, who: string) {
  const lines = order.lines.filter(({ id }) => change.line === null || change.line === id);
  for (const line of lines) {
    const known = line.product_id && (await contactsOf(ctx, line.product_id));
    if (!known) continue;
    const contact = known.contacts.find(({ kind, partnerId }) =>
      who === 'warehouse' ? kind === 'logistics' : partnerId === who,
    );
    if (contact && line.product_id) return { contact, product: line.product_id, lines: [line.id] };
  }
  return null;
}

/** Answered elsewhere or withdrawn: nobody has to answer the request any more. */
async function close(ctx: CommandContext, id: string): Promise<boolean> {
  const row: LockedRequest | undefined = await lockRequest(ctx, id);
  if (row?.state !== 'open') return false;
  await saveRequest(ctx, row, { state: 'withdrawn' });
  await addToThread(ctx, id, { kind: 'withdrawn', side: 'system' });
  ctx.record('requests.withdrawn', id, {
    before: { state: row.state },
    after: { state: 'withdrawn' },
    scope: scopeOf(row),
  });
  return true;
}
