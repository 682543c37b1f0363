import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import officeCrypto from 'officecrypto-tool';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { utils, write } from 'xlsx';
import { testWorld, type World } from '#app/testing-world.ts';
import { actorWith } from '#platform/actors.ts';
import { pause } from '#platform/leader.ts';
import { newId } from '#platform/values.ts';
import { orders } from './contract.ts';
import { openTable } from './server/import/open-table.ts';
import { writeXlsx } from './server/import/write-xlsx.ts';

const ops = orders.operations;
let world: World;
const manager = actorWith('manager', {}, newId());
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.database.close());

const HEADS = [
  '주문 ID',
  '행',
  '주문 날짜',
  '결제 날짜',
  '제품',
  '제품코드',
  '개수',
  '단가',
  '배송 요금',
  '받는 분',
  '송장',
];
const MAPPING = {
  ...{ orderNo: '주문 ID', lineId: '행', orderedAt: '주문 날짜', paidAt: '결제 날짜', name: '제품', sku: '제품코드' },
  ...{ qty: '개수', price: '단가', fee: '배송 요금', receiverName: '받는 분', trackingNo: '송장' },
};
const line = (order: string, at: string, qty = '1', tracking = '') => [
  ...[order, at, '2026-11-01 10:00', '2026-11-01 10:01', '니트', 'SKU-1', qty, '29900', '3000', '김서연', tracking],
];

async function* each<T>(rows: readonly T[]) {
  yield* rows;
}
const csv = (rows: readonly (readonly string[])[]) => Buffer.from(rows.map((row) => row.join(',')).join('\n'));
const xlsx = (rows: readonly (readonly string[])[]) => buffer(Readable.from(writeXlsx('주문', each(rows))));

async function send(bytes: Buffer, actor = manager): Promise<string> {
  const { id, partBytes } = await world.ask(ops.beginImport, { name: '주문.xlsx', bytes: bytes.length }, actor);
  for (let part = 0; part * partBytes < bytes.length; part++) {
    const content = bytes.subarray(part * partBytes, (part + 1) * partBytes).toString('base64');
    await world.ask(ops.addImportPart, { import: id, part, content }, actor);
  }
  return id;
}

/** Runs jobs until no job works on the import any more. */
async function settled(id: string, actor = manager) {
  for (let wait = 0; wait < 2_400; wait++) {
    const it = await world.ask(ops.getImport, { import: id }, actor);
    if (it.state !== 'checking' && it.state !== 'importing') return it;
    await pause(50, new AbortController().signal);
  }
  throw new Error('the job did not end');
}

async function checked(id: string, more: object = {}, actor = manager) {
  await world.ask(ops.checkImport, { import: id, ...more }, actor);
  return settled(id, actor);
}
const rowsOf = async (id: string, outcome: 'new' | 'changed' | 'unchanged' | 'rejected') =>
  (await world.ask(ops.listImportRows, { import: id, outcome, limit: 100 }, manager)).items;

test('orders.beginImport … orders.startImport: a file is sent, mapped, checked and imported; the second time nothing changes', async () => {
  await world.withJobs(async () => {
    const file = csv([
      HEADS,
      line('N-1', '1'),
      line('N-1', '2'),
      line('N-2', '1'),
      line('N-3', '1', '0'),
      line('N-3', '2'),
    ]);
    const id = await send(file);
    const asked = await checked(id);
    expect(asked).toMatchObject({ state: 'needs_choice', problem: { code: 'unknown_format' }, headings: HEADS });
    expect(asked.mapping).toMatchObject({ orderNo: '주문 ID', qty: '개수', price: '단가' });
    const it = await checked(id, { mapping: MAPPING, mall: 'own' });
    expect(it).toMatchObject({
      state: 'checked',
      counts: { rows: 5, new: 2, changed: 0, unchanged: 0, rejectedRows: 2 },
    });
    expect((await rowsOf(id, 'rejected')).map(({ rows, reason }) => [rows, reason?.code])).toEqual([
      [[5], 'bad_quantity'],
      [[6], 'order_incomplete'],
    ]);
    expect((await rowsOf(id, 'new')).map(({ mallOrderNo }) => mallOrderNo)).toEqual(['N-1', 'N-2']);
    await world.ask(ops.startImport, { import: id }, manager);
    expect(await settled(id)).toMatchObject({ state: 'done', counts: { created: 2, updated: 0, rejectedRows: 2 } });
    expect((await world.ask(ops.search, { orderNo: 'N-1' }, manager)).items).toHaveLength(1);
    expect((await world.ask(ops.search, { orderNo: 'N-3' }, manager)).items).toEqual([]);

    // The mapping is remembered for these headings, whatever their order in the file.
    const turned = [HEADS, line('N-1', '1'), line('N-1', '2'), line('N-2', '1')].map((row) => row.toReversed());
    const again = await checked(await send(csv(turned)));
    expect(again).toMatchObject({ state: 'checked', mall: 'own', counts: { new: 0, changed: 0, unchanged: 2 } });
    const shipped = await send(await xlsx([HEADS, line('N-2', '1', '1', '900012345678')]));
    expect(await checked(shipped)).toMatchObject({ state: 'checked', container: 'xlsx', counts: { changed: 1 } });
    expect((await rowsOf(shipped, 'changed'))[0]?.changes).toEqual([
      { field: 'trackingNo', before: null, after: '900012345678' },
    ]);
  });
});

