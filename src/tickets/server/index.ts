import { implement } from '#platform/context.ts';
import { tickets } from '../contract.ts';
import { assignTicket } from './assign-ticket.ts';
import { countTickets } from './count-tickets.ts';
import { createTicket } from './create-ticket.ts';
import { cancelSend, dismissFailed, markDelivery, resendReply } from './delivery.ts';
import { getTicket } from './get-ticket.ts';
import { listTickets } from './list-tickets.ts';
import { noteTicket } from './note-ticket.ts';
import { receiveMessage } from './receive-message.ts';
import { replyTicket } from './reply-ticket.ts';
import { setTicketStatus } from './set-ticket-status.ts';
import { tagTicket } from './tag-ticket.ts';
import { tellThread } from './tell-thread.ts';

export const ticketsRoom = implement(tickets, {
  list: listTickets,
  count: countTickets,
  get: getTicket,
  create: createTicket,
  reply: replyTicket,
  note: noteTicket,
  assign: assignTicket,
  setStatus: setTicketStatus,
  tag: tagTicket,
  tellThread,
  receive: receiveMessage,
  markDelivery,
  cancelSend,
  resend: resendReply,
  dismissFailed,
});
