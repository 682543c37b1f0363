import { centreHours } from '#accounts/server/read.ts';
import type { CommandContext } from '#platform/context.ts';
import { newId } from '#platform/values.ts';
import type { CallBack, Outcome, Window } from '../rules/call-back.ts';

export type LockedCallBack = NonNullable<Awaited<ReturnType<typeof lockCallBack>>>;

/** The call-back, within scope, locked until the command ends: two agents who claim it follow each other. */
export function lockCallBack(ctx: CommandContext, id: string) {
  return ctx.scoped
    .selectFrom('call_back')
    .selectAll('call_back')
    .where('call_back.id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** A row as the rules see it. */
export const asCallBack = (row: LockedCallBack): CallBack => ({
  state: row.state as CallBack['state'],
  missed: row.attempts,
  claimedBy: row.claimed_by,
});

export const windowOf = (row: Pick<LockedCallBack, 'wanted_from' | 'wanted_until'>): Window => ({
  from: row.wanted_from?.getTime() ?? null,
  until: row.wanted_until?.getTime() ?? null,
});

/** Saves what the rules made of it. */
export async function saveCallBack(
  ctx: CommandContext,
  row: LockedCallBack,
  next: CallBack,
  more: { due_at?: Date; reason?: string } = {},
): Promise<void> {
  const claimed = next.claimedBy !== row.claimed_by;
  await ctx.scoped
    .updateTable('call_back')
    .set({
      state: next.state,
      attempts: next.missed,
      ended_at: next.state === 'open' ? null : ctx.now,
      ...(claimed
        ? {
            claimed_by: next.claimedBy,
            claimed_by_name: next.claimedBy === null ? null : ctx.actor.name,
            claimed_at: next.claimedBy === null ? null : ctx.now,
          }
        : {}),
      ...more,
      ...(more.due_at ? { due_told_at: null } : {}),
      updated_at: ctx.now,
    })
    .where('call_back.id', '=', row.id)
    .execute();
}

type Of = { mall: string; centre: string } & ({ call_back_id: string } | { promise_id: string });

/** Keeps that a call was made. */
export async function addAttempt(
  ctx: CommandContext,
  of: Of,
  outcome: Outcome,
  note: string | undefined,
): Promise<void> {
  await ctx.scoped
    .insertInto('call_attempt')
    .values({
      id: newId(),
      ...of,
      outcome,
      note: note ?? null,
      by_id: ctx.actor.id,
      by_name: ctx.actor.name,
      at: ctx.now,
    })
    .execute();
}

export const hoursAt = (ctx: Pick<CommandContext, 'db'>, centre: string) => centreHours(ctx.db, centre);
