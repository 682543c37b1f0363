import { sql } from 'kysely';
import type { CommandContext } from '#platform/context.ts';
import type { ReceivedMail } from '../contract/connect.ts';
import { type ThreadKeys, threadKeys, threadOf } from '../rules/mail-thread.ts';

type Ticket = { id: string; customer_id: string; merged_into: string | null };
/** Merged tickets lead on; a circle ends here. */
const MOST_STEPS = 10;

/** The ticket that a mail belongs to, as its marks and what is stored say. */
export async function threadMail(
  ctx: CommandContext,
  secret: string,
  mail: ReceivedMail,
): Promise<{ ticket: string; by: string } | null> {
  const keys = threadKeys(secret, mail);
  const [byNumber, byId] = [await ticketsNumbered(ctx, keys), await ticketsOfIds(ctx, keys)];
  const overtaken = await answeredOn(ctx, mail);
  const asked = [...(keys.subject.length > 0 ? byNumber.values() : []), ...(overtaken ? [overtaken] : [])];
  const parts = await takesPart(ctx, mail, asked);
  const found = threadOf<string>(keys, {
    byNumber: (number) => byNumber.get(number)?.id ?? null,
    byMessageId: (id) => byId.get(id) ?? null,
    answeredOn: overtaken?.id ?? null,
    takesPart: (id) => parts.has(id),
  });
  return found && { ticket: await mergedInto(ctx, found.ticket), by: found.by };
}

async function ticketsNumbered(ctx: CommandContext, { ours, subject }: ThreadKeys): Promise<Map<number, Ticket>> {
  const numbers = [...ours, ...subject].filter((it) => it < 2_000_000_000);
  if (numbers.length === 0) return new Map();
  const rows = await ctx.scoped
    .selectFrom('ticket')
    .select(['ticket.id', 'number', 'customer_id', 'merged_into'])
    .where('number', 'in', numbers)
    .execute();
  return new Map(rows.map((row) => [row.number, row]));
}

async function ticketsOfIds(ctx: CommandContext, { ids }: ThreadKeys): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('channel_mail_id').selectAll().where('mail_id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.mail_id, row.ticket_id]));
}

/** The ticket of a mail that answers this one and came before it. */
async function answeredOn(ctx: CommandContext, { mailId }: ReceivedMail): Promise<Ticket | null> {
  if (!mailId) return null;
  const row = await ctx.scoped
    .selectFrom('channel_mail')
    .innerJoin('ticket', 'ticket.id', 'channel_mail.ticket_id')
    .select(['ticket.id', 'customer_id', 'merged_into'])
    .where(sql<boolean>`channel_mail.chain @> array[${mailId}]::text[]`)
    .orderBy('received_at')
    .executeTakeFirst();
  return row ?? null;
}

/** Tickets on which the sender wrote before, or whose customer it is. */
async function takesPart(ctx: CommandContext, { sender }: ReceivedMail, all: Ticket[]): Promise<Set<string>> {
  if (!sender || all.length === 0) return new Set();
  const wrote = await ctx.scoped
    .selectFrom('channel_mail')
    .select('channel_mail.ticket_id as ticket')
    .where(
      'channel_mail.ticket_id',
      'in',
      all.map(({ id }) => id),
    )
    .where('channel_mail.sender', '=', sender)
    .execute();
  const customers = await ctx.scoped
    .selectFrom('customer')
    .select('customer.id')
    .where(
      'customer.id',
      'in',
      all.map((it) => it.customer_id),
    )
    .where('customer.email', '=', sender)
    .execute();
  const theirs = all.filter((it) => customers.some(({ id }) => id === it.customer_id));
  return new Set([...wrote.flatMap(({ ticket }) => ticket ?? []), ...theirs.map(({ id }) => id)]);
}

async function mergedInto(ctx: CommandContext, id: string): Promise<string> {
  let at = id;
  for (let step = 0; step < MOST_STEPS; step++) {
    const row = await ctx.scoped
      .selectFrom('ticket')
      .select('merged_into')
      .where('ticket.id', '=', at)
      .executeTakeFirst();
    if (!row?.merged_into) break;
    at = row.merged_into;
  }
  return at;
}
