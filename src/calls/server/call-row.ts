import type { Output } from '#platform/operation.ts';
import type { calls } from '../contract.ts';

export type CallRow = Output<typeof calls.operations.list>['items'][number];

export const CALL_COLUMNS = [
  'phone_call.id',
  'phone_call.mall',
  'phone_call.line',
  'phone_call.direction',
  'phone_call.outcome',
  'phone_call.customer_id',
  'phone_call.caller_phone',
  'phone_call.agent',
  'phone_call.ticket_id',
  'phone_call.offered_at',
  'phone_call.wait_ms',
  'phone_call.talk_ms',
  'customer.name as customer_name',
  'person.name as agent_name',
] as const;

type Selected = {
  id: string;
  mall: string;
  line: string;
  direction: string;
  outcome: string;
  customer_id: string | null;
  customer_name: string | null;
  caller_phone: string;
  agent: string | null;
  agent_name: string | null;
  ticket_id: string | null;
  offered_at: Date;
  wait_ms: number;
  talk_ms: number;
};

export const callRow = (row: Selected): CallRow => ({
  id: row.id,
  mall: row.mall,
  line: row.line as CallRow['line'],
  direction: row.direction as CallRow['direction'],
  outcome: row.outcome as CallRow['outcome'],
  customer: row.customer_id ? { id: row.customer_id, name: row.customer_name ?? '' } : null,
  phone: row.caller_phone,
  agent: row.agent,
  agentName: row.agent_name,
  ticket: row.ticket_id,
  offeredAt: row.offered_at,
  waitMs: row.wait_ms,
  talkMs: row.talk_ms,
});
