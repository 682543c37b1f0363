import { sql } from 'kysely';
import { type CommandContext, handle } from '#platform/context.ts';
import { runsByName } from '#platform/file-kind.ts';
import { hangOn } from '#platform/files.ts';
import { type Input, type Output, Refusal, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { tickets } from '#tickets/contract.ts';
import { channels } from '../contract.ts';
import { ticketOfId } from '../rules/mail-thread.ts';
import { answerFirst } from './answer-first.ts';
import { deliveriesAbout, recordBounce } from './record-bounce.ts';
import { tellTicket } from './tell-ticket.ts';
import { threadMail } from './thread-mail.ts';

export type Accepted = Input<typeof channels.operations.acceptMail>;
type Kind = 'message' | 'bounce' | 'own';
type Filed = { kind: Kind; ticket?: string; message?: string; threadedBy?: string };

/**
 * Files a mail exactly once: on the ticket that it belongs to or a new one, as a notice about a mail of ours, or as
 * our own that came back. Where the source was read up to is kept in the same transaction.
 */
export const acceptMail = (secret: string) =>
  handle(channels.operations.acceptMail, async (ctx, input) => {
    const { source, key, mail, cursor } = input;
    await keepCursor(ctx, source, cursor);
    const known = await ctx.scoped
      .selectFrom('channel_mail')
      .select('channel_mail.ticket_id as ticket')
      .where('source', '=', source)
      .where('key', '=', key)
      .executeTakeFirst();
    if (known) return { outcome: 'known' as const, ticket: known.ticket };
    const hashes = [mail.raw, mail.html, ...mail.files.map(({ file }) => file)].filter((it) => it !== null);
    if (!(await hangOn(ctx.db, hashes))) return refuse('files_gone', {});
    if (mail.mailId && ticketOfId(secret, mail.mailId) !== null) return aside(ctx, input, 'own');
    const about = mail.bounce ? await deliveriesAbout(ctx, mail.bounce) : [];
    if (mail.bounce && (about.length > 0 || !mail.bounce.guessed)) {
      await recordBounce(ctx, mail.bounce, about);
      return aside(ctx, input, 'bounce');
    }
    return file(ctx, secret, input);
  });

export async function keepCursor(ctx: CommandContext, source: string, cursor: Accepted['cursor']): Promise<void> {
  await ctx.db
    .updateTable('channel_source')
    .set({ cursor: JSON.stringify(cursor), last_event_at: ctx.now, updated_at: ctx.now })
    .where('id', '=', source)
    .execute();
}

type Outcome = Output<typeof channels.operations.acceptMail>;

async function aside(ctx: CommandContext, input: Accepted, kind: 'bounce' | 'own'): Promise<Outcome> {
  await keepMail(ctx, input, { kind });
  return { outcome: kind, ticket: null };
}

/** The mail on its ticket, with its files; a new matter may get an automatic first answer. */
async function file(ctx: CommandContext, secret: string, input: Accepted) {
  const { mail } = input;
  const threaded = await threadMail(ctx, secret, mail);
  const email =
    mail.sender && /^[\w.+%-]+@[\w-]+(\.[\w-]+)+$/.test(mail.sender) ? mail.sender.slice(0, 200) : undefined;
  const name = (mail.senderName || mail.sender?.split('@')[0] || '이름 없는 발신자').slice(0, 60).trim();
  const received = await ctx.call(tickets.operations.receive, {
    ...{ source: input.source, key: input.key.slice(0, 500), channel: 'email', mall: input.mall },
    ...(threaded ? { ticket: threaded.ticket } : {}),
    customer: { name, ...(email ? { email } : {}) },
    subject: mail.subject.slice(0, 200).trim() || '(제목 없음)',
    text: mail.text.trim() || (mail.files.length > 0 ? '(본문 없이 파일만 보냄)' : '(본문 없음)'),
    at: mail.sentAt ?? ctx.now.toISOString(),
  });
  if (received instanceof Refusal) {
    if (received.code === 'mall_unknown') return refuse('mall_unknown', {});
    throw new Error(`the mail was not received: ${received.code}`);
  }
  const { ticket, message, outcome } = received;
  const filed = { kind: 'message' as const, ticket, message, ...(threaded ? { threadedBy: threaded.by } : {}) };
  await keepMail(ctx, input, filed);
  await keepFiles(ctx, input, ticket, message);
  await tellTicket(ctx, 'mail_filed', ticket, { message, threadedBy: threaded?.by ?? null });
  const created = outcome === 'created' || outcome === 'followed_up';
  if (outcome === 'created') await answerFirst(ctx, secret, input, { ticket, number: received.number });
  return { outcome: created ? ('created' as const) : ('added' as const), ticket };
}

async function keepMail(ctx: CommandContext, { source, key, mail }: Accepted, filed: Filed): Promise<void> {
  await ctx.scoped
    .insertInto('channel_mail')
    .values({
      ...{ id: newId(), source, key, kind: filed.kind },
      ...{ ticket_id: filed.ticket ?? null, message_id: filed.message ?? null, threaded_by: filed.threadedBy ?? null },
      ...{
        mail_id: mail.mailId,
        chain: [...new Set([...mail.references, ...mail.inReplyTo])],
        sender: mail.sender,
        sender_name: mail.senderName,
      },
      ...{ reply_to: mail.replyTo, receivers: JSON.stringify(mail.receivers.slice(0, 100)), quoted: mail.quotedText },
      ...{ html: mail.html, remote_images: mail.remoteImages, raw: mail.raw, raw_bytes: mail.rawBytes },
      ...{ machine: mail.machine, problems: mail.problems, received_at: ctx.now },
    })
    .execute();
  if (filed.ticket && mail.mailId) {
    await ctx.db
      .insertInto('channel_mail_id')
      .values({ mail_id: mail.mailId, ticket_id: filed.ticket })
      .onConflict((at) => at.doNothing())
      .execute();
  }
}

async function keepFiles(ctx: CommandContext, { mail }: Accepted, ticket: string, message: string): Promise<void> {
  if (mail.files.length === 0) return;
  const rows = mail.files.map(({ file: sha256, name, cid, inline }, position) => ({
    ...{ id: newId(), ticket_id: ticket, message_id: message, sha256, name, position, cid, inline },
    risk: runsByName(name) ? 'program' : sql<string | null>`(select risk from file_blob where sha256 = ${sha256})`,
    created_at: ctx.now,
  }));
  await ctx.scoped.insertInto('channel_file').values(rows).execute();
}
