import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import officeCrypto from 'officecrypto-tool';
import { afterAll, expect, test } from 'vitest';
import * as xlsx from 'xlsx';
import { ZipFile } from 'yazl';
import { readMerges } from './merged-cells.ts';
import { openTable } from './open-table.ts';
import { SharedStrings } from './shared-strings.ts';
import { type TableCell, TableFault } from './table.ts';
import { writeXlsx } from './write-xlsx.ts';

const folder = mkdtempSync(join(tmpdir(), 'haedap-tables-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

async function read(
  bytes: Uint8Array | string,
  password?: string,
): Promise<{ container: string; rows: TableCell[][] }> {
  const path = join(folder, `file${count++}`);
  writeFileSync(path, bytes);
  const table = await openTable(path, password);
  try {
    const rows: TableCell[][] = [];
    for await (const batch of table.rows(['주문'])) for (const { no, cells } of batch) rows[no - 1] = cells;
    return { container: table.container, rows };
  } finally {
    await table.close();
  }
}
const fault = (work: Promise<unknown>) =>
  work.then(
    () => 'read',
    (error: unknown) => (error instanceof TableFault ? error.code : String(error)),
  );

async function* each<T>(rows: readonly T[]) {
  yield* rows;
}
const written = (rows: readonly string[][]) => buffer(Readable.from(writeXlsx('주문', each(rows))));

function zipped(parts: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream as Readable);
}
const workbook = (sheet: string | Buffer, more: Record<string, string> = {}) =>
  zipped({
    'xl/workbook.xml': '<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="주문" r:id="a"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<R><Relationship Id="a" Target="worksheets/s.xml"/><Relationship Id="b" Target="sharedStrings.xml"/></R>',
    'xl/worksheets/s.xml': sheet,
    ...more,
  } as Record<string, string | Buffer>);

const TABLE = [
  ['주문번호', '수량'],
  ['0001234567890123456', '2'],
  ['가 & <나>', ' 여백 '],
];

test('texts survive being written as a workbook and read again', async () => {
  expect(await read(await written(TABLE))).toEqual({ container: 'xlsx', rows: TABLE });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 4 }), {
        minLength: 1,
        maxLength: 4,
      }),
      async (rows) => {
        const clean = rows.map((row) =>
          row.map((cell) => cell.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '').replace(/\r\n?/g, '\n')),
        );
        const found = (await read(await written(rows))).rows.map((row) => row.map((cell) => cell ?? ''));
        expect(found).toEqual(clean);
      },
    ),
    { numRuns: 20 },
  );
});

test('a workbook gives the literal of numbers, formulas without value, errors, and texts of all three kinds', async () => {
  const sheet = `<worksheet><sheetData><row r="3"><c r="A3" t="s"><v>1</v></c><c r="C3"><v>2.5E9</v></c><c r="D3"><f>1+1</f></c><c r="E3"><f>1+1</f><v>2</v></c><c r="F3" t="e"><v>#N/A</v></c><c r="G3" t="inlineStr"><is><r><t>가</t></r><r><t>나</t></r></is></c><c r="H3" t="str"><f>A1</f><v>다</v></c></row></sheetData></worksheet>`;
  const strings = '<sst><si><t>x</t></si><si><r><t>한</t></r><rPh><t>han</t></rPh><r><t>글</t></r></si></sst>';
  const { rows } = await read(await workbook(sheet, { 'xl/sharedStrings.xml': strings }));
  expect(rows[2]).toEqual([
    '한글',
    undefined,
    { number: '2.5E9' },
    { formula: true },
    { number: '2' },
    { error: '#N/A' },
    '가나',
    '다',
  ]);
});

