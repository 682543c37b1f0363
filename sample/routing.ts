import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { DAY } from './calendar.ts';

/** Who takes business inquiries in the sample company, and how they are known. */
const RULES = [
  {
    ...{ name: '단체·대량 주문', who: 'agent-senior1', tag: 'B2B' },
    ...{ words: ['단체 주문', '대량 구매', '대량 주문', '법인 구매', '세금계산서 발행 견적'], without: ['개인 소장'] },
  },
  {
    ...{ name: '입점·제휴 제안', who: 'manager1', tag: '제휴' },
    ...{ words: ['입점 문의', '제휴 제안', '납품 제안', '협찬 제안', '공동구매 제안'], without: ['입점 업체 불만'] },
  },
] as const;

/** Two versions: the first was ended when the second took effect a month ago. */
export async function fillRouting(trx: Kysely<DB>, now: number): Promise<void> {
  const { rows } = await sql<{ email: string; id: string }>`select email, id from person`.execute(trx);
  const idOf = (who: string) => rows.find(({ email }) => email.startsWith(`${who}@`))?.id ?? '';
  const rules = RULES.map(({ who, words, without, ...rule }) => ({
    ...{ ...rule, words: [...words], without: [...without], senders: [], malls: [], channels: [] },
    person: idOf(who),
  }));
  const author = { written_by: idOf('manager1'), written_by_name: '정수민' };
  const version = (n: number, list: unknown[], note: string, days: number) => ({
    ...{ version: n, rules: JSON.stringify(list), note, ...author, written_at: new Date(now - days * DAY) },
    ...{ activated_at: new Date(now - (days - 1) * DAY), activated_by_name: author.written_by_name },
  });
  await trx
    .insertInto('routing_version')
    .values([
      { ...version(1, rules.slice(0, 1), '단체 주문을 2차 상담으로', 90), ended_at: new Date(now - 29 * DAY) },
      { ...version(2, rules, '입점·제휴도 바로 관리자에게', 30), ended_at: null },
    ])
    .execute();
}

/** A version that is not in effect yet, for the examples. */
export async function routingDraft(db: Kysely<DB>, userId: string): Promise<string> {
  const { rows } = await sql<{ version: number }>`
    insert into routing_version (version, rules, written_by, written_by_name, written_at)
    select coalesce(max(version), 0) + 1, '[]', ${userId}, '박지민', now() from routing_version returning version`.execute(
    db,
  );
  return String(rows[0]?.version ?? 1);
}
