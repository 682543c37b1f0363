export const PRESENCE = ['viewing', 'away', 'writing'] as const;
export type Here = { person: string; name: string; state: (typeof PRESENCE)[number]; until: number };

/** How long somebody counts as there without another sign; screens give one well before. */
export const HERE_MS = 45_000;
export const SIGN_EVERY_MS = 15_000;

const RANK = { writing: 0, viewing: 1, away: 2 };

/** Who else is there now: who writes first, then who looks, then who looked away; each once. */
export function othersHere(all: readonly Here[], me: string, now: number): Here[] {
  return all
    .filter(({ person, until }) => person !== me && until > now)
    .sort(
      (a, b) => RANK[a.state] - RANK[b.state] || a.name.localeCompare(b.name, 'ko') || (a.person < b.person ? -1 : 1),
    );
}
