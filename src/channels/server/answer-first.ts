import { sql } from 'kysely';
import type { CommandContext } from '#platform/context.ts';
import { newId } from '#platform/values.ts';
import { firstResponse } from '../rules/first-response.ts';
import { ourMessageId } from '../rules/mail-thread.ts';
import type { Accepted } from './accept-mail.ts';
import { settingOf } from './setting-store.ts';

/** The connector's job that sends one delivery, by its name: connectors is a later room. */
export const SEND_MAIL = 'connectors.sendMail';

/** A new matter of a person gets the channel's first answer, once, and not more than three a day. */
export async function answerFirst(
  ctx: CommandContext,
  secret: string,
  { source, mail }: Accepted,
  { ticket, number }: { ticket: string; number: number },
): Promise<void> {
  const recipient = mail.replyTo ?? mail.sender;
  const { firstResponse: rule, hours } = await settingOf(ctx.db, 'email');
  if (!recipient || !rule.on) return;
  const { lately, ours } = await ctx.db
    .selectNoFrom([
      sql<number>`(select count(*)::int from channel_delivery where automatic and recipient = ${recipient}
        and created_at > ${ctx.now}::timestamptz - interval '24 hours')`.as('lately'),
      sql<boolean>`exists (select 1 from channel_source where address in (${recipient}, ${mail.sender}))`.as('ours'),
    ])
    .executeTakeFirstOrThrow();
  const asking = { created: true, machine: mail.machine, ours, sentLately: lately };
  const text = firstResponse(rule, hours, ctx.now, asking);
  if (text === null) return;
  const id = newId();
  await ctx.scoped
    .insertInto('channel_delivery')
    .values({
      ...{ id, ticket_id: ticket, message_id: null, source, recipient, state: 'queued', automatic: true, text },
      mail_id: ourMessageId(secret, number, id, domainOf(source)),
      ...{ next_at: ctx.now, created_at: ctx.now },
    })
    .execute();
  await ctx.job(SEND_MAIL, { delivery: id }, { key: `mail ${id}` });
}

/** 'email:help@shop.example' → 'shop.example'. */
export const domainOf = (source: string): string => source.slice(source.lastIndexOf('@') + 1);
