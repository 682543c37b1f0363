import { type Insertable, sql } from 'kysely';
import { type CommandContext, handle } from '#platform/context.ts';
import type { DB } from '#platform/db.gen.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { voc } from '../contract.ts';

const REPEAT_DAYS = 90;

/** Records why a customer contacted us, on their ticket. Whether it is a repeat is computed, not asked. */
export const recordVoc = handle(voc.operations.record, async (ctx, input) => {
  const ticket = await ticketOf(ctx, input.ticket);
  if (!ticket) return notFound();
  const code = await ctx.db.selectFrom('voc_code').selectAll().where('code', '=', input.code).executeTakeFirst();
  if (!code) return refuse('code_unknown', {});
  if (code.level < 3) return refuse('code_not_last', {});
  if (code.retired_at && code.retired_at <= ctx.now) return refuse('code_retired', {});
  const product = input.product ? await productOf(ctx, input.product) : null;
  if (input.product && !product) return refuse('product_unknown', {});
  const id = newId();
  const repeat = await saidBefore(ctx, ticket, input.code);
  await save(ctx, ticket, {
    id,
    product_id: product?.id ?? ticket.product_id,
    partner_id: product?.partner_id ?? ticket.partner_id,
    code: input.code,
    attribute: input.attribute ?? code.attribute,
    department: input.department ?? code.department,
    result: input.result ?? null,
    urgent: input.urgent ?? false,
    repeat,
    memo: input.memo ?? null,
  });
  ctx.record('voc.recorded', id, {
    after: { ticket: ticket.id, code: input.code, urgent: input.urgent ?? false, repeat },
    scope: { mall: ticket.mall, centre: ticket.centre, partner: ticket.partner_id },
    data: { code: input.code },
  });
  return { id, repeat };
});

const ticketOf = (ctx: CommandContext, id: string) =>
  ctx.scoped
    .selectFrom('ticket')
    .select(['ticket.id', 'mall', 'centre', 'channel', 'customer_id', 'order_id', 'product_id', 'partner_id'])
    .where('ticket.id', '=', id)
    .executeTakeFirst();
type Ticket = NonNullable<Awaited<ReturnType<typeof ticketOf>>>;

type Said = Pick<
  Insertable<DB['voc_record']>,
  'id' | 'product_id' | 'partner_id' | 'code' | 'attribute' | 'department' | 'result' | 'urgent' | 'repeat' | 'memo'
>;

async function save(ctx: CommandContext, ticket: Ticket, said: Said): Promise<void> {
  const { id, mall, centre, channel, customer_id, order_id } = ticket;
  await ctx.scoped
    .insertInto('voc_record')
    .values({
      ...said,
      ...{ ticket_id: id, mall, centre, channel, customer_id, order_id },
      recorded_by: ctx.actor.kind === 'system' ? null : ctx.actor.id,
      recorded_at: ctx.now,
    })
    .execute();
}

const productOf = (ctx: CommandContext, id: string) =>
  ctx.scoped
    .selectFrom('product')
    .select(['product.id', 'product.partner_id'])
    .where('product.id', '=', id)
    .executeTakeFirst();

async function saidBefore(
  ctx: CommandContext,
  ticket: { id: string; customer_id: string },
  code: string,
): Promise<boolean> {
  const before = await ctx.scoped
    .selectFrom('voc_record')
    .select('voc_record.id')
    .where('voc_record.customer_id', '=', ticket.customer_id)
    .where('voc_record.ticket_id', '<>', ticket.id)
    .where('voc_record.code', '=', code)
    .where('voc_record.recorded_at', '>', sql<Date>`${ctx.now}::timestamptz - make_interval(days => ${REPEAT_DAYS})`)
    .limit(1)
    .executeTakeFirst();
  return before !== undefined;
}
