import { type Kysely, sql } from 'kysely';
import type { MallVerb } from '#malls/contract.ts';
import { howTo, type MallLink } from '#malls/rules/capability.ts';
import { pictureLine } from '#malls/rules/manual.ts';
import type { DB } from '#platform/db.gen.ts';
import { DAY } from './calendar.ts';
import { fillContacts, fillReadiness, IN_PREPARATION } from './mall-contacts.ts';
import { MALLS, type MallPlan, verbsOf } from './malls.ts';
import { adminSketch } from './manual-picture.ts';
import { rngOf, uuidAt } from './random.ts';

type Guide = { verb: MallVerb; menu: number; path: string; steps: readonly string[]; beware: string };

/** What is done by hand most, and where it stands in a seller centre. */
const GUIDES: readonly Guide[] = [
  {
    verb: 'cancel.accept',
    menu: 2,
    path: '주문 관리 › 취소 관리',
    steps: ['주문번호로 찾습니다', '상품과 수량이 맞는지 봅니다', '[취소 승인]을 누릅니다'],
    beware: '출고한 상품은 승인하지 않습니다. 송장이 있으면 먼저 물류에 출고를 막아 달라고 합니다.',
  },
  {
    verb: 'return.accept',
    menu: 3,
    path: '클레임 관리 › 반품 관리',
    steps: ['주문번호로 찾습니다', '귀책과 회수지를 확인합니다', '[반품 승인]을 누르고 회수 송장을 적습니다'],
    beware: '승인하면 몰이 바로 환불하는 몰이 있습니다. 입고 검수가 끝났는지 먼저 확인합니다.',
  },
  {
    verb: 'exchange.accept',
    menu: 4,
    path: '클레임 관리 › 교환 관리',
    steps: ['주문번호로 찾습니다', '교환할 옵션의 재고를 확인합니다', '[교환 승인] 뒤 재출고 송장을 등록합니다'],
    beware: '재고가 없으면 승인하지 말고 협력사에 입고일을 먼저 묻습니다.',
  },
  {
    verb: 'addressChange',
    menu: 1,
    path: '주문 관리 › 발송 대기',
    steps: ['주문번호로 찾습니다', '[배송지 수정]을 누릅니다', '바꾼 주소를 고객에게 다시 읽어 드립니다'],
    beware: '본인확인을 마친 뒤에만 바꿉니다. 출고 마감이 지났으면 물류에 전화합니다.',
  },
  {
    verb: 'inquiry.answer',
    menu: 5,
    path: '문의 관리 › 고객 문의',
    steps: ['답변 대기를 고릅니다', '해답에서 쓴 답을 붙여 넣습니다', '[등록]을 누릅니다'],
    beware: '전화번호와 주소를 답변에 적지 않습니다. 게시판은 누구나 볼 수 있습니다.',
  },
];

/** What is done by hand now and then: steps without a picture. */
const SHORT: readonly [verb: MallVerb, path: string, press: string, beware: string][] = [
  [
    'cancel.reject',
    '주문 관리 › 취소 관리',
    '[취소 거부]를 누르고 발송한 송장을 적습니다',
    '발송하지 않은 주문은 거부할 수 없습니다.',
  ],
  [
    'return.request',
    '클레임 관리 › 반품 접수',
    '[반품 접수]를 누르고 사유와 회수지를 적습니다',
    '고객이 직접 접수하면 더 빠릅니다.',
  ],
  [
    'return.reject',
    '클레임 관리 › 반품 관리',
    '[반품 거부]를 누르고 사유와 사진을 올립니다',
    '거부 전에 파트장의 확인을 받습니다.',
  ],
  [
    'return.withdraw',
    '클레임 관리 › 반품 관리',
    '[반품 철회]를 누릅니다',
    '회수가 시작되었으면 택배사에도 취소를 알립니다.',
  ],
  ['return.convert', '클레임 관리 › 반품 관리', '[교환으로 변경]을 누릅니다', '환불이 끝난 반품은 바꿀 수 없습니다.'],
  [
    'exchange.reject',
    '클레임 관리 › 교환 관리',
    '[교환 거부]를 누르고 사유를 적습니다',
    '품절이면 거부하지 말고 반품을 권합니다.',
  ],
  [
    'exchange.reship',
    '클레임 관리 › 교환 관리',
    '[재배송]을 누르고 송장을 적습니다',
    '회수 상품의 검수가 끝난 뒤에 합니다.',
  ],
  ['exchange.convert', '클레임 관리 › 교환 관리', '[반품으로 변경]을 누릅니다', '재출고한 교환은 바꿀 수 없습니다.'],
  [
    'ship',
    '배송 관리 › 발송 처리',
    '송장번호를 붙여 넣고 [발송 처리]를 누릅니다',
    '송장만 먼저 올리면 가송장이 됩니다.',
  ],
  [
    'reinvoice',
    '배송 관리 › 송장 수정',
    '[송장 수정]을 누르고 새 번호를 적습니다',
    '배송 완료된 주문은 고칠 수 없습니다.',
  ],
  [
    'refundPreview',
    '정산 관리 › 환불 예정',
    '[환불 예상 금액]을 봅니다',
    '쿠폰 부담에 따라 달라지니 금액을 확정해 말하지 않습니다.',
  ],
];

