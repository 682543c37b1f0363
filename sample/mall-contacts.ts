import type { Kysely } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { DAY } from './calendar.ts';
import { MALLS } from './malls.ts';
import { rngOf, uuidAt } from './random.ts';

/** The mall that is still being prepared: it lacks what a readiness list finds. */
export const IN_PREPARATION = 'ohouse';
/** What people ticked before the malls opened. */
const TICKS = [
  ['policies', '반품비·지연 보상 기준을 정책 회의에서 확정'],
  ['templates', '배송·반품 템플릿 12개 확인'],
  ['testOrder', '주문 1건을 결제·취소·반품까지 확인'],
  ['testContact', '전화와 게시판으로 1건씩 받아 봄'],
  ['briefing', '상담사 전원 교육, 확인 서명 받음'],
  ['opening', '준비 목록을 모두 확인하고 엽니다'],
] as const;

/** What was ticked of each mall's readiness list. */
export async function fillReadiness(db: Kysely<DB>, seed: number, written: Date): Promise<void> {
  const ticks = MALLS.flatMap(({ id: mall }) =>
    TICKS.slice(0, mall === IN_PREPARATION ? 2 : undefined).map(([item, note]) => ({ mall, item, note })),
  );
  const rows = ticks.map((tick, i) => {
    const at = new Date(written.getTime() + DAY + i * 60_000);
    const id = uuidAt(at.getTime(), rngOf(seed, `readiness ${tick.mall} ${tick.item}`, 0));
    return { id, ...tick, done: true, by_id: null, by_name: '윤서영', marked_at: at };
  });
  await db.insertInto('readiness_mark').values(rows).execute();
}

/** Whom to call about each mall. */
export async function fillContacts(db: Kysely<DB>, written: Date): Promise<void> {
  const saved = { updated_by_name: '윤서영', updated_at: written };
  await db
    .insertInto('mall_contact')
    .values(
      MALLS.flatMap((mall, i) => {
        const phone = (line: number) => `02-0000-${4000 + i * 10 + line}`;
        const support = { kind: 'seller_support', name: `${mall.ko} 판매자 지원`, note: '사업자번호를 먼저 말합니다' };
        const rows = [
          { ...support, phone: phone(1), email: `seller@${mall.id}.example.com` },
          {
            kind: 'md',
            name: '패션 카테고리 MD',
            note: '기획전·노출',
            phone: phone(2),
            email: `md@${mall.id}.example.com`,
          },
          {
            kind: 'carrier',
            name: 'CJ대한통운 성동 영업소',
            note: '회수 지연은 17시까지',
            phone: phone(3),
            email: null,
          },
        ];
        const known = mall.id === IN_PREPARATION ? rows.slice(0, 1) : rows;
        return known.map((row) => ({ mall: mall.id, ...row, ...saved }));
      }),
    )
    .execute();
}
