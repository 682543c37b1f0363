import { convertQwertyToHangul, getChoseong } from 'es-hangul';

/**
 * Korean text search by syllable bigrams, without a language's word list: any part of a word finds it.
 *
 * A searchable row has `search_text` (its fields, each normalised, joined by line feeds) and `search` (the tokens of
 * the same fields, a tsvector). A query is a tsquery over tokens and then a recheck against `search_text`, since
 * bigrams that all occur need not be neighbours. Both sides go through `normalise`: otherwise `A1234-BK` finds nothing.
 */
export type SearchDocument = { search: string; search_text: string };

/** What a row is found by. Phones and numbers are also found by four or more of their digits. */
export type SearchFields = {
  names?: readonly (string | null | undefined)[];
  texts?: readonly (string | null | undefined)[];
  phones?: readonly (string | null | undefined)[];
  numbers?: readonly (string | null | undefined)[];
};

const GRAM = 4;
/** Longest normalised text of one field that is indexed: the beginning of a letter says what it is about. */
const FIELD_MAX = 600;
/** Marks of tokens that say 'a phone ends so', 'an order or waybill number ends so'. */
const PHONE_END = '~';
const NUMBER_END = '#';

/** Hangul, jamo, ASCII: what nearly every text here is made of. */
const USUAL = /^[\n\r\t -~가-힣ㄱ-ㅣ·…]*$/;

/** NFC (not NFKC: it would take compatibility jamo such as ㄱ apart), lower case, letters and digits only. */
export function normalise(text: string): string {
  if (USUAL.test(text)) return text.toLowerCase().replace(/[^0-9a-z가-힣ㄱ-ㅣ]+/g, '');
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

export const digitsOf = (text: string): string => text.replace(/\D+/g, '');

/** Every two characters and the last one alone, so that a one-letter query finds it by prefix. */
function addBigrams(word: string, into: Set<string>): void {
  const letters = /[\uD800-\uDFFF]/.test(word) ? [...word] : word;
  for (let i = 0; i < letters.length; i++) into.add((letters[i] as string) + (letters[i + 1] ?? ''));
}

/** Every four digits, and the shorter rest at the end. */
function addDigits(digits: string, end: string, into: Set<string>): void {
  for (let i = 0; i < digits.length; i++) into.add(digits.slice(i, i + GRAM));
  if (end !== '' && digits.length >= GRAM) into.add(end + digits.slice(-GRAM));
}

/** The two search columns of a row. Fields never run into each other: a match lies within one of them. */
export function searchDocument(fields: SearchFields): SearchDocument {
  const tokens = new Set<string>();
  const parts: string[] = [];
  const addText = (value: string | null | undefined, letters: boolean) => {
    if (!value) return;
    const word = normalise(value).slice(0, FIELD_MAX);
    if (word === '') return;
    parts.push(word);
    addBigrams(word, tokens);
    // An order number or phone inside a sentence is found by its digits too.
    for (const run of word.match(/\d{4,}/g) ?? []) addDigits(run, '', tokens);
    const initials = letters ? getChoseong(value).replace(/\s+/g, '') : '';
    if (initials === '') return;
    parts.push(initials);
    addBigrams(initials, tokens);
  };
  const addNumber = (value: string | null | undefined, end: string) => {
    if (!value) return;
    const word = normalise(value);
    const digits = digitsOf(word);
    if (digits !== '') parts.push(digits);
    addDigits(digits, end, tokens);
    if (word === digits || word === '') return;
    parts.push(word);
    addBigrams(word, tokens);
  };
  for (const name of fields.names ?? []) addText(name, true);
  for (const text of fields.texts ?? []) addText(text, false);
  for (const phone of fields.phones ?? []) addNumber(phone, PHONE_END);
  for (const number of fields.numbers ?? []) addNumber(number, NUMBER_END);
  return { search: [...tokens].join(' '), search_text: parts.join('\n') };
}

/**
 * One way to read what somebody typed: a tsquery that finds candidates in the index, and the condition a candidate
 * must meet. `needles`: the row matches when any of them occurs in its `search_text`. `bands`, best first and without
 * overlap, split the tsquery when exactly four digits were typed: endings of phones, endings of numbers, inside.
 */
export type SearchQuery = {
  tsquery: string;
  needles: readonly string[];
  bands: readonly string[];
  /** So many digits that few rows can have them: a whole phone, order or waybill number. */
  narrow: boolean;
};

/** Reads a query; null when nothing searchable is left of it (punctuation only). */
export function searchQuery(typed: string): SearchQuery | null {
  const needle = normalise(typed);
  if (needle === '') return null;
  const readings = [{ needle, tsquery: tokensOf(needle) }];
  const asHangul = otherKeyboard(typed);
  if (asHangul) readings.push({ needle: asHangul, tsquery: tokensOf(asHangul) });
  const tsquery = readings.map((reading) => `(${reading.tsquery})`).join(' | ');
  const phone = `'${PHONE_END}${needle}'`;
  const number = `'${NUMBER_END}${needle}'`;
  return {
    tsquery,
    needles: readings.map((reading) => reading.needle),
    narrow: MANY_DIGITS.test(needle),
    bands: /^\d{4}$/.test(needle)
      ? [phone, `${number} & !${phone}`, `'${needle}' & !${phone} & !${number}`]
      : [tsquery],
  };
}

/**
 * Some tokens that a text containing the needle must have: each more costs the index as much as it spares, and the
 * recheck tells the rest (an order number of 14 digits: 12 ms with all eleven, 1.4 ms with three). Letters follow each
 * other without overlap; groups of digits share one, since the middle of mobile numbers is a number of its own that
 * many have. Letters and digits only: no quoting is needed inside.
 */
function tokensOf(needle: string): string {
  // Of an order number such as OG-63916627 the digits alone are enough.
  const word = MANY_DIGITS.exec(needle)?.[0] ?? needle;
  const digits = /^\d+$/.test(word);
  const letters = [...word];
  const [gram, step, most] = digits ? [GRAM, GRAM - 1, 3] : [2, 2, 8];
  if (letters.length < gram) return `'${word}':*`;
  const tokens = new Set<string>();
  // From the end: order numbers begin with the day, waybills and mobile numbers with what they all begin with.
  for (let end = letters.length; end > 0 && tokens.size < most; end -= step) {
    const start = Math.max(0, end - gram);
    tokens.add(letters.slice(start, start + gram).join(''));
  }
  return [...tokens].map((token) => `'${token}'`).join(' & ');
}

const MANY_DIGITS = /\d{7,}/;

/** What was meant when Korean was typed on the Latin keyboard (qothd → 배송); null when it makes no syllables. */
export function otherKeyboard(typed: string): string | null {
  if (!/^[A-Za-z\s]{2,}$/.test(typed)) return null;
  const hangul = normalise(convertQwertyToHangul(typed));
  return /^[가-힣]+$/.test(hangul) ? hangul : null;
}
