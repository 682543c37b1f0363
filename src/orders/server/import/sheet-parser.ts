import { SaxesParser } from 'saxes';
import { MOST_CELL, MOST_COLUMNS, MOST_ROWS, type TableCell, TableFault, type TableRow } from './table.ts';

/** Texts of `<si>` in sharedStrings.xml, or of anything else that holds `<t>`; phonetic readings are left out. */
export function stringParser(add: (text: string) => void): SaxesParser {
  const parser = safeParser();
  let text = '';
  let inside = false;
  let phonetic = false;
  parser.on('opentag', ({ name }) => {
    if (name === 'si') text = '';
    else if (name === 'rPh') phonetic = true;
    else if (name === 't') inside = !phonetic;
  });
  parser.on('text', (part) => {
    if (inside && text.length < MOST_CELL) text += part;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 't') inside = false;
    else if (name === 'rPh') phonetic = false;
    else if (name === 'si') add(text.slice(0, MOST_CELL).replaceAll('\u0000', ''));
  });
  return parser;
}

/** A parser that takes no document type: entities that multiply are an attack, no spreadsheet has them. */
export function safeParser(): SaxesParser {
  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw new TableFault('too_large', 'DOCTYPE');
  });
  parser.on('error', () => {
    throw new TableFault('not_a_table');
  });
  return parser;
}

/** Rows of a worksheet, as they are parsed. Rows and cells without an address follow the one before. */
export class SheetParser {
  readonly parser = safeParser();
  rows: TableRow[] = [];
  private row: TableRow = { no: 0, cells: [] };
  private column = -1;
  private type = 'n';
  private value: string | null = null;
  private formula = false;
  private into = false;
  private readonly shared: (index: number) => string;

  constructor(shared: (index: number) => string) {
    this.shared = shared;
    this.parser.on('opentag', (tag) => this.opened(tag.name, tag.attributes as Record<string, string>));
    this.parser.on('text', (text) => {
      if (this.into && (this.value ?? '').length < MOST_CELL) this.value = (this.value ?? '') + text;
    });
    this.parser.on('closetag', ({ name }) => this.closed(name));
  }

  private opened(name: string, attributes: Record<string, string>): void {
    if (name === 'c') {
      this.column = attributes.r ? columnOf(attributes.r) : this.column + 1;
      this.type = attributes.t ?? 'n';
      this.value = null;
      this.formula = false;
    } else if (name === 'v' || name === 't') this.into = true;
    else if (name === 'f') this.formula = true;
    else if (name === 'row') {
      this.row = { no: attributes.r ? Number(attributes.r) : this.row.no + 1, cells: [] };
      this.column = -1;
      if (!(this.row.no <= MOST_ROWS)) throw new TableFault('too_large', `${MOST_ROWS - 1} rows`);
    }
  }

  private closed(name: string): void {
    if (name === 'v' || name === 't') this.into = false;
    else if (name === 'c') {
      const cell = this.cell();
      if (cell !== undefined && this.column < MOST_COLUMNS) this.row.cells[this.column] = cell;
    } else if (name === 'row') this.rows.push(this.row);
  }

  private cell(): TableCell {
    const { type, value } = this;
    if (value === null) return this.formula ? { formula: true } : undefined;
    if (type === 's') return this.shared(Number(value));
    if (type === 'n') return value === '' ? undefined : { number: value };
    if (type === 'e') return { error: value };
    if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
    return value;
  }
}

/** `AB12` is column 27. */
export function columnOf(address: string): number {
  let column = 0;
  for (let at = 0; at < address.length; at++) {
    const letter = address.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column - 1;
}
