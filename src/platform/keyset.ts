import { z } from 'zod';
import { decodeCursor, encodeCursor } from './values.ts';

/** What a part of a cursor is: it is checked before it reaches SQL, so that a made-up cursor is bad input. */
export type CursorPart = 'time' | 'id' | 'text' | 'int';

const CHECKS: Record<CursorPart, (value: string | number) => boolean> = {
  time: (value) => typeof value === 'string' && z.iso.datetime().safeParse(value).success,
  id: (value) => typeof value === 'string' && z.uuid().safeParse(value).success,
  text: (value) => typeof value === 'string' && value.length <= 200,
  int: (value) => typeof value === 'number' && Number.isSafeInteger(value),
};

/** Input of a list: rows of a page, and the cursor that the page before answered as `next`. */
export function pagingBy(...parts: CursorPart[]) {
  const ours = (cursor: string) => {
    const values = decodeCursor(cursor, parts.length);
    return values?.every((value, i) => CHECKS[parts[i] as CursorPart](value)) ?? false;
  };
  return {
    limit: z.int().min(1).max(200).default(50),
    cursor: z.string().max(600).refine(ours, { error: 'cursor' }).optional(),
  };
}

/** The values of a cursor that `pagingBy` has let through; null on the first page. */
export const cursorValues = (cursor: string | undefined, length: number) =>
  cursor === undefined ? null : decodeCursor(cursor, length);

/** A page out of `limit + 1` rows: one row more than asked for says that there is a next page. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  item: (row: R) => T,
  key: (row: R) => readonly (string | number | Date)[],
): { items: T[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { items: shown.map(item), next: last ? cursorOf(key(last)) : null };
}

export const cursorOf = (values: readonly (string | number | Date)[]): string =>
  encodeCursor(values.map((value) => (value instanceof Date ? value.toISOString() : value)));