const shortText = (mall: MallPlan, [, path, press, beware]: (typeof SHORT)[number]) =>
  `${mall.ko} 관리자의 ${path}에서 합니다.\n1. 주문번호로 찾습니다\n2. ${press}\n3. 해답에서 [한 일 기록]을 누릅니다\n# 조심할 것\n${beware}`;

const overview = ({ ko, id, answerHours }: MallPlan) => `# ${ko} 관리자 들어가기
주소: https://${id}.example.com/admin
1. 센터 공용 계정으로 로그인합니다. 비밀번호는 파트장에게 받습니다
2. 2단계 인증 번호는 센터 대표 전화로 옵니다
3. 왼쪽 메뉴에서 [주문 관리]와 [클레임 관리]를 주로 씁니다
${answerHours ? `# 답변 기한\n고객 문의는 ${answerHours}시간 안에 답합니다. 넘기면 판매자 점수가 깎입니다.` : '# 답변 기한\n몰이 정한 기한은 없습니다. 센터 기준을 따릅니다.'}`;

const guideText = (mall: MallPlan, guide: Guide, picture: string | null) =>
  [
    `${mall.ko} 관리자의 ${guide.path}에서 합니다.`,
    ...guide.steps.map((step, i) => `${i + 1}. ${step}`),
    `${guide.steps.length + 1}. 해답에서 [한 일 기록]을 누릅니다`,
    ...(picture ? [pictureLine(picture, `${guide.path}: 빨간 상자를 누릅니다`)] : []),
    '# 조심할 것',
    guide.beware,
  ].join('\n');

/** Manuals of all malls and what is said on their numbers; pictures where something is done by hand. */
export async function fillManuals(db: Kysely<DB>, { seed, now }: { seed: number; now: number }): Promise<void> {
  const written = new Date(now - 90 * DAY);
  const author = { author_id: null, author_name: '윤서영' };
  const manuals: { mall: string; topic: string; body: string }[] = [];
  const pictures: { id: string; mall: string; bytes: Buffer }[] = [];
  for (const mall of MALLS) {
    manuals.push({ mall: mall.id, topic: 'overview', body: overview(mall) });
    const link: MallLink = {
      link: mall.link,
      adminUrl: `https://${mall.id}.example.com/admin`,
      verbs: verbsOf(mall.id) as MallLink['verbs'],
    };
    for (const guide of GUIDES) {
      if (howTo(link, guide.verb).how === 'api') continue;
      const id = uuidAt(written.getTime(), rngOf(seed, `picture ${mall.id} ${guide.verb}`, 0));
      pictures.push({ id, mall: mall.id, bytes: adminSketch(guide.menu) });
      manuals.push({ mall: mall.id, topic: guide.verb, body: guideText(mall, guide, id) });
    }
    for (const guide of mall.id === IN_PREPARATION ? [] : SHORT)
      if (howTo(link, guide[0]).how === 'deep_link')
        manuals.push({ mall: mall.id, topic: guide[0], body: shortText(mall, guide) });
  }
  await fillContacts(db, written);
  await fillReadiness(db, seed, written);
  await db
    .insertInto('mall_picture')
    .values(
      pictures.map((row) => ({ ...row, mime: 'image/png', author_name: author.author_name, created_at: written })),
    )
    .execute();
  await db
    .insertInto('mall_manual')
    .values(manuals.map((row) => ({ ...row, version: 1, ...author, created_at: written })))
    .execute();
  await db
    .insertInto('mall_line')
    .values(MALLS.flatMap((mall, i) => linesOf(mall, i, written)))
    .execute();
  await sql`analyze mall_manual, mall_picture, mall_line, mall_contact, readiness_mark`.execute(db);
}

function linesOf(mall: MallPlan, index: number, at: Date) {
  const number = (line: number) => `02-0000-${3000 + index * 10 + line}`;
  const shared = {
    mall: mall.id,
    version: 1,
    updated_by_name: '윤서영',
    updated_at: at,
    opens: '09:00',
    closes: '18:00',
  };
  return [
    {
      ...{ ...shared, line: 'order', number: mall.link === 'full' ? number(1) : null },
      greeting: `${mall.ko} 주문 전용 상담사 (이름)입니다. 어떤 상품을 찾으세요?`,
      steps: [
        '1. 상품과 옵션을 확인하고 재고를 봅니다',
        '2. 받는 분, 주소, 연락처를 받아 적고 다시 읽어 드립니다',
        '3. 결제는 링크로 보냅니다. 카드번호를 전화로 받지 않습니다',
        '4. 배송 예정일을 알려 드리고 마칩니다',
      ].join('\n'),
    },
    {
      ...{ ...shared, line: 'general', number: number(2) },
      greeting: `${mall.ko} 고객센터 상담사 (이름)입니다. 무엇을 도와드릴까요?`,
      steps: [
        '1. 성함과 주문번호로 찾고 본인을 확인합니다',
        '2. 원하시는 것을 한 문장으로 되짚어 말씀드립니다',
        '3. 금액과 날짜를 알려 드리고 동의를 받습니다',
        '4. 상담 기록을 남깁니다',
      ].join('\n'),
    },
  ];
}
