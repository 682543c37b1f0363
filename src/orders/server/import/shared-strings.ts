import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';

const PAGE = 512;
const PAGES_DECODED = 128;
/** Above it pages go to a file beside the workbook: a million orders have some hundred MB of different texts. */
const IN_MEMORY = 24_000_000;

type Page = { bytes: Buffer } | { at: number; length: number };

/** The texts of a workbook, by number. Cells name them mostly in their order, so that few pages are decoded twice. */
export class SharedStrings {
  private readonly pages: Page[] = [];
  private readonly decoded = new Map<number, string[]>();
  private open: string[] = [];
  private held = 0;
  private written = 0;
  private file: number | null = null;
  private readonly path: string;
  constructor(path: string) {
    this.path = path;
  }

  add(text: string): void {
    this.open.push(text);
    if (this.open.length === PAGE) this.flush();
  }

  private flush(): void {
    const bytes = Buffer.from(this.open.join('\u0000'));
    this.open = [];
    if (this.held + bytes.length <= IN_MEMORY) {
      this.held += bytes.length;
      this.pages.push({ bytes });
      return;
    }
    this.file ??= openSync(this.path, 'w+', 0o600);
    writeSync(this.file, bytes, 0, bytes.length, this.written);
    this.pages.push({ at: this.written, length: bytes.length });
    this.written += bytes.length;
  }

  get(index: number): string {
    const number = Math.floor(index / PAGE);
    if (number === this.pages.length) return this.open[index % PAGE] ?? '';
    const page = this.decoded.get(number) ?? this.decode(number);
    return page[index % PAGE] ?? '';
  }

  private decode(number: number): string[] {
    const page = this.pages[number];
    if (!page) return [];
    const texts = bytesOf(page, this.file).toString('utf8').split('\u0000');
    if (this.decoded.size >= PAGES_DECODED) this.decoded.delete(this.decoded.keys().next().value ?? 0);
    this.decoded.set(number, texts);
    return texts;
  }

  close(): void {
    if (this.file === null) return;
    closeSync(this.file);
    this.file = null;
    rmSync(this.path, { force: true });
  }
}

function bytesOf(page: Page, file: number | null): Buffer {
  if ('bytes' in page) return page.bytes;
  const bytes = Buffer.alloc(page.length);
  if (file !== null) readSync(file, bytes, 0, page.length, page.at);
  return bytes;
}
