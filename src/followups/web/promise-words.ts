import { useText } from '#platform/language.tsx';
import type { ItemOf } from '#platform/web.ts';
import { text } from './text.ts';

export type Channel = ItemOf<'followups.listPromises'>['channel'];
/** Through which a reply is promised, the usual ones first. */
export const CHANNELS = [
  'phone',
  'email',
  'kakao',
  'talktalk',
  'chat',
  'board',
  'sns',
  'form',
] as const satisfies Channel[];

export function useChannelName(): (channel: Channel) => string {
  const t = useText(text);
  return (channel) => (channel === 'phone' ? t.phoneCh : t[channel]);
}
