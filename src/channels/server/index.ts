import { implement, type Room } from '#platform/context.ts';
import { channels } from '../contract.ts';
import { acceptMail } from './accept-mail.ts';
import { attachFile, detachFile } from './attach-file.ts';
import { listChannels } from './list-channels.ts';
import { mailsOfTicket } from './of-ticket.ts';
import { openFile, openHtml, openRaw } from './open-file.ts';
import { queueReply, replied } from './queue-reply.ts';
import { retrySource, saveChannel } from './save-channel.ts';
import { claimDelivery, settleDelivery } from './settle-delivery.ts';
import { moveCursor, tellSource } from './tell-source.ts';

/** What comes through channels and goes out again. `secret` signs the marks by which answers find their ticket. */
export function channelsRoom(secret: string): Room {
  return implement(
    channels,
    {
      list: listChannels,
      save: saveChannel,
      retry: retrySource,
      acceptMail: acceptMail(secret),
      moveCursor,
      tellSource,
      queueReply: queueReply(secret),
      claimDelivery,
      settleDelivery,
      ofTicket: mailsOfTicket,
      openFile,
      openRaw,
      openHtml,
      attach: attachFile,
      detach: detachFile,
    },
    { jobs: { 'channels.replied': replied }, hears: { 'tickets.replied': 'channels.replied' } },
  );
}
