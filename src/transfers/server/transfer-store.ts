import type { CommandContext, QueryContext } from '#platform/context.ts';
import type { Actor } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { isReceiver, type State } from '../rules/transfer.ts';

export type LockedTransfer = NonNullable<Awaited<ReturnType<typeof lockTransfer>>>;

/** The transfer, within scope, locked until the command ends. */
export function lockTransfer(ctx: CommandContext, id: string) {
  return ctx.scoped
    .selectFrom('transfer')
    .selectAll('transfer')
    .where('transfer.id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

type Place = Pick<LockedTransfer, 'mall' | 'centres' | 'partner_id'>;

/** Tells one event to each centre that sees the transfer, and to its partner. */
export function recordTo(
  ctx: CommandContext,
  event: string,
  id: string,
  row: Place,
  { data, ...change }: { before?: object; after?: object; data?: Record<string, unknown> } = {},
): void {
  const places = row.centres.map((centre) => ({ mall: row.mall, centre, partner: row.partner_id }));
  for (const [i, scope] of places.entries())
    ctx.record(event, id, { ...(i === 0 ? change : {}), scope, ...(data ? { data } : {}) });
}

/** Whether the caller is on the receiving side. Haedap itself never is. */
export const receivesIt = (actor: Actor, row: Receiving): boolean =>
  actor.kind !== 'system' &&
  isReceiver(actor, {
    receiver: row.receiver,
    mall: row.mall,
    toCentre: row.to_centre,
    toRole: row.to_role,
    partner: row.partner_id,
    person: row.to_person,
  });
type Receiving = Pick<LockedTransfer, 'receiver' | 'mall' | 'to_centre' | 'to_role' | 'to_person' | 'partner_id'>;

/** Whether the caller stands where the case came from: who sent it, or the desk of its centre. */
export const sentIt = (actor: Actor, row: Pick<LockedTransfer, 'sent_by' | 'from_centre' | 'mall'>): boolean =>
  actor.id === row.sent_by ||
  actor.grants.some(
    ({ role, centres, malls }) =>
      ['shift_lead', 'manager', 'head'].includes(role) &&
      (centres === null || centres.includes(row.from_centre)) &&
      (malls === null || malls.includes(row.mall)),
  );

type Change = Partial<Omit<LockedTransfer, 'id' | 'ticket_id' | 'version'>> & { state?: State };

/** Saves a change as the transfer's next version; answers what the commands answer. */
export async function saveTransfer(ctx: CommandContext, row: LockedTransfer, change: Change) {
  const version = row.version + 1;
  await ctx.scoped
    .updateTable('transfer')
    .set({ ...change, version, updated_at: ctx.now })
    .where('transfer.id', '=', row.id)
    .execute();
  return { version, state: change.state ?? (row.state as State) };
}

type Entry = { kind: string; side: 'sender' | 'receiver' | 'system'; text?: string | undefined };

/** Adds to the thread what was said or what happened. */
export async function addEntry(ctx: CommandContext, transferId: string, { kind, side, text }: Entry): Promise<string> {
  const id = newId();
  const author = side === 'system' ? null : ctx.actor;
  await ctx.scoped
    .insertInto('transfer_message')
    .values({
      ...{ transfer_id: transferId, id, kind, side, body: text ?? null, created_at: ctx.now },
      ...{ author_id: author?.id ?? null, author_name: author?.name ?? null },
    })
    .execute();
  return id;
}

/** The thread, oldest first. */
export const threadOf = ({ scoped }: Pick<QueryContext, 'scoped'>, id: string) =>
  scoped
    .selectFrom('transfer_message')
    .selectAll('transfer_message')
    .where('transfer_message.transfer_id', '=', id)
    .orderBy('transfer_message.created_at')
    .orderBy('transfer_message.id')
    .limit(200)
    .execute();
