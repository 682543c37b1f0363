import { type RefusalCode, TEXTS } from './refusal-texts.ts';

export type { RefusalCode } from './refusal-texts.ts';

/** Who has to say yes before an action that is refused with `approval_required` may run. */
export type ApprovalStep = { role: string; withinMinutes: number };

/**
 * A typed "no": returned, never thrown. `rule` is a number of the claim specification (T7, M5, I3);
 * `policy` and `version` name the policy parameter that decided, null when none did;
 * `possible` lists the events that are possible instead.
 */
export type Refusal = {
  code: RefusalCode;
  rule: string;
  policy: string | null;
  version: string | null;
  text: { ko: string; en: string };
  possible: string[];
  approve?: ApprovalStep[];
  evidence?: string[];
};

type Reason = {
  policy?: string;
  version?: string;
  possible?: string[];
  what?: string;
  approve?: ApprovalStep[];
  evidence?: string[];
};

/** Makes a refusal; `what` is put into the text where the text has room for it. */
export function refuse(code: RefusalCode, rule: string, reason: Reason = {}): Refusal {
  const { ko, en } = TEXTS[code];
  const what = reason.what ? ` (${reason.what})` : '';
  return {
    code,
    rule,
    policy: reason.policy ?? null,
    version: reason.policy ? (reason.version ?? null) : null,
    text: { ko: `${ko}${what}`, en: `${en}${what}` },
    possible: reason.possible ?? [],
    ...(reason.approve ? { approve: reason.approve } : {}),
    ...(reason.evidence ? { evidence: reason.evidence } : {}),
  };
}

/** Whether a rule answered with a refusal instead of its value. */
export function isRefusal(answer: unknown): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'possible' in answer;
}
