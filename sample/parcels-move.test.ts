import { expect, test } from 'vitest';
import { ordersRoom } from '#orders/server/index.ts';
import { SYSTEM } from '#platform/actors.ts';
import type { JobContext } from '#platform/context.ts';
import { scopedDb } from '#platform/scope.ts';
import { testDatabase } from '#platform/testing.ts';
import { askOn } from '#platform/testing-ask.ts';
import { newId } from '#platform/values.ts';
import { createRooms } from '../src/app/modules.ts';
import { loadSample } from './load.ts';
import { moveParcels, nextMove } from './parcels-move.ts';

const DAY = 86_400_000;

test('parcels of the sample move on with the time until they have arrived', async () => {
  const db = await testDatabase();
  const now = new Date();
  await loadSample({ db, scale: 0.02, seed: 1, now, password: 'only-for-this-test' });
  const ctx = { db: db.write, scoped: scopedDb(db.write, 'everything'), now };
  await ordersRoom.jobs['orders.watchDeliveries']!(ctx as unknown as JobContext, {});
  const { execute } = askOn(db, createRooms());
  const record = async (input: object) =>
    expect(await execute('orders.recordTracking', input, SYSTEM)).toMatchObject({ status: 200, body: { recorded: 1 } });
  const open = async () => (await db.read.selectFrom('delivery').select('order_id').execute()).length;
  const before = await open();
  expect(before).toBeGreaterThan(5);
  expect(await moveParcels(db, record, new Date(now.getTime() - DAY))).toBe(0);
  for (let day = 0; day <= 12; day++) while (await moveParcels(db, record, new Date(now.getTime() + day * DAY)));
  expect(await open()).toBe(0);
  await db.close();
});

test('a parcel moves the same way whenever it is asked', () => {
  const at = new Date('2026-11-24T01:00:00Z');
  const parcel = { order_id: newId(), parcel_id: 'p1', tracking_no: '650000000001', region: '서울', waybill_at: at };
  const fresh = { ...parcel, last_kind: null, last_place: null, last_at: null };
  expect(nextMove(fresh)).toEqual(nextMove(fresh));
  expect(nextMove(fresh)).toMatchObject({ status: 'AT_PICKUP' });
  expect(nextMove({ ...fresh, last_kind: 'attempt_failed', last_at: at })).toBeNull();
});
