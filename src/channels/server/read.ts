import { type Kysely, sql } from 'kysely';
import type { QueryContext } from '#platform/context.ts';
import type { Open } from '#platform/scope.ts';
import { plusAddress } from '../rules/mail-thread.ts';
import { settingOf } from './setting-store.ts';

type Db = Kysely<Open>;

/** Up to where a source was read, and when somebody last asked to connect it at once. */
export async function sourceNow(db: Db, id: string) {
  const row = await db
    .selectFrom('channel_source')
    .select(['cursor', 'retry_asked_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  return { cursor: row?.cursor ?? null, retryAskedAt: row?.retry_asked_at ?? null };
}

/** Whether a channel is turned on. */
export const channelOn = async (db: Db, channel: string): Promise<boolean> => (await settingOf(db, channel)).enabled;

/** Ids of the sources of a channel, those too that were taken out of the settings. */
export async function sourceIds(db: Db, channel: string): Promise<string[]> {
  const rows = await db.selectFrom('channel_source').select('id').where('channel', '=', channel).execute();
  return rows.map(({ id }) => id);
}

/** A delivery that was claimed, with all that its mail is made of; null when there is none. */
export async function mailToSend({ scoped }: Pick<QueryContext, 'scoped'>, delivery: string) {
  const it = await scoped
    .selectFrom('channel_delivery')
    .innerJoin('ticket', 'ticket.id', 'channel_delivery.ticket_id')
    .leftJoin('ticket_message', (on) =>
      on
        .onRef('ticket_message.id', '=', 'channel_delivery.message_id')
        .onRef('ticket_message.ticket_id', '=', 'channel_delivery.ticket_id'),
    )
    .select(['channel_delivery.ticket_id', 'source', 'recipient', 'mail_id as mailId', 'automatic', 'message_id'])
    .select(['ticket.number', 'ticket.subject', 'attempts', 'channel_delivery.created_at as createdAt'])
    .select(sql<string>`coalesce(channel_delivery.text, ticket_message.body, '')`.as('text'))
    .where('channel_delivery.id', '=', delivery)
    .where('channel_delivery.state', '=', 'sending')
    .executeTakeFirst();
  if (!it) return null;
  const last = await scoped
    .selectFrom('channel_mail')
    .select(['mail_id as mailId', 'chain'])
    .where('channel_mail.ticket_id', '=', it.ticket_id)
    .where('channel_mail.kind', '=', 'message')
    .where('mail_id', 'is not', null)
    .orderBy('received_at', 'desc')
    .executeTakeFirst();
  return { ...it, answers: last?.mailId ?? null, chain: last?.chain ?? [] };
}

/** Files that go out with a reply. */
export async function filesToSend({ scoped }: Pick<QueryContext, 'scoped'>, ticket: string, message: string) {
  return await scoped
    .selectFrom('channel_file')
    .innerJoin('file_blob', 'file_blob.sha256', 'channel_file.sha256')
    .select(['channel_file.name', 'file_blob.sha256', 'file_blob.mime'])
    .where('channel_file.ticket_id', '=', ticket)
    .where('message_id', '=', message)
    .orderBy('position')
    .execute();
}

/** Deliveries that are due and that nobody sends: their job was lost, or they waited for another try. */
export async function dueDeliveries(
  { scoped, now }: Pick<QueryContext, 'scoped' | 'now'>,
  limit: number,
): Promise<string[]> {
  const rows = await scoped
    .selectFrom('channel_delivery')
    .select('channel_delivery.id')
    .where('next_at', '<=', now)
    .where((eb) =>
      eb.or([
        eb('state', '=', 'queued'),
        eb.and([eb('state', '=', 'sending'), eb('claimed_at', '<', new Date(now.getTime() - 300_000))]),
      ]),
    )
    .orderBy('next_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Replies by mail of the last day that have no delivery: they were written while there was no mailbox. */
export async function overlookedReplies({ scoped, now }: Pick<QueryContext, 'scoped' | 'now'>) {
  return await scoped
    .selectFrom('ticket_message')
    .select(['ticket_message.ticket_id as ticket', 'ticket_message.id as message'])
    .where('ticket_message.delivery', '=', 'queued')
    .where('ticket_message.channel', '=', 'email')
    .where('ticket_message.created_at', '>', new Date(now.getTime() - 86_400_000))
    .where('ticket_message.created_at', '<', new Date(now.getTime() - 60_000))
    .where(sql<boolean>`not exists (select 1 from channel_delivery d where d.message_id = ticket_message.id)`)
    .limit(200)
    .execute();
}

/** Where answers to a mail on a ticket go, when the mailbox takes plus-addresses. */
export const answerAddress = (secret: string, address: string, ticket: number): string =>
  plusAddress(secret, address, ticket);
