import { handle, type QueryContext } from '#platform/context.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { requests } from '../contract.ts';
import { orderAsked, orderWithin } from './order-asked.ts';
import { requestRow, requestsOf } from './request-row.ts';
import { sideOf } from './request-store.ts';

type Entry = Output<typeof requests.operations.get>['thread'][number];
const MOST_ENTRIES = 300;

/** A request with its thread and what the reader may see of its order. */
export const getRequest = handle(requests.operations.get, async (ctx, { id }) => {
  const row = await requestsOf(ctx).where('partner_request.id', '=', id).executeTakeFirst();
  if (!row) return notFound();
  const since = sideOf(ctx.actor) === 'partner' ? row.partner_since : null;
  const [thread, order] = await Promise.all([
    threadOf(ctx, id, since),
    row.order_id ? orderWithin(ctx, row.order_id) : null,
  ]);
  return {
    ...requestRow(row, ctx.now),
    thread,
    orderAsked: order && orderAsked(order, row.line_ids),
    escalatedTo: row.escalated_to,
    createdAt: row.created_at,
  };
});

/** The newest entries, oldest first. A partner sees none from before it was asked. */
async function threadOf({ scoped }: QueryContext, id: string, since: Date | null): Promise<Entry[]> {
  let rows = scoped
    .selectFrom('partner_request_message')
    .selectAll('partner_request_message')
    .where('partner_request_message.request_id', '=', id)
    .orderBy('partner_request_message.created_at', 'desc')
    .orderBy('partner_request_message.id', 'desc')
    .limit(MOST_ENTRIES);
  if (since) rows = rows.where('partner_request_message.created_at', '>=', since);
  return (await rows.execute()).reverse().map((row) => {
    const facts = row.facts as { answer?: Entry['answer']; dueAt?: string; to?: string };
    return {
      id: row.id,
      kind: row.kind as Entry['kind'],
      side: row.side as Entry['side'],
      author: row.author_name,
      text: row.body,
      answer: facts.answer ?? null,
      dueAt: facts.dueAt ? new Date(facts.dueAt) : null,
      to: facts.to ?? null,
      at: row.created_at,
    };
  });
}
