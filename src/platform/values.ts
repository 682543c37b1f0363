import { v7 } from 'uuid';
import { z } from 'zod';

/** A record's id: UUIDv7, made by the server. */
export const Id = z.uuid();
export const newId = (): string => v7();

/** Integer won, |n| ≤ 10^12. */
export const Krw = z.int().min(-1_000_000_000_000).max(1_000_000_000_000);

/** An instant in an answer. Handlers give a `Date`; on the wire it is ISO 8601 in UTC. */
export const Instant = z.date();
/** An instant in an input: ISO 8601 with offset. */
export const InstantIn = z.iso.datetime({ offset: true });
/** A KST calendar day, `2026-11-12`. */
export const Day = z.iso.date();

/** Text that people type: trimmed, not empty, at most `max` characters. */
export const text = (max: number) => z.string().trim().min(1).max(max);

/** Personal data in an output. The pipeline masks it on the way out; only a reveal operation leaves the mark away. */
export type PiiKind = 'name' | 'phone' | 'email' | 'address' | 'text';
export const pii = (kind: PiiKind, max = 500) => z.string().max(max).meta({ pii: kind });

export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() });

/** A keyset cursor: the sort values of a page's last row. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** The values of a cursor, or null when it is none that we made: treat it as bad input. */
export function decodeCursor(cursor: string, length: number): (string | number)[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(values) || values.length !== length) return null;
    return values.every((v) => typeof v === 'string' || typeof v === 'number') ? values : null;
  } catch {
    return null;
  }
}

/** What a query answers that opens a file (`/files/<operation>/<id>`): the room has checked that the caller may have it. */
export const OpenedFile = z.strictObject({ sha256: z.string(), name: z.string(), mime: z.string() });

/** `Object.entries` that keeps the keys' type and leaves absent values out. */
export function entries<K extends string, V>(record: Partial<Record<K, V>>): [K, V][] {
  return Object.entries(record).filter(([, value]) => value !== undefined) as [K, V][];
}

/** A type as JSON carries it: dates become strings. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer E)[]
    ? Wire<E>[]
    : T extends object
      ? { [K in keyof T]: Wire<T[K]> }
      : T;
