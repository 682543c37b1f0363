import { handle, type QueryContext } from '#platform/context.ts';
import { notFound, type Output } from '#platform/operation.ts';
import { channels } from '../contract.ts';

type Answer = Output<typeof channels.operations.ofTicket>;
type OfMessage = Answer['messages'][number];
type File = Answer['waiting'][number];
type State = Answer['automatic'][number]['state'];

/** What the messages of a ticket carry besides their text: files, quotes, HTML, how ours went out. */
export const mailsOfTicket = handle(channels.operations.ofTicket, async (ctx, { ticket }) => {
  const family = await ctx.scoped
    .selectFrom('ticket')
    .select('id')
    .where((eb) => eb.or([eb('ticket.id', '=', ticket), eb('merged_into', '=', ticket)]))
    .execute();
  if (!family.some(({ id }) => id === ticket)) return notFound();
  const tickets = family.map(({ id }) => id);
  const files = await filesOf(ctx, tickets);
  const deliveries = await deliveriesOf(ctx, tickets);
  const messages = new Map<string, OfMessage>();
  const of = (message: string): OfMessage => {
    const known = messages.get(message) ?? { message, mail: null, files: [], deliveries: [] };
    messages.set(message, known);
    return known;
  };
  for (const [message, mail] of await mailsOf(ctx, tickets)) of(message).mail = mail;
  for (const { message, file } of files) if (message) of(message).files.push(file);
  for (const { message, delivery } of deliveries) if (message) of(message).deliveries.push(delivery);
  return {
    messages: [...messages.values()],
    waiting: files.filter((it) => !it.message && it.addedBy === ctx.actor.id).map(({ file }) => file),
    automatic: deliveries.filter(({ message }) => !message).map(({ at, delivery }) => ({ at, state: delivery.state })),
  };
});

async function mailsOf(
  ctx: QueryContext,
  tickets: readonly string[],
): Promise<[string, NonNullable<OfMessage['mail']>][]> {
  const rows = await ctx.scoped
    .selectFrom('channel_mail')
    .select(['channel_mail.id', 'message_id', 'sender', 'sender_name', 'quoted', 'html', 'remote_images'])
    .select(['raw', 'raw_bytes', 'machine', 'problems'])
    .where('channel_mail.ticket_id', 'in', tickets)
    .execute();
  return rows.map((row) => [
    row.message_id as string,
    {
      ...{ id: row.id, from: { name: row.sender_name ?? '', email: row.sender }, quoted: row.quoted },
      ...{ hasHtml: row.html !== null, remoteImages: row.remote_images, hasRaw: row.raw !== null },
      ...{ rawBytes: row.raw_bytes, machine: row.machine, problems: row.problems },
    },
  ]);
}

const FILE = [
  ...(['channel_file.id', 'channel_file.name', 'channel_file.risk', 'channel_file.inline'] as const),
  ...(['file_blob.bytes', 'file_blob.mime', 'file_blob.width'] as const),
] as const;

type FileRow = {
  id: string;
  name: string;
  risk: string | null;
  inline: boolean;
  bytes: number;
  mime: string;
  width: number | null;
};
export const fileOf = (row: FileRow): File => ({
  ...{ id: row.id, name: row.name, bytes: row.bytes, mime: row.mime, inline: row.inline },
  ...{ image: row.width !== null && row.risk === null, risk: row.risk as File['risk'] },
});

async function filesOf(ctx: QueryContext, tickets: readonly string[]) {
  const rows = await ctx.scoped
    .selectFrom('channel_file')
    .innerJoin('file_blob', 'file_blob.sha256', 'channel_file.sha256')
    .select([...FILE, 'message_id', 'added_by'])
    .where('channel_file.ticket_id', 'in', tickets)
    .orderBy('channel_file.created_at')
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ message: row.message_id, addedBy: row.added_by, file: fileOf(row) }));
}

async function deliveriesOf(ctx: QueryContext, tickets: readonly string[]) {
  const rows = await ctx.scoped
    .selectFrom('channel_delivery')
    .select(['message_id', 'recipient', 'state', 'attempts', 'why', 'detail', 'next_at', 'sent_at'])
    .select('channel_delivery.created_at')
    .where('channel_delivery.ticket_id', 'in', tickets)
    .orderBy('channel_delivery.created_at')
    .execute();
  return rows.map((row) => ({
    message: row.message_id,
    at: row.created_at,
    delivery: {
      ...{ email: row.recipient, state: row.state as State, attempts: row.attempts, why: row.why, detail: row.detail },
      ...{ nextAt: row.state === 'queued' ? row.next_at : null, sentAt: row.sent_at },
    },
  }));
}
