import type { Kysely } from 'kysely';
import type { Open } from '#platform/scope.ts';
import type { FirstResponse, Hours } from '../rules/first-response.ts';

export type Setting = { enabled: boolean; hours: Hours; firstResponse: FirstResponse };

const NONE: FirstResponse = { on: false, inHours: null, outOfHours: null };
type Row = { enabled: boolean; hours: unknown; first_response: unknown };

export const settingFrom = (row: Row | undefined): Setting => ({
  enabled: row?.enabled ?? true,
  hours: (row?.hours ?? {}) as Hours,
  firstResponse: { ...NONE, ...((row?.first_response ?? {}) as Partial<FirstResponse>) },
});

/** How a channel is worked; one that nobody has set up is on and always open. */
export async function settingOf(db: Kysely<Open>, channel: string): Promise<Setting> {
  const row = await db
    .selectFrom('channel_setting')
    .select(['enabled', 'hours', 'first_response'])
    .where('channel', '=', channel)
    .executeTakeFirst();
  return settingFrom(row);
}
