import type { Output } from '#platform/operation.ts';
import type { tickets } from '../contract.ts';

export type TicketRow = Output<typeof tickets.operations.list>['items'][number];

export const TICKET_COLUMNS = [
  'ticket.id',
  'ticket.number',
  'ticket.subject',
  'ticket.status',
  'ticket.priority',
  'ticket.channel',
  'ticket.mall',
  'ticket.customer_id',
  'ticket.assignee',
  'ticket.tags',
  'ticket.waiting_since',
  'ticket.snoozed_until',
  'ticket.follow_up_on',
  'ticket.updated_at',
  'customer.name as customer_name',
  'person.name as assignee_name',
] as const;

type Selected = {
  id: string;
  number: number;
  subject: string;
  status: string;
  priority: string;
  channel: string;
  mall: string;
  customer_id: string;
  customer_name: string | null;
  assignee: string | null;
  assignee_name: string | null;
  tags: string[];
  waiting_since: Date | null;
  snoozed_until: Date | null;
  follow_up_on: string | null;
  updated_at: Date;
};

export const ticketRow = (row: Selected): TicketRow => ({
  id: row.id,
  number: row.number,
  subject: row.subject,
  status: row.status as TicketRow['status'],
  priority: row.priority as TicketRow['priority'],
  channel: row.channel as TicketRow['channel'],
  mall: row.mall,
  customer: { id: row.customer_id, name: row.customer_name ?? '' },
  assignee: row.assignee,
  assigneeName: row.assignee_name,
  tags: row.tags,
  waitingSince: row.waiting_since,
  snoozedUntil: row.snoozed_until,
  followUpOn: row.follow_up_on,
  updatedAt: row.updated_at,
});