test('a cell merged over rows stands beside the rows below it, in .xlsx, old .xls and HTML; one merged sideways does not', async () => {
  const aboves = async (bytes: Uint8Array | string) => {
    const path = join(folder, `file${count++}`);
    writeFileSync(path, bytes);
    const table = await openTable(path);
    const found: (TableCell[] | undefined)[] = [];
    for await (const batch of table.rows(['주문'])) for (const { above } of batch) found.push(above && [...above]);
    await table.close();
    return found;
  };
  const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const rows = [1, 2, 3, 4].map(
    (no) => `<row r="${no}">${no === 2 ? cell('B2', '주문') : ''}${cell(`C${no}`, 'x')}</row>`,
  );
  const sheet = `<worksheet><sheetData>${rows.join('')}</sheetData><mergeCells count="2"><mergeCell ref="C1:D1"/><mergeCell ref="B2:B3"/></mergeCells></worksheet>`;
  const merged = [undefined, undefined, [undefined, '주문'], undefined];
  expect(await aboves(await workbook(sheet))).toEqual(merged);
  const book = xlsx.utils.book_new();
  const old = xlsx.utils.aoa_to_sheet([
    ['a', 'b'],
    ['', '주문'],
    ['c', ''],
    ['d', 'e'],
  ]);
  old['!merges'] = [{ s: { r: 1, c: 1 }, e: { r: 2, c: 1 } }];
  xlsx.utils.book_append_sheet(book, old, '주문');
  expect(await aboves(xlsx.write(book, { bookType: 'biff8', type: 'buffer' }))).toEqual(merged);
  const html =
    '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td rowspan="2">주문</td></tr><tr><td>d</td></tr></table>';
  expect(await aboves(html)).toEqual([undefined, undefined, [undefined, '주문']]);
});

test('merges are found wherever the parts of a sheet cut it, and hostile ones are left out', async () => {
  const sheet = `<sheetData/><x:mergeCells><x:mergeCell ref="A2:A3"/><mergeCell  ref='AB10:AC1000'/><mergeCell ref="A0:A9"/><mergeCell ref="ZZZ1:ZZZ2"/><mergeCell ref="A9:A2"/></x:mergeCells>`;
  const whole = await readMerges(each([Buffer.from(sheet)]));
  expect(whole).toHaveLength(2);
  for (const size of [1, 7, 40])
    expect(
      await readMerges(each(sheet.match(new RegExp(`.{1,${size}}`, 'g'))!.map((part) => Buffer.from(part)))),
    ).toEqual(whole);
});

test('CSV is read whatever its line ends, quotes and encoding', async () => {
  expect((await read('\ufeffa,"b ""q"", \n2",c\r\n="0012",,x')).rows).toEqual([
    ['a', 'b "q", \n2', 'c'],
    ['0012', '', 'x'],
  ]);
  expect((await read('a\tb\n1,5\t2\n')).rows).toEqual([
    ['a', 'b'],
    ['1,5', '2'],
  ]);
  const cp949 = Buffer.from([0xc1, 0xd6, 0xb9, 0xae, 0x2c, 0xbc, 0xf6, 0xb7, 0xae, 0x0a, 0x31, 0x2c, 0x32]);
  expect((await read(cp949)).rows).toEqual([
    ['주문', '수량'],
    ['1', '2'],
  ]);
  expect((await read(Buffer.from('\ufeff주문\t수량\n1\t2', 'utf16le'))).rows).toEqual([
    ['주문', '수량'],
    ['1', '2'],
  ]);
  const field = fc.string({ unit: fc.constantFrom('a', '가', '"', ',', ' ', '\n', '1') });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      async (rows) => {
        const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        expect((await read(`h,h,h\r\n${text}`)).rows.slice(1)).toEqual(rows);
      },
    ),
    { numRuns: 30 },
  );
});

test('old .xls and HTML tables are read as text, whatever their name', async () => {
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(
    book,
    xlsx.utils.aoa_to_sheet([
      ['주문번호', '수량'],
      ['00123', 2],
    ]),
    '주문',
  );
  const biff = xlsx.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer;
  expect(await read(biff)).toEqual({
    container: 'xls',
    rows: [
      ['주문번호', '수량'],
      ['00123', { number: '2' }],
    ],
  });
  const html =
    '<html><meta charset="utf-8"><table><tr><td>주문번호</td><td>수량</td></tr><tr><td>00123</td><td>2</td></tr></table>';
  expect(await read(html)).toEqual({
    container: 'html',
    rows: [
      ['주문번호', '수량'],
      ['00123', '2'],
    ],
  });
});

