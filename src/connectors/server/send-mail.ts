import { channels } from '#channels/contract.ts';
import {
  answerAddress,
  channelOn,
  dueDeliveries,
  filesToSend,
  mailToSend,
  overlookedReplies,
} from '#channels/server/read.ts';
import type { JobContext, JobHandler } from '#platform/context.ts';
import { wholeFile } from '#platform/files.ts';
import { composeMail } from '../mail/compose-mail.ts';
import type { Mailbox, MailSettings } from '../mail/mailboxes.ts';
import { sendMail as handOver } from '../mail/smtp-client.ts';
import type { Failure } from '../port.ts';
import { sendAgainAt } from '../rules/mail-waits.ts';

const { claimDelivery, settleDelivery, queueReply } = channels.operations;
type Mail = NonNullable<Awaited<ReturnType<typeof mailToSend>>>;
/** Our side is not well: the mail waits, and whoever mends it need not tell Haedap. */
const OURS_MS = 60_000;
const MOST_AT_ONCE = 100;

/** Sends one delivery, if nobody else does. */
export const sendMail =
  (settings: MailSettings | null, secret: string): JobHandler =>
  async (ctx, payload) => {
    if (settings) await send(ctx, settings, secret, String(payload.delivery));
  };

/** Each minute: deliveries that are due again or whose job was lost, and replies that were overlooked. */
export const sendWaiting =
  (settings: MailSettings | null, secret: string): JobHandler =>
  async (ctx) => {
    if (!settings || settings.mailboxes.length === 0) return;
    for (const { ticket, message } of await overlookedReplies(ctx)) await ctx.run(queueReply, { ticket, message });
    for (const delivery of await dueDeliveries(ctx, MOST_AT_ONCE)) await send(ctx, settings, secret, delivery);
  };

async function send(ctx: JobContext, settings: MailSettings, secret: string, delivery: string): Promise<void> {
  if (!(await channelOn(ctx.db, 'email'))) return;
  const claim = await ctx.run(claimDelivery, { delivery });
  if (!('claimed' in claim) || !claim.claimed) return;
  const mail = await mailToSend(ctx, delivery);
  const mailbox = mail && settings.mailboxes.find(({ id }) => id === mail.source);
  const outcome = mailbox
    ? await handOver(mailbox, settings.inside, await composed(ctx, mail, mailbox, secret))
    : ({ ok: false, kind: 'auth', code: 'no_mailbox', message: '' } satisfies Failure);
  if (outcome.ok) {
    await ctx.run(settleDelivery, { delivery, outcome: 'sent', why: null, detail: null, nextAt: null });
    return;
  }
  const nextAt = mail ? againAt(mail, outcome) : null;
  await ctx.run(settleDelivery, {
    ...{ delivery, outcome: nextAt ? 'later' : 'failed', detail: outcome.message.slice(0, 300) || null },
    why: nextAt || outcome.kind === 'permanent' ? outcome.code : 'gave_up',
    nextAt: nextAt?.toISOString() ?? null,
  });
}

/** When it is tried again; null: never. What is wrong on our side (password, mailbox) is no reason to give up. */
function againAt({ attempts, createdAt }: Mail, { kind }: Failure): Date | null {
  const now = new Date();
  if (kind === 'permanent') return null;
  if (kind === 'auth') return new Date(now.getTime() + OURS_MS);
  return sendAgainAt(now, attempts + 1, createdAt, Math.random());
}

async function composed(ctx: JobContext, mail: Mail, mailbox: Mailbox, secret: string) {
  const files = mail.message_id ? await filesToSend(ctx, mail.ticket_id, mail.message_id) : [];
  const withBytes = [];
  for (const { name, mime, sha256 } of files) withBytes.push({ name, mime, bytes: await wholeFile(ctx.db, sha256) });
  return composeMail({
    from: { name: mailbox.name, address: mailbox.address },
    to: mail.recipient,
    replyTo: mailbox.plus ? answerAddress(secret, mailbox.address, mail.number) : null,
    ...{ subject: mail.subject, ticket: mail.number, messageId: mail.mailId, text: mail.text },
    ...{ inReplyTo: mail.answers, references: mail.chain, files: withBytes, automatic: mail.automatic },
  });
}
