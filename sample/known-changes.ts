import { type Kysely, sql } from 'kysely';
import { openBook, readIncoming } from '#orders/rules/incoming.ts';
import { writeOrders } from '#orders/server/event-store.ts';
import type { DB } from '#platform/db.gen.ts';
import { newId } from '#platform/values.ts';

/** A paid order of ours with a partner's goods, and two changes of it that wait for the partner's yes. */
export async function changesWithin(db: Kysely<DB>, mall: string, partnerId: string, askedBy: string) {
  const changeableOrderId = newId();
  const { rows } = await sql<{ id: string; sku: string; name: string; option: string | null; price: number }>`
    select id, sku, name, option_text as option, list_price_krw as price from product
    where partner_id = ${partnerId} order by id limit 1`.execute(db);
  const product = rows[0];
  if (!product) throw new Error('the sample has a partner without goods');
  const now = Date.now();
  const at = new Date(now - 60_000).toISOString();
  const line = { id: 'A', group: 'g1', sku: product.sku, name: product.name, optionText: product.option };
  const order = {
    ...{ mall, authority: 'SELF', mallOrderNo: `C-${changeableOrderId}`, orderedAt: at, paidAt: at },
    customer: { name: '남궁가온', phone: '010-0000-1000' },
    receiver: { name: '남궁가온', phone: '010-0000-1000', address: '서울 중구 세종대로 110' },
    groups: [{ id: 'g1', baseFee: 3_000, freeThreshold: null, paid: 3_000, returnFee: 3_000, exchangeFee: 6_000 }],
    lines: [{ ...line, listPrice: product.price, qty: 1, inventoryType: 'CONSIGN', partner: partnerId }],
    tenders: [{ id: 't1', kind: 'CARD', amount: product.price + 3_000 }],
  };
  const { reads, rejected } = readIncoming([order], new Set([mall]));
  if (!reads[0]) throw new Error(JSON.stringify(rejected));
  for (const row of reads[0].order.lines) row.product = product.id;
  const { book, events } = openBook(reads[0], null, now);
  await writeOrders(db, [{ id: changeableOrderId, book, events }], { actor: 'system', causation: null }, true);
  const waiting = (kind: string, after: object) => ({
    ...{ id: newId(), order_id: changeableOrderId, kind, state: 'ASKED', after: JSON.stringify(after) },
    ...{ partner_ids: [partnerId], needs: [partnerId], wisher: 'customer', reason: '고객 요청' },
    ...{ asked_by: askedBy, asked_by_name: '박지민', asked_at: new Date(now) },
  });
  const changes = [waiting('HOLD', { held: '고객 요청' }), waiting('DATE', { on: '2099-01-02' })];
  await db.insertInto('order_change').values(changes).execute();
  return { changeableOrderId, changeId: changes[0]!.id, closingChangeId: changes[1]!.id };
}