test('an encrypted workbook asks for its password, tells a wrong one, and opens by the right one', async () => {
  const locked = officeCrypto.encrypt(await written(TABLE), { password: '1234' });
  expect(await fault(read(locked))).toBe('password_needed');
  expect(await fault(read(locked, '0000'))).toBe('bad_password');
  expect((await read(locked, '1234')).rows).toEqual(TABLE);
}, 240_000);

test('what explodes, lies or is broken is refused by its name, and nothing is read', async () => {
  const bomb = Buffer.alloc(60_000_000, '<row><c><v>1</v></c></row>');
  expect(await fault(read(await workbook(bomb)))).toBe('too_large');
  expect(
    await fault(
      read(
        await workbook('<!DOCTYPE x [<!ENTITY a "aa">]><worksheet><row><c t="str"><v>&a;</v></c></row></worksheet>'),
      ),
    ),
  ).toBe('too_large');
  const good = await written(TABLE);
  expect(await fault(read(good.subarray(0, good.length - 200)))).toBe('not_a_table');
  expect(await fault(read(await workbook('<worksheet><sheetData><row r="1"><c><v>1</v></c></row><row')))).toBe(
    'not_a_table',
  );
  expect(await fault(read(await zipped({ 'word/document.xml': '<a/>' })))).toBe('not_a_table');
  expect(await fault(read(Buffer.from('89504e470d0a1a0a0000000d', 'hex')))).toBe('not_a_table');
  expect(await fault(read('<html><p>로그인하세요</p>'))).toBe('not_a_table');
  expect(await fault(read(''))).toBe('not_a_table');
  expect(await fault(read(`a,b\n1,"never closed`))).toBe('not_a_table');
});

test('a file with any bytes changed is read or refused, never a crash', async () => {
  const good = await written(TABLE);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 12 }), async (changes) => {
      const bytes = Buffer.from(good);
      for (const [at, byte] of changes) bytes[at] = byte;
      expect(['read', 'not_a_table', 'too_large', 'password_needed']).toContain(await fault(read(bytes)));
    }),
    { numRuns: 150 },
  );
});

test('the texts of a large workbook spill to a file and come back, in any order', () => {
  const strings = new SharedStrings(join(folder, 'strings'));
  const text = (n: number) => `${n} ${'가나다라마바사아자차'.repeat(20)}`;
  const count = 60_000;
  for (let n = 0; n < count; n++) strings.add(text(n));
  expect(statSync(join(folder, 'strings')).size).toBeGreaterThan(5_000_000);
  for (let n = 0; n < count; n += 997) expect(strings.get(n)).toBe(text(n));
  for (const n of [count - 1, 0, 31_000, 511, 512]) expect(strings.get(n)).toBe(text(n));
  expect(strings.get(count)).toBe('');
  strings.close();
  expect(existsSync(join(folder, 'strings'))).toBe(false);
});

test('the 8,822 syllables that CP949 adds to EUC-KR are read, in CSV of any length and in HTML', async () => {
  const names = ['똠방각하', '뷁', '펲시', '햏'];
  const csv = `이름,수량\n${Array.from({ length: 20_000 }, (_, i) => `${names[i % 4]}${i},1`).join('\n')}`;
  const { rows } = await read(iconv.encode(csv, 'cp949'));
  expect(rows).toHaveLength(20_001);
  expect(rows.slice(1).every(([name], i) => name === `${names[i % 4]}${i}`)).toBe(true);
  const html = `<html><table><tr><td>이름</td></tr><tr><td>똠방각하</td></tr></table></html>`;
  expect((await read(iconv.encode(html, 'cp949'))).rows).toEqual([['이름'], ['똠방각하']]);
});
