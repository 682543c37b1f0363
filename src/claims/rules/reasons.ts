import type { Basis, Fault } from './state.ts';

/** Reason codes (사유): the fault and the legal basis that each stands for when the command names no other. */
const REASONS: Record<string, { fault: Fault; basis: Basis }> = {
  CHANGE_OF_MIND: { fault: 'BUYER', basis: 'A17_1' },
  SIZE: { fault: 'BUYER', basis: 'A17_1' },
  COLOR: { fault: 'BUYER', basis: 'A17_1' },
  WRONG_OPTION_ORDERED: { fault: 'BUYER', basis: 'A17_1' },
  DUPLICATE: { fault: 'BUYER', basis: 'A17_1' },
  ADDRESS: { fault: 'BUYER', basis: 'A17_1' },
  PRICE: { fault: 'BUYER', basis: 'A17_1' },
  DEFECT: { fault: 'SELLER', basis: 'A17_3' },
  WRONG_ITEM: { fault: 'SELLER', basis: 'A17_3' },
  MISSING_PART: { fault: 'SELLER', basis: 'A17_3' },
  NOT_AS_DESCRIBED: { fault: 'SELLER', basis: 'A17_3' },
  SPOILED: { fault: 'SELLER', basis: 'A17_3' },
  LATE: { fault: 'SELLER', basis: 'CONTRACT' },
  STOCK_OUT: { fault: 'SELLER', basis: 'A15_2' },
  DAMAGED_IN_TRANSIT: { fault: 'CARRIER', basis: 'A17_3' },
  LOST: { fault: 'CARRIER', basis: 'CONTRACT' },
  REFUSED: { fault: 'UNDECIDED', basis: 'A17_1' },
  INSTALL: { fault: 'UNDECIDED', basis: 'A17_1' },
  OTHER: { fault: 'UNDECIDED', basis: 'A17_1' },
};

export const REASON_CODES = Object.keys(REASONS);

/** Reasons that need a photo before a claim is accepted on them. */
export const PHOTO_REASONS = ['DEFECT', 'WRONG_ITEM', 'SPOILED', 'DAMAGED_IN_TRANSIT'];

/** The fault and legal basis of a request; a fault that the command names wins over the reason's. */
export function judge(reason: string, fault: Fault | undefined): { fault: Fault; basis: Basis } {
  const usual = REASONS[reason] ?? REASONS.OTHER!;
  if (fault === undefined || fault === usual.fault) return usual;
  if (fault === 'BUYER' || fault === 'UNDECIDED') return { fault, basis: 'A17_1' };
  return { fault, basis: fault === 'SELLER' ? 'A17_3' : 'CONTRACT' };
}
