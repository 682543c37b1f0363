/** What customers do to our people: 폭언, 성희롱, 협박, 억지·반복 요구. */
export const CONDUCT_KINDS = ['abuse', 'sexual', 'threat', 'unreasonable'] as const;
export type ConductKind = (typeof CONDUCT_KINDS)[number];
/** Steps that are told to the customer, one after another: 주의, 경고, 최종 경고. */
export const CONDUCT_STEPS = ['caution', 'warning', 'final'] as const;
export type ConductStep = (typeof CONDUCT_STEPS)[number];
export const CONDUCT_LEVELS = ['none', ...CONDUCT_STEPS, 'blocked'] as const;
export type ConductLevel = (typeof CONDUCT_LEVELS)[number];

export type Step = { step: ConductStep | 'stop'; kind: ConductKind; revoked: boolean };
export type Block = { state: 'asked' | 'blocked' | 'denied' | 'lifted' | 'withdrawn'; until: Date | null };

/** Sexual harassment and threats need not be borne twice: they may go at once to the last step. */
const GRAVE: readonly ConductKind[] = ['sexual', 'threat'];

/** How far it has gone: a block that holds, else the highest step that stands. */
export function conductLevel(steps: readonly Step[], block: Block | null, now: Date): ConductLevel {
  if (block && isHeld(block, now)) return 'blocked';
  const reached = steps.filter(({ revoked }) => !revoked).map(({ step }) => CONDUCT_STEPS.indexOf(step as ConductStep));
  return CONDUCT_STEPS[Math.max(-1, ...reached)] ?? 'none';
}

export const isHeld = ({ state, until }: Block, now: Date): boolean =>
  state === 'blocked' && (until === null || until > now);

/** The step that comes next for this kind of conduct; after the last one the same again. */
export function nextStep(level: ConductLevel, kind: ConductKind): ConductStep {
  if (GRAVE.includes(kind)) return 'final';
  const at = level === 'blocked' ? CONDUCT_STEPS.length - 1 : CONDUCT_STEPS.indexOf(level as ConductStep);
  return CONDUCT_STEPS[Math.min(at + 1, CONDUCT_STEPS.length - 1)] as ConductStep;
}

/** Whether a step may be told now: none is skipped, and a milder one than what stands is no step. */
export function mayTell(level: ConductLevel, kind: ConductKind, step: ConductStep): boolean {
  const [wanted, next] = [CONDUCT_STEPS.indexOf(step), CONDUCT_STEPS.indexOf(nextStep(level, kind))];
  const reached = CONDUCT_STEPS.indexOf(level as ConductStep);
  return level !== 'blocked' && wanted <= next && wanted >= Math.max(reached, 0);
}

/** A block may be asked for when the last step was told, or after a contact had to be stopped for something grave. */
export function mayAskBlock(level: ConductLevel, steps: readonly Step[]): boolean {
  const stopped = steps.some(({ step, kind, revoked }) => !revoked && step === 'stop' && GRAVE.includes(kind));
  return level === 'final' || (level !== 'blocked' && stopped);
}

/** Who asked for a block never decides on it. */
export const mayDecide = (askedBy: string | null, decider: string | null): boolean =>
  decider !== null && askedBy !== decider;
