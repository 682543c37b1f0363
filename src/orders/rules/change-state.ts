/**
 * How a change of an order (주문 변경) stands. Asked of nobody it is done at once; asked of partners or the warehouse it
 * is done when all have said yes, and refused with the first no.
 */
export const CHANGE_STATES = ['ASKED', 'DONE', 'REFUSED', 'WITHDRAWN'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** Who must say yes: our own warehouse, or a partner by its id. */
export const WAREHOUSE = 'warehouse';

export type ChangeAnswer = { yes: boolean; by: string; byPhone: boolean; note: string | null; at: string };
export type Asked = { state: ChangeState; needs: readonly string[]; answers: Readonly<Record<string, ChangeAnswer>> };

/** A change as it stands when it is asked. */
export const asked = (needs: readonly string[]): Asked => ({
  state: needs.length > 0 ? 'ASKED' : 'DONE',
  needs,
  answers: {},
});

/**
 * The change after an answer of one of those whose yes it needs. Null: nothing is asked of them, or no more. Who said
 * yes already is asked no more.
 */
export function answered(change: Asked, who: string, answer: ChangeAnswer): Asked | null {
  if (change.state !== 'ASKED' || !change.needs.includes(who) || change.answers[who]) return null;
  const answers = { ...change.answers, [who]: answer };
  const all = change.needs.every((need) => answers[need]?.yes);
  return { ...change, answers, state: answer.yes ? (all ? 'DONE' : 'ASKED') : 'REFUSED' };
}

/** Who has not answered yet. */
export const stillAsked = ({ state, needs, answers }: Asked): string[] =>
  state === 'ASKED' ? needs.filter((need) => !answers[need]) : [];
