/** Who is on the line, and what can be asked of them: two facts at least. `callerNumber`: the number that calls. */
export const SPEAKERS = ['orderer', 'recipient', 'proxy', 'gift_receiver', 'partner'] as const;
export const IDENTITY_FACTS = ['name', 'phone', 'callerNumber', 'address', 'orderNo', 'product', 'email'] as const;

/**
 * How long an identity check (본인확인) holds for who made it. A contact has no end that is known here yet, so it is
 * as long as a long call lasts.
 */
const HOLDS_MS = 30 * 60_000;

export const heldUntil = (checkedAt: Date): Date => new Date(checkedAt.getTime() + HOLDS_MS);

/** Two different facts at least (ui.md, rule 4): one may be overheard or guessed. */
export const isEnough = (facts: readonly string[]): boolean => new Set(facts).size >= 2;