test('orders.readImportFailures: the failed rows with their reasons, inert, as a workbook that can be sent again', async () => {
  await world.withJobs(async () => {
    const bad = line('F-1', '1', '0');
    bad[4] = '=cmd()';
    const id = await send(csv([HEADS, bad, line('F-2', '1')]));
    await checked(id, { mapping: MAPPING, mall: 'own' });
    const { name, content, next } = await world.ask(ops.readImportFailures, { import: id }, manager);
    expect([name, next]).toEqual(['주문_등록하지못한행.xlsx', null]);
    const { writeFileSync, mkdtempSync } = await import('node:fs');
    const path = `${mkdtempSync('/tmp/haedap-test-')}/f`;
    writeFileSync(path, Buffer.from(content, 'base64'));
    const table = await openTable(path);
    const rows: unknown[] = [];
    for await (const batch of table.rows([])) rows.push(...batch.map(({ cells }) => cells));
    await table.close();
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual([...HEADS, '등록하지 못한 이유']);
    expect((rows[1] as string[])[4]).toBe("'=cmd()");
    expect((rows[1] as string[]).at(-1)).toContain('수량');
    const clean = await send(csv([HEADS, line('F-3', '1')]));
    await checked(clean, { mapping: MAPPING, mall: 'own' });
    expect(await world.refused(ops.readImportFailures, { import: clean }, manager)).toEqual({
      status: 409,
      code: 'no_failures',
    });
  });
});

test('orders.checkImport: an encrypted file asks for its password, which is kept nowhere', async () => {
  // Encrypting blocks this thread, which would also run the jobs; the weaker kind takes a tenth of the time.
  const plain = await xlsx([HEADS, line('P-1', '1')]);
  const locked = officeCrypto.encrypt(plain, { password: 'sesame-77', type: 'standard' });
  await world.withJobs(async () => {
    const id = await send(locked);
    const refused = (password?: string) =>
      world.refused(ops.checkImport, { import: id, ...(password ? { password } : {}) }, manager);
    expect(await refused()).toEqual({ status: 409, code: 'password_needed' });
    expect(await refused('wrong')).toEqual({ status: 409, code: 'bad_password' });
    expect(await checked(id, { password: 'sesame-77', mapping: MAPPING, mall: 'own' })).toMatchObject({
      counts: { new: 1 },
    });
    for (const table of ['audit_record', 'job_run', 'order_import', 'outbox', 'idempotency_key'] as const) {
      const kept = JSON.stringify(await world.database.write.selectFrom(table).selectAll().execute());
      expect([table, kept.includes('sesame-77')]).toEqual([table, false]);
    }
  });
}, 240_000);

test('orders.addImportPart, orders.getImport, orders.listImportRows: an import is its own person’s, within their malls', async () => {
  await world.withJobs(async () => {
    const id = await send(csv([HEADS, line('S-1', '1')]));
    const other = actorWith('manager', {}, newId());
    for (const [op, input] of [
      [ops.getImport, {}],
      [ops.listImportRows, {}],
      [ops.startImport, {}],
      [ops.checkImport, {}],
      [ops.addImportPart, { part: 0, content: 'YQ==' }],
    ] as const)
      expect(await world.execute(op.name, { import: id, ...input }, other)).toMatchObject({ status: 404 });
    const outside = actorWith('manager', { malls: ['11st'] }, newId());
    const theirs = await send(csv([HEADS, line('S-1', '1')]), outside);
    await checked(theirs, { mapping: MAPPING, mall: 'own' }, outside);
    const { items } = await world.ask(ops.listImportRows, { import: theirs }, outside);
    expect(items.map(({ reason }) => reason?.code)).toEqual(['mall_not_allowed']);
    const photo = await send(Buffer.from('89504e470d0a1a0a0000000d', 'hex'));
    expect(await checked(photo)).toMatchObject({ state: 'failed', problem: { code: 'not_a_table' } });
    expect(await world.refused(ops.startImport, { import: photo }, manager)).toEqual({
      status: 409,
      code: 'wrong_state',
    });
  });
});

