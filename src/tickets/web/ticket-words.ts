import { useText } from '#platform/language.tsx';
import type { ItemOf, OutputOf } from '#platform/web.ts';
import type { IconName } from '#ui/index.tsx';
import { text } from './text.ts';

export type TicketRow = ItemOf<'tickets.list'>;
export type Ticket = OutputOf<'tickets.get'>;
export type Message = Ticket['messages'][number];
export type Status = Ticket['status'];
export type Priority = Ticket['priority'];
export type Channel = Ticket['channel'];

export const CHANNEL_ICON: Record<Channel, IconName> = {
  phone: 'phone',
  email: 'mail',
  chat: 'chat',
  form: 'globe',
  kakao: 'chat',
  talktalk: 'talk',
  sns: 'globe',
  board: 'memo',
  manual: 'pen',
};
export const CHANNELS = Object.keys(CHANNEL_ICON) as Channel[];
export const PRIORITIES: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];
export const STATUSES: readonly Status[] = ['new', 'open', 'pending', 'hold', 'solved'];

/** A status in the words of the desk. */
export function useStatusName(): (status: Status) => string {
  const t = useText(text);
  return (status) => (status === 'open' ? t.status_open : t[status]);
}
