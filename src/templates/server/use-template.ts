import { centreHours } from '#accounts/server/read.ts';
import { mallNamed } from '#malls/server/read.ts';
import { orderWords } from '#orders/server/read.ts';
import { type CommandContext, handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { type TicketShown, ticketPlace } from '#tickets/server/read.ts';
import { templates } from '../contract.ts';
import { dayWords, nextBusinessDay } from '../rules/days.ts';
import { blanksIn, render } from '../rules/render.ts';
import { parse } from '../rules/syntax.ts';
import type { Facts } from '../rules/variables.ts';
import { sees, templatesOf } from './template-store.ts';

/** A template filled with what is known of the case; its use is counted for the version that was used. */
export const useTemplate = handle(templates.operations.use, async (ctx, { id, ticket: ticketId }) => {
  const ticket = await ticketPlace(ctx, ticketId);
  const row = await templatesOf(ctx).where('template.id', '=', id).executeTakeFirst();
  if (!ticket || !row || !sees(ctx.actor, row.malls)) return notFound();
  if (row.retired_at !== null) return refuse('template_retired', {});
  const parsed = parse(row.body);
  if ('wrong' in parsed) throw new Error(`template ${id} version ${row.version} cannot be read`);
  const text = render(parsed.nodes, await factsOf(ctx, ticket));
  const counted = { used: row.used + 1 };
  await ctx.db
    .updateTable('template')
    .set((eb) => ({ used: eb('used', '+', 1), last_used_at: ctx.now }))
    .where('id', '=', id)
    .execute();
  await ctx.db
    .updateTable('template_version')
    .set((eb) => ({ used: eb('used', '+', 1) }))
    .where('template_id', '=', id)
    .where('version', '=', row.version)
    .execute();
  await ctx.scoped
    .insertInto('template_use')
    .values({
      ...{ id: newId(), template_id: id, version: row.version, ticket_id: ticket.id },
      ...{ mall: ticket.mall, centre: ticket.centre, used_by: ctx.actor.id, at: ctx.now },
    })
    .execute();
  ctx.record('templates.used', id, {
    after: { version: row.version, ticket: ticket.id, ...counted },
    scope: { mall: ticket.mall, centre: ticket.centre, person: ctx.actor.id },
  });
  return { text, blanks: blanksIn(text).map(({ label }) => label), version: row.version };
});

/** What templates may say of a case: of its customer, its order and the delivery. */
async function factsOf(ctx: CommandContext, ticket: TicketShown): Promise<Facts> {
  const hours = await centreHours(ctx.db, ticket.centre);
  const order = ticket.order ? await orderWords(ctx, ticket.order) : null;
  const day = (at: Date | null) => (at ? dayWords(at.getTime()) : undefined);
  const facts: Facts = {
    고객명: ticket.customer.name,
    상담사: ctx.actor.name,
    몰: (await mallNamed(ctx.db, ticket.mall)) ?? ticket.mall,
    센터시간: `${hours.open}–${hours.close}`,
    오늘: dayWords(ctx.now.getTime()),
    다음영업일: dayWords(nextBusinessDay(ctx.now.getTime())),
  };
  if (!order) return facts;
  const known = {
    ...{ 주문번호: order.mallOrderNo, 주문일: day(order.orderedAt), 상품명: order.summary },
    ...{ 결제금액: order.totalKrw, 주문상태: order.stage, 택배사: order.courier, 송장번호: order.trackingNo },
    ...{ 배송상태: order.delivery, 출고일: day(order.shippedAt), 배송완료일: day(order.deliveredAt) },
  };
  return {
    ...facts,
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value != null && value !== '')),
  };
}
