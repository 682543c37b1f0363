import type { Role } from '#platform/operation.ts';
import { MALLS } from './malls.ts';

export const OWN_CENTRE = 'own';
export const OUTSOURCED_CENTRE = 'outsourced';
export const COMPANY = '온결';

export const CENTRES = [
  { id: OWN_CENTRE, nameKo: '온결 고객센터', nameEn: 'Ongyeol customer centre', kind: 'own' as const },
  { id: OUTSOURCED_CENTRE, nameKo: '한빛컨택', nameEn: 'Hanbit Contact', kind: 'outsourced' as const },
];

export type Staff = {
  email: string;
  name: string;
  role: Role;
  malls: string[] | null;
  centres: string[] | null;
  /** Codes of partners; the loader knows their ids. */
  partners: string[] | null;
};

const AGENTS = [
  '박지민',
  '이하은',
  '최유진',
  '구본석',
  '차은호',
  '민가람',
  '유다인',
  '도현우',
  '하예슬',
  '장민서',
  '방준혁',
  '추연우',
  '장서윤',
  '백지훈',
  '남태오',
  '심보라',
  '안소희',
  '곽지호',
  '우하람',
  '나윤슬',
  '정예린',
  '오세훈',
  '한지우',
  '문가영',
  '신동혁',
  '탁하준',
  '온유정',
  '서강민',
  '채이든',
  '노은채',
  '류하진',
  '배수아',
  '조아라',
  '홍민재',
  '임태영',
  '권나래',
  '전하율',
  '표시은',
  '강유빈',
  '소민규',
];
const FIRST_OUTSOURCED = 29;
const at = (name: string) => `${name}@haedap.example`;

/** Everybody who signs in, with the role and scope that api.md gives them. */
export function staff(): Staff[] {
  const outsourcedMalls = MALLS.filter((mall) => mall.centre === OUTSOURCED_CENTRE).map((mall) => mall.id);
  const own = { malls: null, centres: [OWN_CENTRE], partners: null };
  const outsourced = { malls: outsourcedMalls, centres: [OUTSOURCED_CENTRE], partners: null };
  const everywhere = { malls: null, centres: null, partners: null };
  const agents = AGENTS.map((name, i) => ({
    email: at(`agent${i + 1}`),
    name,
    role: 'agent' as const,
    ...(i + 1 < FIRST_OUTSOURCED ? own : outsourced),
  }));
  return [
    { email: at('admin'), name: '강지호', role: 'admin', ...everywhere },
    { email: at('head'), name: '임하경', role: 'head', ...everywhere },
    { email: at('manager1'), name: '정수민', role: 'manager', ...own },
    { email: at('manager2'), name: '조민혁', role: 'manager', ...own },
    { email: at('manager3'), name: '송다혜', role: 'manager', ...own },
    { email: at('planner'), name: '한서영', role: 'planner', ...everywhere },
    { email: at('md1'), name: '윤태호', role: 'md', ...everywhere },
    { email: at('md2'), name: '서지안', role: 'md', ...everywhere },
    { email: at('logistics'), name: '한도윤', role: 'logistics', ...everywhere },
    ...agents,
    { email: at('agent-senior1'), name: '김도현', role: 'senior_agent', ...own },
    { email: at('partner1'), name: '코튼브릿지', role: 'partner', ...everywhere, partners: ['P001'] },
    { email: at('outsourced1'), name: '고은별', role: 'agent', ...outsourced },
    { email: at('outsourced-manager'), name: '마석진', role: 'manager', ...outsourced },
  ];
}
