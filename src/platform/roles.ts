import type { Words } from './operation.ts';

const TITLES: Record<string, Words> = {
  agent: { ko: '상담사', en: 'Agent' },
  senior_agent: { ko: '2차 상담', en: 'Senior agent' },
  shift_lead: { ko: '파트장', en: 'Shift lead' },
  manager: { ko: '현장 관리자', en: 'Centre manager' },
  head: { ko: '센터장·CX 팀장', en: 'Head of CX' },
  planner: { ko: 'CX 기획자', en: 'CX planner' },
  md: { ko: '담당 MD', en: 'MD' },
  logistics: { ko: '물류 담당', en: 'Logistics' },
  partner: { ko: '협력사', en: 'Partner' },
  admin: { ko: '시스템 관리자', en: 'Administrator' },
};

/** What people call a role. */
export const roleTitle = (role: string): Words => TITLES[role] ?? { ko: role, en: role };

/** All roles, in the order in which product.md names them. */
export const ROLE_NAMES: readonly string[] = Object.keys(TITLES);
