/** 처리유형 as they stand in lists; the contract's own list would bring its schemas along. */
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
