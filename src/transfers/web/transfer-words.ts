import { useLanguage, useTitle } from '#platform/language.tsx';
import type { ItemOf, OutputOf } from '#platform/web.ts';
import { KIND_TABLE, type Kind } from '../rules/transfer.ts';

export type Row = ItemOf<'transfers.list'>;
export type Full = OutputOf<'transfers.get'>;
export type Receivers = OutputOf<'transfers.receivers'>;

/** Roles as receivers are called; the accounts room has them for its own screens only. */
const ROLE_WORDS = {
  agent: { ko: '상담사', en: 'Agents' },
  senior_agent: { ko: '2차 상담', en: 'Senior agents' },
  shift_lead: { ko: '파트장', en: 'Shift leads' },
  manager: { ko: '현장 관리자', en: 'Managers' },
  md: { ko: '담당 MD', en: 'MDs' },
  logistics: { ko: '물류 담당', en: 'Logistics' },
  planner: { ko: 'CX 기획자', en: 'CX planners' },
  head: { ko: '센터장·CX 팀장', en: 'Head of CX' },
};

/** A choice of the dialog: whom it is sent to and how it is called. */
export type Choice = {
  key: string;
  name: string;
  people: number | null;
  to:
    | { receiver: 'team'; centre: string; role: Receivers['teams'][number]['role'] }
    | { receiver: 'department'; role: Receivers['departments'][number]['role'] }
    | { receiver: 'partner'; partner: string };
};

export function useTransferWords() {
  const language = useLanguage();
  const title = useTitle();
  const kindName = (kind: Kind) => KIND_TABLE[kind].title[language];
  const choices = ({
    teams,
    departments,
    partners,
  }: Receivers): Record<'teams' | 'departments' | 'partners', Choice[]> => ({
    teams: teams.map(({ centre, name, role, people }) => ({
      ...{ key: `${centre}.${role}`, name: `${title(name)} ${title(ROLE_WORDS[role])}`, people },
      to: { receiver: 'team', centre, role },
    })),
    departments: departments.map(({ role, people }) => ({
      ...{ key: role, name: title(ROLE_WORDS[role]), people },
      to: { receiver: 'department', role },
    })),
    partners: partners.map(({ id, name }) => ({
      ...{ key: id, name, people: null },
      to: { receiver: 'partner', partner: id },
    })),
  });
  return { kindName, choices };
}
