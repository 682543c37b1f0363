/** 처리유형: what was done, counted apart from what it was about. */
export const RESULTS = [
  'guided',
  'filed',
  'cancelled',
  'returned',
  'exchanged',
  'refunded',
  'compensated',
  'transferred',
] as const;
