import { type Kysely, sql } from 'kysely';
import type { EventOptions } from './context.ts';
import type { DB } from './db.gen.ts';
import type { PublishedEvent } from './outbox.ts';

/** NOTIFY channel of what passes by itself: it has no position and nobody hears it later. */
export const PASSING = 'haedap_passing';

/** An event that is heard now or never. */
export type PassingEvent = Omit<PublishedEvent, 'position'>;

/** Tells all processes' screens after the commit, within the event's scope; nothing is written. */
export async function tellPassing(
  trx: Kysely<DB>,
  recorded: readonly { event: string; subjectId: string; options: EventOptions }[],
): Promise<void> {
  for (const { event, subjectId, options } of recorded) {
    const { mall = null, malls = null, centre = null, partner = null, person = null } = options.scope ?? {};
    const told: PassingEvent = {
      ...{ event, subjectId, data: options.data ?? {}, mall, centre, partner, person },
      malls: malls ? [...malls] : null,
    };
    await sql`select pg_notify(${PASSING}, ${JSON.stringify(told)})`.execute(trx);
  }
}
