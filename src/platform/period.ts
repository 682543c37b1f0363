import { z } from 'zod';
import { Day, InstantIn } from './values.ts';

const Moment = z.union([Day, InstantIn]);

/** Input of lists over time: KST days, both inclusive, or instants, the end exclusive. */
export const period = { from: Moment.optional(), to: Moment.optional() };

const KST_MIDNIGHT = 'T00:00:00+09:00';
const DAY_MS = 86_400_000;
const isDay = (moment: string) => moment.length === 10;

/** The half-open interval that a period means. */
export function intervalOf(input: { from?: string | undefined; to?: string | undefined }): {
  from: Date | null;
  until: Date | null;
} {
  const { from, to } = input;
  return {
    from: from === undefined ? null : new Date(isDay(from) ? from + KST_MIDNIGHT : from),
    until: to === undefined ? null : isDay(to) ? new Date(Date.parse(to + KST_MIDNIGHT) + DAY_MS) : new Date(to),
  };
}
