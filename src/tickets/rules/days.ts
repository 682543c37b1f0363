import { dateText, kstDay } from '#policies/rules/calendar.ts';

/** The day that it is in Korea: `2026-11-30`. */
export const koreanDay = (now: number): string => dateText(kstDay(now));
