import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { MergedCells, type Merges, readMerges } from './merged-cells.ts';
import { SharedStrings } from './shared-strings.ts';
import { SheetParser, safeParser, stringParser } from './sheet-parser.ts';
import { MOST_ROWS, type OpenTable, TableFault, type TableRow } from './table.ts';

/** What one part of an archive may unpack to, and how many times its packed size beyond the first 32 MB. */
const MOST_PART = 4_000_000_000;
const FREE_BYTES = 32_000_000;
const MOST_RATIO = 200;
const MOST_ENTRIES = 2_000;

/** Opens a workbook; the archive stays on disk. Throws `TableFault`. */
export async function openXlsx(path: string): Promise<OpenTable> {
  const zip = await opened(path);
  const entries = await entriesOf(zip);
  const read = (name: string) => partOf(zip, entries, name);
  const book = await workbook(read);
  if (book.sheets.length === 0) throw new TableFault('not_a_table');
  const strings = new SharedStrings(`${path}.strings`);
  let loaded = false;
  const merges = new Map<string, Merges>();
  return {
    container: 'xlsx',
    date1904: book.date1904,
    async *rows(names) {
      const sheet = names.map((name) => book.sheets.find((it) => it.name === name)).find(Boolean) ?? book.sheets[0];
      if (!loaded)
        await parse(
          await read(book.strings),
          stringParser((text) => strings.add(text)),
        );
      loaded = true;
      const part = sheet?.part ?? '';
      const merged = merges.get(part) ?? (await readMerges(await read(part)));
      merges.set(part, merged);
      const cells = new MergedCells(merged);
      for await (const batch of sheetRows(await read(part), (index) => strings.get(index)))
        yield merged.length > 0 ? batch.map((row) => cells.fill(row)) : batch;
    },
    close: async () => {
      strings.close();
      zip.close();
    },
  };
}

async function opened(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true });
  } catch {
    throw new TableFault('not_a_table');
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MOST_ENTRIES) throw new TableFault('too_large', `${MOST_ENTRIES} parts`);
      entries.set(entry.fileName.replace(/^\//, ''), entry);
    }
  } catch (error) {
    throw error instanceof TableFault ? error : new TableFault('not_a_table');
  }
  return entries;
}

/** The bytes of a part, unpacked as they are read; a part that is not there is empty. */
async function partOf(zip: ZipFile, entries: ReadonlyMap<string, Entry>, name: string): Promise<AsyncIterable<Buffer>> {
  const entry = entries.get(name);
  if (!entry) return nothing();
  if (entry.uncompressedSize > MOST_PART || tooDense(entry.uncompressedSize, entry.compressedSize))
    throw new TableFault('too_large', name);
  try {
    return unpacked(await zip.openReadStreamPromise(entry), entry, name);
  } catch {
    // Its head lies outside of the archive, or it is packed in a way that nobody uses.
    throw new TableFault('not_a_table');
  }
}

async function* nothing(): AsyncGenerator<Buffer> {}

const tooDense = (size: number, packed: number): boolean => size > FREE_BYTES && size > packed * MOST_RATIO;

async function* unpacked(stream: Readable, entry: Entry, name: string): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for await (const part of stream) {
      size += (part as Buffer).length;
      // The directory of a hostile archive may tell less than it holds.
      if (size > MOST_PART || tooDense(size, entry.compressedSize)) throw new TableFault('too_large', name);
      yield part as Buffer;
    }
  } catch (error) {
    throw error instanceof TableFault ? error : new TableFault('not_a_table');
  } finally {
    stream.destroy();
  }
}

type Parser = { write: (text: string) => unknown; close: () => unknown };

async function parse(bytes: AsyncIterable<Buffer>, parser: Parser): Promise<void> {
  const decoder = new TextDecoder('utf-8');
  let any = false;
  for await (const part of bytes) {
    any = true;
    parser.write(decoder.decode(part, { stream: true }));
  }
  if (any) parser.close();
}

async function* sheetRows(bytes: AsyncIterable<Buffer>, shared: (index: number) => string): AsyncGenerator<TableRow[]> {
  const sheet = new SheetParser(shared);
  const decoder = new TextDecoder('utf-8');
  let count = 0;
  for await (const part of bytes) {
    sheet.parser.write(decoder.decode(part, { stream: true }));
    if (sheet.rows.length === 0) continue;
    count += sheet.rows.length;
    if (count > MOST_ROWS) throw new TableFault('too_large', `${MOST_ROWS - 1} rows`);
    yield sheet.rows;
    sheet.rows = [];
  }
  // Cut off in the middle: what came before looks whole and is not.
  if (count > 0 || sheet.rows.length > 0) sheet.parser.close();
  if (sheet.rows.length > 0) yield sheet.rows;
}

type Book = { sheets: { name: string; part: string }[]; strings: string; date1904: boolean };

async function workbook(read: (name: string) => Promise<AsyncIterable<Buffer>>): Promise<Book> {
  const found: { name: string; id: string }[] = [];
  const targets = new Map<string, string>();
  let date1904 = false;
  const book = safeParser();
  book.on('opentag', ({ name, attributes }) => {
    const it = attributes as Record<string, string>;
    if (name === 'workbookPr') date1904 = it.date1904 === '1' || it.date1904 === 'true';
    if (name === 'sheet') found.push({ name: it.name ?? '', id: it['r:id'] ?? '' });
  });
  await parse(await read('xl/workbook.xml'), book);
  const links = safeParser();
  links.on('opentag', ({ name, attributes }) => {
    const it = attributes as Record<string, string>;
    if (name === 'Relationship') targets.set(it.Id ?? '', pathOf(it.Target ?? ''));
  });
  await parse(await read('xl/_rels/workbook.xml.rels'), links);
  const sheets = found.flatMap(({ name, id }) => {
    const part = targets.get(id);
    return part ? [{ name, part }] : [];
  });
  const strings = [...targets.values()].find((target) => /sharedStrings\.xml$/i.test(target));
  return { sheets, strings: strings ?? 'xl/sharedStrings.xml', date1904 };
}

const pathOf = (target: string): string => (target.startsWith('/') ? target.slice(1) : `xl/${target}`);
