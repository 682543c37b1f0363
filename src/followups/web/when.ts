const KST_MS = 9 * 3_600_000;

/** An instant as a `datetime-local` field of Seoul takes it, and back: people promise Korean wall-clock times. */
export const asField = (at: Date): string => new Date(at.getTime() + KST_MS).toISOString().slice(0, 16);
export const asInstant = (field: string): string | undefined => (field === '' ? undefined : `${field}:00+09:00`);
