import { expect, test } from 'vitest';
import { createRooms } from '#app/modules.ts';
import { openDatabase } from '#platform/db.ts';
import { addJob } from '#platform/jobs.ts';
import { migrate, readMigrations } from '#platform/migrate.ts';
import { dropDatabase, newDatabase } from '#platform/testing.ts';
import { askOn } from '#platform/testing-ask.ts';
import { runSql } from '#platform/testing-server.ts';
import { orders } from './contract.ts';
import { checkOrders } from './server/check-orders.ts';

const ID = '0193a5a0-7c00-7000-8000-000000000001';
const CANCELLED = '0193a5a0-7c00-7000-8000-000000000002';

/** Two orders as the release before events had them. */
const OLD = `
  insert into mall (id, name_ko, name_en, short_ko, link, default_centre, sort_no)
    values ('own', '자사몰', 'Own mall', '자사', 'full', 'own', 1);
  insert into sales_order (id, mall, mall_order_no, authority, ordered_at, paid_at, orderer_name, orderer_phone, receiver_name,
      receiver_phone, receiver_address, total_krw, summary, stage, created_at, updated_at)
    values ('${ID}', 'own', 'OLD-1', 'SELF', '2026-10-01', '2026-10-01', '김서연', '010-0000-1234', '이도윤', '010-0000-5678',
      '서울', 79600, 'A 외 2건', 'SHIPPED', '2026-10-01', '2026-10-03'),
    ('${CANCELLED}', 'own', 'OLD-2', 'SELF', '2026-10-01', '2026-10-01', '김서연', null, '김서연', null, null, 12000, 'A',
      'CANCELLED', '2026-10-01', '2026-10-02');
  insert into shipping_group (order_id, id, base_fee_krw, free_threshold_krw, paid_krw)
    values ('${ID}', 'g1', 3000, 50000, 0), ('${CANCELLED}', 'g1', 3000, 50000, 3000);
  insert into order_line (order_id, id, group_id, sku, name, list_price_krw, qty, inventory_type) values
    ('${ID}', 'A', 'g1', 'S1', 'A', 29900, 1, 'DIRECT'), ('${ID}', 'B', 'g1', 'S2', 'B', 15000, 2, 'DIRECT'),
    ('${ID}', 'C', 'g1', 'S3', 'C', 9900, 3, 'DIRECT'), ('${CANCELLED}', 'A', 'g1', 'S1', 'A', 9000, 1, 'DIRECT');
  insert into order_benefit (order_id, id, kind, name, amount_krw, line_ids)
    values ('${ID}', 'c1', 'ORDER_COUPON', '쿠폰', 10000, array['A', 'B', 'C']);
  insert into order_tender (order_id, id, kind, name, amount_krw) values ('${ID}', 't1', 'POINT', '적립금', 5000),
    ('${ID}', 't2', 'CARD', '신한카드', 74600), ('${CANCELLED}', 't1', 'CARD', '신한카드', 12000);
  insert into parcel (order_id, id, group_id, units, carrier, tracking_no, state, waybill_at, shipped_at) values
    ('${ID}', 'p1', 'g1', '[{"line": "A", "unitNos": [1]}, {"line": "B", "unitNos": [1, 2]}, {"line": "C", "unitNos": [1, 2, 3]}]',
      'kr.cjlogistics', '650000000001', 'SHIPPED', '2026-10-02', '2026-10-03');`;

test('orders of the release before events get theirs from the tables, by orders.adopt, with their money frozen', async () => {
  const config = await newDatabase({ empty: true });
  const before = readMigrations().filter(({ name }) => name < '20261125T1336');
  await migrate(config, { migrations: before });
  await runSql(config, OLD);
  await migrate(config);
  const database = openDatabase(config, { max: 4 });
  const { ask, withJobs } = askOn(database, createRooms());
  expect(await checkOrders(database.read)).toMatchObject({ checked: 2, without: 2, brokenOrders: 0 });
  await withJobs(async () => {
    await addJob(database.write, 'orders.adopt', {});
    await expect.poll(async () => (await checkOrders(database.read)).without, { timeout: 30_000 }).toBe(0);
  });
  expect(await checkOrders(database.read)).toEqual({ checked: 2, broken: [], brokenOrders: 0, without: 0, lost: 0 });
  const order = await ask(orders.operations.get, { id: ID });
  expect(order).toMatchObject({ stage: 'SHIPPED', total: 79_600, receiver: { same: false } });
  expect(order.units.map(({ net }) => net)).toEqual([26_563, 13_326, 13_326, 8_795, 8_795, 8_795]);
  expect((await ask(orders.operations.get, { id: CANCELLED })).stage).toBe('CANCELLED');
  await database.close();
  await dropDatabase(config);
});
