import { CAFE24, COUPANG, MEDUSA, NAVER } from './mall-words.ts';
import type { Order } from './order.ts';
import { isTerminalStage, type Stage } from './unit.ts';

/** What a mall's status word says in ours (claims.md 2.5, connectors.md 5). */
export type MallWord =
  /** Of a line. `held`: dispatch or confirmation is on hold. `child`: the goods of an exchange, reserved. */
  | { of: 'line'; stage: Stage | null; held?: true; child?: 'RESERVED' }
  /**
   * Of a claim. Kind null: the word leaves it open, the mall's claim type says it. State null: unchanged. `or`: the
   * word means both, the reason says which. `unpaid`: nothing to refund (T5).
   */
  | {
      of: 'claim';
      kind: 'CANCEL' | 'RETURN' | 'EXCHANGE' | null;
      state: 'REQ' | 'ACC' | 'COL' | 'INS' | 'RED' | 'SET' | 'DONE' | 'REJ' | 'WDN' | null;
      or?: 'WDN';
      held?: true;
      by?: 'MALL';
      fee?: 'DUE' | 'PAID';
      refunded?: true;
      unpaid?: true;
    };

const MALLS: Record<string, Record<string, MallWord>> = {
  naver: NAVER,
  cafe24: CAFE24,
  coupang: COUPANG,
  medusa: MEDUSA,
};

/**
 * Reads a mall's status word. Null: not known; ours stays as it is and the word is shown as it came, never mapped
 * silently.
 */
export function mallWord(mall: string, raw: string): MallWord | null {
  const words = Object.hasOwn(MALLS, mall) ? MALLS[mall]! : {};
  return Object.hasOwn(words, raw) ? words[raw]! : null;
}

/** Stages that the mall's words put whole lines to for good: cancelled, returned, exchanged. Times cannot say these. */
export function linesOut(order: Pick<Order, 'mall' | 'lines'>): Record<string, Stage> {
  const out: Record<string, Stage> = {};
  for (const { id, rawStatus } of order.lines) {
    const word = rawStatus === null ? null : mallWord(order.mall, rawStatus);
    if (word?.of === 'line' && word.stage !== null && isTerminalStage(word.stage)) out[id] = word.stage;
  }
  return out;
}
