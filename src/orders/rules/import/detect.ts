import { type Row, textOf } from './cell.ts';
import { MALL_PRESETS } from './mall-presets.ts';
import { MARKET_PRESETS } from './market-presets.ts';
import { OTHER_PRESETS } from './other-presets.ts';
import { type Field, headingsOf, type Place, type Preset, plainHeading } from './preset.ts';
import type { FileProblem } from './reasons.ts';
import { SOLUTION_PRESETS } from './solution-presets.ts';

/** Rows in which the headings are looked for. */
export const HEADER_ROWS = 15;

const { naver, coupang, cafe24, esm } = MALL_PRESETS;
const { st11, kakao, toss } = MARKET_PRESETS;
const { lotteon, ssg, ohouse, temu, always } = OTHER_PRESETS;
const { godo, shopby, sabangnet, ezadmin } = SOLUTION_PRESETS;

/** A list of claims, of Naver: recognised so that it is told apart, not imported as orders. */
const NAVER_CLAIMS = [['상품주문번호'], ['취소처리상태', '반품처리상태', '교환처리상태']];

/** excel.md §12: the first that fits wins. Naver's light list has no amounts: it goes to the mapping screen. */
const BEFORE_CLAIMS: readonly Preset[] = [godo];
const AFTER_CLAIMS: readonly Preset[] = [
  ...[naver, coupang, toss, esm, kakao, lotteon, st11, sabangnet, temu, ssg, ezadmin, cafe24],
  ...[ohouse, always, shopby],
];

export const PRESETS: ReadonlyMap<string, Preset> = new Map(
  [...BEFORE_CLAIMS, ...AFTER_CLAIMS].map((preset) => [preset.id, preset]),
);

/** Where the headings stand and what they are; headings that occur twice keep both places. */
export type Header = { row: number; headings: readonly string[] };

/** What a file is: its preset, or why it is none. `header` is the best guess for the mapping screen. */
export type Detected = { preset: Preset | null; header: Header | null; problem: FileProblem | null };

/** Finds preset and headings in the first rows of a sheet, by the set of headings only. */
export function detect(rows: readonly Row[]): Detected {
  const tops = rows.slice(0, HEADER_ROWS).map((row) => ({ row, heads: headingSet(row) }));
  const at = (preset: Preset) => tops.find(({ row, heads }) => fits(preset, row, heads));
  for (const preset of BEFORE_CLAIMS) {
    const found = at(preset);
    if (found) return known(preset, found.row);
  }
  const claims = tops.find(({ heads }) => hasAll(NAVER_CLAIMS, heads));
  if (claims) return { preset: null, header: headerOf(claims.row), problem: { code: 'claim_list' } };
  for (const preset of AFTER_CLAIMS) {
    const found = at(preset);
    if (found) return known(preset, found.row);
  }
  const near = nearest(tops);
  if (near) return near;
  const header = guess(rows);
  if (!header && rows.every(({ cells }) => cells.every((cell) => textOf(cell) === '')))
    return { preset: null, header, problem: { code: 'empty' } };
  return { preset: null, header, problem: { code: header ? 'unknown_format' : 'not_a_table' } };
}

/** Share of a preset's columns that a file must have to be that preset with some columns gone or renamed. */
const NEAR = 0.65;
type Top = { row: Row; heads: ReadonlySet<string> };

/** A file that misses headings by which its preset is known: it is told which columns are missing. */
function nearest(tops: readonly Top[]): Detected | null {
  let best: { preset: Preset; row: Row; share: number } | null = null;
  for (const preset of PRESETS.values()) {
    const places = Object.values(preset.places);
    for (const { row, heads } of tops) {
      const share = places.filter((place) => isThere(place, heads)).length / places.length;
      if (share >= NEAR && share > (best?.share ?? 0)) best = { preset, row, share };
    }
  }
  if (!best) return null;
  const found = known(best.preset, best.row);
  if (found.problem) return found;
  const heads = new Set(found.header?.headings.map(plainHeading));
  const gone = best.preset.signs.filter((some) => !some.some((heading) => heads.has(plainHeading(heading))));
  return { ...found, problem: { code: 'missing_column', about: gone.map((some) => some[0] ?? '').join(', ') } };
}

function known(preset: Preset, row: Row): Detected {
  const header = headerOf(row);
  return { preset, header, problem: missingColumns(preset, header) };
}

/** Columns that the preset cannot do without, told by the names under which the mall has them. */
export function missingColumns(preset: Preset, header: Header): FileProblem | null {
  const heads = new Set(header.headings.map(plainHeading));
  const missing = preset.needs.filter((field) => !isThere(preset.places[field], heads));
  if (missing.length === 0) return null;
  return { code: 'missing_column', about: missing.map((field) => nameOf(preset, field)).join(', ') };
}

function isThere(place: Place | undefined, heads: ReadonlySet<string>): boolean {
  // Of a sum or a joined text its first part must be there.
  return (place ? (headingsOf(place)[0] ?? []) : []).some((heading) => heads.has(plainHeading(heading)));
}

/** The first heading under which a field may stand: for messages. */
export function nameOf(preset: Preset, field: Field): string {
  const place = preset.places[field];
  return (place && headingsOf(place)[0]?.[0]) ?? field;
}

const headingSet = (row: Row): ReadonlySet<string> =>
  new Set(row.cells.map((cell) => plainHeading(textOf(cell))).filter((heading) => heading !== ''));

const hasAll = (signs: Preset['signs'], heads: ReadonlySet<string>): boolean =>
  signs.every((some) => some.some((heading) => heads.has(plainHeading(heading))));

function fits(preset: Preset, row: Row, heads: ReadonlySet<string>): boolean {
  if (!hasAll(preset.signs, heads)) return false;
  return (preset.exact ?? []).every((heading) => row.cells.some((cell) => textOf(cell) === heading));
}

export const headerOf = (row: Row): Header => ({
  row: row.no,
  headings: row.cells.map((cell) => textOf(cell).normalize('NFC')),
});

/** The first row with the most different texts: what the mapping screen offers as headings. */
function guess(rows: readonly Row[]): Header | null {
  let best: Row | null = null;
  let most = 2;
  for (const row of rows.slice(0, HEADER_ROWS)) {
    const texts = row.cells.filter((cell) => typeof cell === 'string' && cell.trim() !== '' && !/^\d+$/.test(cell));
    const different = new Set(texts).size;
    if (different > most) [best, most] = [row, different];
  }
  return best ? headerOf(best) : null;
}

/** Key of a heading list: a custom mapping is remembered by it, whatever the order of the columns. */
export const headingKey = (headings: readonly string[]): string =>
  [...new Set(headings.map(plainHeading))]
    .filter((heading) => heading !== '')
    .sort()
    .join('\u0001');
