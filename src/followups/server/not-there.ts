import { peopleOff } from '#accounts/server/read.ts';
import type { CommandContext } from '#platform/context.ts';
import { peopleAway } from '#tickets/server/read.ts';

/** Those who cannot keep a promise now: disabled, signed in nowhere, or away from their desk (이석). */
export async function notThere(ctx: CommandContext, people: readonly string[]): Promise<Set<string>> {
  const off = await peopleOff(ctx.db, people, ctx.now);
  const away = await peopleAway(ctx, people);
  return new Set([...off, ...away]);
}
