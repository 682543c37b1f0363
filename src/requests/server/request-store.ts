import { type Contact, contactsOf } from '#catalogue/server/read.ts';
import type { CommandContext, QueryContext } from '#platform/context.ts';
import type { Actor } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { termsOf } from '../rules/due.ts';
import { type Answer, KIND_TABLE, type Kind } from '../rules/kinds.ts';

export type Side = 'agent' | 'partner' | 'md' | 'logistics' | 'system';
export type LockedRequest = NonNullable<Awaited<ReturnType<typeof lockRequest>>>;
type Standing = 'open' | 'answered' | 'withdrawn';

/** The request, within scope, locked until the command ends. */
export function lockRequest(ctx: CommandContext, id: string) {
  return ctx.scoped
    .selectFrom('partner_request')
    .selectAll('partner_request')
    .where('partner_request.id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** For which side somebody speaks. Who works at the desk too speaks for the desk. */
export function sideOf(actor: Actor): Side {
  if (actor.kind === 'system') return 'system';
  const roles = actor.grants.map(({ role }) => role as string);
  const other = ['md', 'logistics', 'partner'].filter((role) => roles.includes(role));
  return roles.every((role) => other.includes(role)) ? ((other[0] as Side | undefined) ?? 'agent') : 'agent';
}

/** Which screens hear of the request. */
export const scopeOf = (row: { mall: string; centre: string; partner_id: string | null }) => ({
  mall: row.mall,
  centre: row.centre,
  partner: row.partner_id,
});

type Change = Partial<
  Omit<LockedRequest, 'id' | 'number' | 'mall' | 'centre' | 'version' | 'question' | 'answer' | 'updated_at'>
> & { answer?: Answer | null };

/** Saves a change as the request's next version; answers what the commands answer. */
export async function saveRequest(ctx: CommandContext, row: LockedRequest, change: Change) {
  const { answer, ...columns } = change;
  const version = row.version + 1;
  await ctx.scoped
    .updateTable('partner_request')
    .set({
      ...columns,
      ...(answer === undefined ? {} : { answer: answer && JSON.stringify(answer) }),
      version,
      updated_at: ctx.now,
    })
    .where('partner_request.id', '=', row.id)
    .execute();
  return { version, state: (change.state ?? row.state) as Standing };
}

type Entry = {
  kind: string;
  text?: string | null | undefined;
  answer?: Answer;
  dueAt?: Date;
  to?: string;
  side?: Side;
};

/** Adds to the thread what was said or what happened; by whom, unless Haedap did it. */
export async function addToThread(ctx: CommandContext, requestId: string, entry: Entry): Promise<string> {
  const id = newId();
  const side = entry.side ?? sideOf(ctx.actor);
  const { answer, dueAt, to } = entry;
  await ctx.scoped
    .insertInto('partner_request_message')
    .values({
      request_id: requestId,
      id,
      kind: entry.kind,
      side,
      author_id: side === 'system' ? null : ctx.actor.id,
      author_name: side === 'system' ? null : ctx.actor.name,
      body: entry.text ?? null,
      facts: JSON.stringify({ answer, dueAt: dueAt?.toISOString(), to }),
      created_at: ctx.now,
    })
    .execute();
  return id;
}

/** When a request of this kind to this contact is due, and when the contact is reminded. */
export function termsFor(now: Date, kind: string, contact: Pick<Contact, 'businessHours'> | undefined) {
  const hours = contact?.businessHours ?? { open: '09:00', close: '18:00' };
  const { remindAt, dueAt } = termsOf(now.getTime(), KIND_TABLE[kind as Kind].hours, hours);
  return { remind_at: new Date(remindAt), due_at: new Date(dueAt) };
}

/** To whom a request goes, and who therefore sees it: its partner only while the partner is asked. */
export const addressed = (contact: Contact, now: Date) => ({
  addressee: contact.kind,
  addressee_email: contact.kind === 'partner' ? null : contact.email,
  addressee_name: contact.company ?? contact.name,
  partner_id: contact.partnerId,
  partner_since: contact.partnerId ? now : null,
});

/** A fresh start of the clock for whoever is asked now. */
export async function askedAnew(ctx: CommandContext, row: LockedRequest) {
  const contact = await contactFor(ctx, row.product_id, row.addressee);
  return {
    ...termsFor(ctx.now, row.kind, contact),
    asked_at: ctx.now,
    times_asked: row.times_asked + 1,
    reminded_at: null,
    overdue_at: null,
  };
}

export async function contactFor(
  ctx: Pick<QueryContext, 'db' | 'scoped'>,
  productId: string,
  kind: string,
): Promise<Contact | undefined> {
  return (await contactsOf(ctx, productId))?.contacts.find((contact) => contact.kind === kind);
}
