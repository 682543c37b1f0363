export type Fit = { channels: readonly string[] | null; malls: readonly string[] | null; codes: readonly string[] };
export type Case = { channel: string; mall: string; code: string | null };

/** Whether a template is for a case at all: its channel and its mall. */
export const fits = ({ channels, malls }: Fit, { channel, mall }: Omit<Case, 'code'>): boolean =>
  (channels === null || channels.includes(channel)) && (malls === null || malls.includes(mall));

/** How near a template is to a case: its very code, a code above it, its mall or channel named. */
export function nearness(template: Fit, { code }: Case): number {
  const exact = code !== null && template.codes.includes(code);
  const above = code !== null && template.codes.some((one) => code.startsWith(`${one}-`));
  return (exact ? 8 : above ? 4 : 0) + (template.malls === null ? 0 : 2) + (template.channels === null ? 0 : 1);
}

/** Nearest first, then what is used most, then by title. */
export function inOrder<T extends Fit & { title: string; used: number }>(templates: readonly T[], at: Case): T[] {
  return templates.toSorted(
    (a, b) => nearness(b, at) - nearness(a, at) || b.used - a.used || a.title.localeCompare(b.title, 'ko'),
  );
}
