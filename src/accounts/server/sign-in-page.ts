import type { Kysely } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import type { Words } from '#platform/operation.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from '../rules/password.ts';
import { needsSetUp } from './set-up.ts';

type Demo = { email: string; title: Words; what: Words };
const at = (name: string) => `${name}@haedap.example`;

/** The sample people whom the sign-in page offers; their names come from the database. */
const DEMO: readonly Demo[] = [
  {
    email: at('agent1'),
    title: { ko: '상담사', en: 'Agent' },
    what: { ko: '전화·채팅·주문·클레임', en: 'Calls, chats, orders, claims' },
  },
  {
    email: at('manager1'),
    title: { ko: '현장 관리자', en: 'Centre manager' },
    what: { ko: '승인, 현황판, 배정, VOC 코드', en: 'Approvals, live board, assignment, VOC codes' },
  },
  {
    email: at('planner'),
    title: { ko: 'CX 기획자', en: 'CX planner' },
    what: { ko: '정책, 점검표, 예측, 보고', en: 'Policies, checklists, forecasts, reports' },
  },
  {
    email: at('md1'),
    title: { ko: '담당 MD', en: 'MD' },
    what: { ko: '담당 상품의 하자와 선환불', en: 'Defects and pre-refunds of their products' },
  },
  {
    email: at('logistics'),
    title: { ko: '물류 담당', en: 'Logistics' },
    what: { ko: '회수, 검수, 재고', en: 'Pick-up, inspection, stock' },
  },
  {
    email: at('partner1'),
    title: { ko: '협력사', en: 'Partner' },
    what: { ko: '우리 상품의 확인요청과 검수', en: 'Requests and inspection for its own products' },
  },
  {
    email: at('outsourced1'),
    title: { ko: '외주 상담사', en: 'Outsourced agent' },
    what: { ko: '담당 몰 2곳만', en: 'Two malls only' },
  },
  {
    email: at('outsourced-manager'),
    title: { ko: '외주 관리자', en: 'Outsourced manager' },
    what: { ko: '담당 몰의 현황과 SLA', en: 'State and SLA of its malls' },
  },
  {
    email: at('admin'),
    title: { ko: '시스템 관리자', en: 'Administrator' },
    what: { ko: '사용자, 채널, 몰, 보존', en: 'People, channels, malls, retention' },
  },
];

/** What the sign-in page shows before anybody is signed in; people only where all of them are made up. */
export type SignInPage = {
  company: { name: string; kind: 'sample' | 'real' } | null;
  needsSetUp: boolean;
  password: { min: number; max: number };
  sample: (Demo & { name: string })[];
};

export async function signInPage(db: Kysely<DB>): Promise<SignInPage> {
  const company = await db.selectFrom('company').select(['name', 'kind']).executeTakeFirst();
  return {
    company: (company as SignInPage['company']) ?? null,
    needsSetUp: await needsSetUp(db),
    password: { min: PASSWORD_MIN, max: PASSWORD_MAX },
    sample: company?.kind === 'sample' ? await demoPeople(db) : [],
  };
}

async function demoPeople(db: Kysely<DB>): Promise<SignInPage['sample']> {
  const people = await db
    .selectFrom('person')
    .select(['email', 'name'])
    .where(
      'email',
      'in',
      DEMO.map(({ email }) => email),
    )
    .where('disabled_at', 'is', null)
    .execute();
  const names = new Map(people.map(({ email, name }) => [email, name]));
  return DEMO.flatMap((demo) => {
    const name = names.get(demo.email);
    return name ? [{ ...demo, name }] : [];
  });
}
