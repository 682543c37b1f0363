/** Day of the week ('1' Monday … '7' Sunday) → from, until in Seoul; absent: closed; no day at all: always open. */
export type Hours = Partial<Record<'1' | '2' | '3' | '4' | '5' | '6' | '7', [string, string]>>;
export type FirstResponse = { on: boolean; inHours: string | null; outOfHours: string | null };

const KST_MS = 9 * 3_600_000;
/** Most automatic answers that one sender gets in a day (RFC 3834): two programs that answer each other stop there. */
export const MOST_AUTOMATIC = 3;

/** Whether a channel is open at a time. */
export function isOpen(hours: Hours, now: Date): boolean {
  if (Object.keys(hours).length === 0) return true;
  const seoul = new Date(now.getTime() + KST_MS);
  const day = String(seoul.getUTCDay() || 7) as keyof Hours;
  const time = seoul.toISOString().slice(11, 16);
  const [from, until] = hours[day] ?? ['24:00', '24:00'];
  return from <= time && time < until;
}

export const reversed = (hours: Hours): boolean => Object.values(hours).some(([from, until]) => from >= until);

export type Asking = {
  /** It opened a matter; what is added to one gets no automatic answer. */
  created: boolean;
  /** Why it was written by a program; null for a person. */
  machine: string | null;
  /** Its sender is one of our own addresses. */
  ours: boolean;
  /** Automatic answers that the sender got within 24 hours. */
  sentLately: number;
};

/** The automatic first answer that a mail gets; null for none, so that no loop can begin. */
export function firstResponse(rule: FirstResponse, hours: Hours, now: Date, asking: Asking): string | null {
  const { created, machine, ours, sentLately } = asking;
  if (!rule.on || !created || machine !== null || ours || sentLately >= MOST_AUTOMATIC) return null;
  return isOpen(hours, now) ? rule.inHours : rule.outOfHours;
}
