import type { Kysely } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { MALLS } from './malls.ts';

/** The mall that is still being prepared: it lacks what a readiness list finds. */
export const IN_PREPARATION = 'ohouse';
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
