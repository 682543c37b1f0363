import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { newId } from '#platform/values.ts';

/** Beside a known customer: a second one to merge, one that is merged into it, and a further phone of it. */
export async function beside(db: Kysely<DB>, within: RawBuilder<unknown>, customerId: string) {
  const { rows } = await sql<{ id: string }>`
    select id from customer where ${within} and id <> ${customerId} and merged_into is null order by id limit 2`.execute(
    db,
  );
  const [other, gone] = rows;
  if (!other || !gone) throw new Error('the sample has too few customers');
  const by = { by_name: '박지민', at: new Date() };
  const mergeId = newId();
  await db
    .insertInto('customer_merge')
    .values({ id: mergeId, from_id: gone.id, into_id: customerId, reason: '같은 고객', ...by })
    .execute();
  await db.updateTable('customer').set({ merged_into: customerId }).where('id', '=', gone.id).execute();
  const identityId = newId();
  const phone = `010-0000-${identityId.slice(-4).replace(/[a-f]/g, '7')}`;
  await db
    .insertInto('customer_identity')
    .values({
      ...{ id: identityId, customer_id: customerId, kind: 'phone', value: phone, key: `${phone.replace(/\D/g, '')}` },
      ...{ added_by_name: '박지민', added_at: new Date() },
    })
    .onConflict((at) => at.doNothing())
    .execute();
  return { otherCustomerId: other.id, mergeId, identityId };
}