test('orders.beginImport: a file of a million rows may be sent to its last part', async () => {
  const bytes = 600_000_000;
  const { id, partBytes } = await world.ask(ops.beginImport, { name: '주문.csv', bytes }, manager);
  const last = Math.ceil(bytes / partBytes) - 1;
  await world.ask(ops.addImportPart, { import: id, part: last, content: 'YQ==' }, manager);
  expect(
    (await world.execute(ops.addImportPart.name, { import: id, part: last + 2, content: 'YQ==' }, manager)).status,
  ).toBe(400);
});

test('orders.checkImport: an order whose number and recipient are merged over its rows comes in whole', async () => {
  const sheet = utils.aoa_to_sheet([
    HEADS,
    line('M-1', '1'),
    ['', '2', '', '', '모자', 'SKU-2', '1', '9900', '3000', '', ''],
  ]);
  sheet['!merges'] = [0, 2, 3, 9].map((c) => ({ s: { r: 1, c }, e: { r: 2, c } }));
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '주문');
  await world.withJobs(async () => {
    const id = await send(write(book, { type: 'buffer', bookType: 'xlsx' }));
    expect(await checked(id, { mapping: MAPPING, mall: 'own' })).toMatchObject({ counts: { new: 1, rejectedRows: 0 } });
    expect((await rowsOf(id, 'new')).map(({ rows }) => rows)).toEqual([[2, 3]]);
  });
});

test('orders.cancelImport: a check that waits or runs stops, and can be asked for again', async () => {
  const rows = Array.from({ length: 30_000 }, (_, n) => line(`C-${n}`, '1'));
  const id = await send(csv([HEADS, ...rows]));
  await world.ask(ops.checkImport, { import: id, mapping: MAPPING, mall: 'own' }, manager);
  expect(await world.ask(ops.cancelImport, { import: id }, manager)).toEqual({ asked: true });
  expect(await world.ask(ops.getImport, { import: id }, manager)).toMatchObject({ state: 'uploading' });
  await world.withJobs(async () => {
    await world.ask(ops.checkImport, { import: id, mapping: MAPPING, mall: 'own' }, manager);
    for (let share = 0; share === 0; ) share = (await world.ask(ops.getImport, { import: id }, manager)).progress ?? 1;
    await world.ask(ops.cancelImport, { import: id }, manager);
    expect(await settled(id)).toMatchObject({ state: 'uploading' });
    expect(await world.ask(ops.cancelImport, { import: id }, manager)).toEqual({ asked: false });
  });
  const left = await world.database.write.selectFrom('order_import_row').select('row_no').limit(1).execute();
  expect(left).toEqual([]);
});

test('orders.fileRows: columns that no field reads stay with the order, the newest file’s in the place of earlier ones', async () => {
  await world.withJobs(async () => {
    const heads = [...HEADS, '정산예정금액', '구매자 아이디'];
    const sendRows = async (more: string[], tracking = '') => {
      const id = await send(csv([heads, [...line('F-1', '1', '1', tracking), ...more]]));
      await checked(id, { mapping: MAPPING, mall: 'own' });
      await world.ask(ops.startImport, { import: id }, manager);
      return settled(id);
    };
    expect(await sendRows(['27100', 'kim123'])).toMatchObject({ state: 'done', counts: { created: 1 } });
    const { items } = await world.ask(ops.list, { mall: 'own', limit: 100 }, manager);
    const order = items.find(({ mallOrderNo }) => mallOrderNo === 'F-1')?.id as string;
    expect(await world.ask(ops.fileRows, { id: order }, manager)).toMatchObject({
      file: '주문.xlsx',
      rows: [{ no: 2, cells: { 정산예정금액: '27100', '구매자 아이디': '***' } }],
    });
    expect(await sendRows(['26000', ''], '655512345678')).toMatchObject({ counts: { updated: 1 } });
    const { rows } = await world.ask(ops.fileRows, { id: order }, manager);
    expect(rows).toEqual([{ no: 2, cells: { 정산예정금액: '26000' } }]);
    expect(await world.ask(ops.fileRows, { id: world.order }, manager)).toEqual({ file: null, at: null, rows: [] });
  });
});
