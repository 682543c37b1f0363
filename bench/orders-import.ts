/**
 * `orders.import` in batches of 500 through the whole pipeline, beside a bare COPY of the very rows that it wrote into
 * tables with the same indexes, in the same run. Goal (issue 5): at most 6 times.
 *
 *   node bench/orders-import.ts [--orders 100000]
 *
 * A PostgreSQL of its own in a temporary folder. Core time is that of
 * this process and of PostgreSQL together.
 */
import { parseArgs } from 'node:util';
import { createRooms } from '#app/modules.ts';
import { orders } from '#orders/contract.ts';
import { SYSTEM } from '#platform/actors.ts';
import { openDatabase } from '#platform/db.ts';
import { migrate } from '#platform/migrate.ts';
import { createPipeline } from '#platform/pipeline.ts';
import { createRegistry } from '#platform/registry.ts';
import { temporaryServer } from '#platform/testing-server.ts';
import { newId } from '#platform/values.ts';
import { bareCopy, postgresCore, type Spent } from './bare-copy.ts';

const { values } = parseArgs({ options: { orders: { type: 'string', default: '100000' } } });
const COUNT = Number(values.orders);
const BATCH = 500;

/** Two lines, a coupon, two tenders and a parcel; four customers of five order for the first time. */
function orderOf(n: number) {
  const who = n % 5 === 0 ? n % 100 : n;
  const phone = `010-${String(1 + (who % 1999)).padStart(4, '0')}-${String(Math.floor(who / 1999)).padStart(4, '0')}`;
  const sku = (k: number) => `SKU-${(n * 7 + k) % 3000}`;
  return {
    ...{ mall: 'own', mallOrderNo: `20261101-${String(n).padStart(8, '0')}`, orderedAt: '2026-11-01T10:00:00+09:00' },
    paidAt: '2026-11-01T10:00:10+09:00',
    customer: { name: `김고객${who}`, phone, email: `c${who}@example.com` },
    receiver: { name: `김고객${who}`, phone, postcode: '00123', address: `서울 중구 새길 ${n}`, memo: '문 앞' },
    groups: [{ id: 'g1', baseFee: 3_000, freeThreshold: 50_000, paid: 3_000, returnFee: 3_000, exchangeFee: 6_000 }],
    lines: [
      { id: 'A', group: 'g1', sku: sku(1), name: `상품 ${sku(1)}`, listPrice: 19_900, qty: 1, partner: `P${n % 60}` },
      { id: 'B', group: 'g1', sku: sku(2), name: `상품 ${sku(2)}`, listPrice: 9_900, qty: 2 },
    ],
    benefits: [{ id: 'c1', kind: 'ORDER_COUPON', amount: 3_000, lines: ['A', 'B'] }],
    tenders: [
      { id: 't1', kind: 'POINT', amount: 1_000 },
      { id: 't2', kind: 'CARD', amount: 38_700 },
    ],
    parcels: [
      {
        id: 'p1',
        units: [
          { line: 'A', unitNos: [1] },
          { line: 'B', unitNos: [1, 2] },
        ],
        ...{ carrier: 'kr.cjlogistics', trackingNo: `65${String(n).padStart(10, '0')}` },
        waybillAt: '2026-11-02T15:00:00+09:00',
      },
    ],
  };
}

const server = await temporaryServer('bench orders-import');
await migrate(server.config);
const database = openDatabase(server.config);
try {
  await database.pool.query(`insert into mall (id, name_ko, name_en, short_ko, link, default_centre, sort_no)
    values ('own', '자사몰', 'Own mall', '자사', 'full', 'own', 1)`);
  const pipeline = createPipeline({ database, registry: createRegistry(createRooms()) });
  const cpu = process.cpuUsage();
  const postgres = await postgresCore(database);
  const before = postgres();
  const began = performance.now();
  for (let n = 0; n < COUNT; n += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, COUNT - n) }, (_, i) => orderOf(n + i));
    const call = { operation: orders.operations.import.name, input: { orders: batch }, actor: SYSTEM };
    const { status, body } = await pipeline.execute({ ...call, language: 'ko', requestId: newId() });
    if (status !== 200 || (body as { created: number }).created !== batch.length) throw new Error(JSON.stringify(body));
  }
  const imported = { seconds: (performance.now() - began) / 1_000, core: postgres() - before };
  const { user, system } = process.cpuUsage(cpu);
  imported.core += (user + system) / 1e6;
  const copied = await bareCopy(database);
  const tell = ({ seconds, core }: Spent) => `${seconds.toFixed(1)} s (${core.toFixed(1)} s of cores)`;
  console.log(
    `${COUNT} orders: import ${tell(imported)}, bare COPY of what it wrote ${tell(copied)}: ${(imported.seconds / copied.seconds).toFixed(2)} times (goal 6), by core time ${(imported.core / copied.core).toFixed(2)}`,
  );
} finally {
  await database.close();
  await server.stop();
}
