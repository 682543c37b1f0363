import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { newId } from '#platform/values.ts';

/** Beside a known customer: a second one to merge, one that is merged into it, and a further phone of it. */
export async function beside(db: Kysely<DB>, within: RawBuilder<unknown>, customerId: string) {
  const { rows } = await sql<{ id: string }>`
    select id from customer where ${within} and id <> ${customerId} and merged_into is null order by id limit 5`.execute(
    db,
  );
  const [other, gone, warned, asked, held] = rows;
  if (!other || !gone || !warned || !asked || !held) throw new Error('the sample has too few customers');
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
  // Of an earlier round of examples.
  await sql`delete from conduct_block where customer_id = any(${[warned.id, asked.id, held.id]}::uuid[])`.execute(db);
  await warn(db, warned.id);
  return {
    ...{ otherCustomerId: other.id, mergeId, identityId, warnedCustomerId: warned.id },
    conductStepId: await warn(db, customerId),
    askedBlockId: await block(db, asked.id, 'asked'),
    heldBlockId: await block(db, held.id, 'blocked'),
  };
}

async function warn(db: Kysely<DB>, customerId: string): Promise<string> {
  const id = newId();
  await db
    .insertInto('conduct_step')
    .values({
      ...{ id, customer_id: customerId, kind: 'threat', step: 'final', said: '찾아가겠다고 말함' },
      ...{ by_name: '박지민', at: new Date() },
    })
    .execute();
  return id;
}

async function block(db: Kysely<DB>, customerId: string, state: 'asked' | 'blocked'): Promise<string> {
  const id = newId();
  await db
    .insertInto('conduct_block')
    .values({
      ...{ id, customer_id: customerId, state, reason: '최종 경고 뒤에도 폭언이 이어짐' },
      ...{ asked_by_name: '박지민', asked_at: new Date() },
    })
    .onConflict((at) => at.doNothing())
    .execute();
  return id;
}
