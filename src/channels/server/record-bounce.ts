import type { CommandContext } from '#platform/context.ts';
import { tickets } from '#tickets/contract.ts';
import type { ReceivedMail } from '../contract/connect.ts';
import { failureText } from '../rules/failure-text.ts';

type Bounce = NonNullable<ReceivedMail['bounce']>;
type About = { id: string; ticket_id: string; message_id: string | null; recipient: string };

/** Deliveries of ours that a notice names by their Message-ID. */
export async function deliveriesAbout(ctx: CommandContext, { about }: Bounce): Promise<About[]> {
  if (about.length === 0) return [];
  return await ctx.scoped
    .selectFrom('channel_delivery')
    .select(['channel_delivery.id', 'channel_delivery.ticket_id', 'message_id', 'recipient'])
    .where('mail_id', 'in', about)
    .execute();
}

/** What a notice says becomes the delivery's state; its message tells its writer. No ticket is opened. */
export async function recordBounce(ctx: CommandContext, { recipients }: Bounce, about: readonly About[]) {
  for (const delivery of about) {
    const said = recipients.find(({ address }) => address === delivery.recipient) ?? recipients[0];
    const failed = (said?.action ?? 'failed') === 'failed';
    const why = said?.action === 'delayed' ? 'delayed' : failed ? 'bounced' : null;
    const detail = [said?.status, said?.why].filter(Boolean).join(' ').slice(0, 300) || null;
    await ctx.scoped
      .updateTable('channel_delivery')
      .set({ ...(failed ? { state: 'failed' } : {}), why, detail })
      .where('channel_delivery.id', '=', delivery.id)
      .execute();
    if (!failed || !delivery.message_id) continue;
    await ctx.call(tickets.operations.markDelivery, {
      ...{ id: delivery.ticket_id, message: delivery.message_id, outcome: 'failed' },
      reason: failureText('bounced', detail),
    });
  }
}
