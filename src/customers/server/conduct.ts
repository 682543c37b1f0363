import { type CommandContext, handle } from '#platform/context.ts';
import { notFound, type Output, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { customers } from '../contract.ts';
import { type ConductKind, type ConductStep, mayAskBlock, mayTell, nextStep } from '../rules/conduct.ts';
import { blockOf, conductOf, mallsOf } from './conduct-store.ts';
import { rootOf } from './customer-group.ts';

type Told = Output<typeof customers.operations.conduct>['steps'][number];

/** How far it has gone with a customer, with the evidence. */
export const getConduct = handle(customers.operations.conduct, async (ctx, { id }) => {
  const found = await conductOf(ctx, id);
  if (!found) return notFound();
  const { level, steps, told, block } = found;
  return {
    level,
    steps: steps.map((row) => ({
      ...{ id: row.id, kind: row.kind as Told['kind'], step: row.step as Told['step'], said: row.said },
      ...{ ticket: row.ticket_id, by: row.by_name, at: row.at },
      revoked: row.revoked_at
        ? { by: row.revoked_by_name ?? '', at: row.revoked_at, why: row.revoked_why ?? '' }
        : null,
    })),
    block: block && blockOf(block),
    mayAskBlock: mayAskBlock(level, told) && block?.state !== 'asked',
  };
});

/** A caution or warning that was told to the customer, with what they had said. */
export const tellStep = handle(customers.operations.tellStep, async (ctx, { id, kind, step, said, ticket }) => {
  const found = await lockedConduct(ctx, id);
  if (!found) return notFound();
  const { root, level } = found;
  if (!mayTell(level, kind, step)) return refuse('step_out_of_order', { level, next: nextStep(level, kind) });
  if (!(await seesTicket(ctx, ticket))) return notFound();
  return { step: await keep(ctx, root, { kind, step, said, ticket }) };
});

/**
 * A contact that was ended to protect whoever had it (산업안전보건법 제41조: 업무의 일시적 중단). Nobody is asked first,
 * and the level does not matter.
 */
export const stopContact = handle(customers.operations.stopContact, async (ctx, { id, ...rest }) => {
  const root = await rootOf(ctx, id);
  if (root === null || !(await seesTicket(ctx, rest.ticket))) return notFound();
  return { step: await keep(ctx, root, { ...rest, step: 'stop' }) };
});

export const revokeStep = handle(customers.operations.revokeStep, async (ctx, { step, why }) => {
  const row = await ctx.scoped
    .selectFrom('conduct_step')
    .select(['conduct_step.customer_id', 'conduct_step.step', 'revoked_at'])
    .where('conduct_step.id', '=', step)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return notFound();
  if (row.revoked_at) return refuse('already_decided', {});
  await ctx.scoped
    .updateTable('conduct_step')
    .set({ revoked_at: ctx.now, revoked_by_name: ctx.actor.name, revoked_why: why })
    .where('conduct_step.id', '=', step)
    .execute();
  const found = await conductOf(ctx, row.customer_id);
  ctx.record('customers.step_revoked', row.customer_id, {
    ...{ before: { step: row.step }, after: { why }, scope: { malls: await mallsOf(ctx, row.customer_id) } },
  });
  return { level: found?.level ?? 'none' };
});

/** Two agents who warn at once follow each other. */
export async function lockedConduct(ctx: CommandContext, id: string) {
  const root = await rootOf(ctx, id);
  if (root === null) return null;
  await ctx.scoped
    .selectFrom('customer')
    .select('customer.id')
    .where('customer.id', '=', root)
    .forUpdate()
    .executeTakeFirst();
  return conductOf(ctx, root);
}

/** Tickets come later in the order of rooms: its table, not its code. */
async function seesTicket(ctx: CommandContext, ticket: string | undefined): Promise<boolean> {
  if (ticket === undefined) return true;
  const row = await ctx.scoped
    .selectFrom('ticket')
    .select('ticket.id')
    .where('ticket.id', '=', ticket)
    .executeTakeFirst();
  return row !== undefined;
}

type New = { kind: ConductKind; step: ConductStep | 'stop'; said: string; ticket?: string | undefined };

async function keep(ctx: CommandContext, customer: string, { kind, step, said, ticket }: New): Promise<string> {
  const id = newId();
  await ctx.scoped
    .insertInto('conduct_step')
    .values({
      ...{ id, customer_id: customer, ticket_id: ticket ?? null, kind, step, said, at: ctx.now },
      ...{ by_id: ctx.actor.kind === 'system' ? null : ctx.actor.id, by_name: ctx.actor.name },
    })
    .execute();
  ctx.record(step === 'stop' ? 'customers.contact_stopped' : 'customers.warned', customer, {
    ...{ after: { kind, step, message: said, ticket }, scope: { malls: await mallsOf(ctx, customer) } },
    data: { step, ticket },
  });
  return id;
}
