/** A message's own words, and what it quotes of earlier ones. */
export type Folded = { text: string; quoted: string | null };

const NAMES_SENDER = /^[>\s*]*(보낸\s?사람|보낸이|발신자?|발신인|from)\s*[:：]/i;
const NAMES_MORE =
  /^[>\s*]*(받는\s?사람|받은이|수신자?|수신인|참조|날짜|보낸\s?날짜|일시|작성일|제목|to|cc|sent|date|subject)\s*[:：]/i;
const RULE =
  /^[>\s]*[-_=─]{2,}\s*(original message|원본\s?메(시지|일)|원본\s?메시지|forwarded message|전달된?\s?메(시지|일)|받은\s?메일)\s*[-_=─]{2,}\s*$/i;
const WROTE =
  /(^|\s)(on\s.{4,200}\swrote|.{0,200}(님이|에서)\s?(작성|쓴 글|보낸 메일|작성한 글)|.{0,200}(작성|썼습니다|쓰셨습니다))\s*[:：]\s*$/i;
const DATED = /\d{4}\s?(년|[-./])\s?\d{1,2}\s?(월|[-./])\s?\d{1,2}/;
const LONGEST_MARK = 400;
/** A head that names who wrote what stands within this many lines. */
const HEAD_LINES = 6;

const short = (line: string | undefined): string => (line && line.length <= LONGEST_MARK ? line : '');

/** Whether the quote of an earlier message begins at a line. */
function begins(lines: readonly string[], at: number): boolean {
  const line = short(lines[at]);
  if (!line.trim()) return false;
  if (RULE.test(line)) return true;
  if (NAMES_SENDER.test(line)) {
    const head = lines.slice(at + 1, at + 1 + HEAD_LINES).filter((it) => NAMES_MORE.test(short(it)));
    return head.length >= 2;
  }
  if (WROTE.test(line))
    return /^\s*on\s/i.test(line) || DATED.test(line) || /님이/.test(line) || isQuoted(next(lines, at));
  // The line was wrapped: 'On …' or a date, and 'wrote:' on the next.
  const wrapped = `${line.trim()} ${short(lines[at + 1]).trim()}`;
  return (
    /^\s*(on\s|\d{4}년)/i.test(line) &&
    !line.trim().endsWith(':') &&
    WROTE.test(wrapped) &&
    wrapped.length < LONGEST_MARK
  );
}

const isQuoted = (line: string | undefined) => /^\s*>/.test(line ?? '');
const next = (lines: readonly string[], at: number) => lines.slice(at + 1).find((line) => line.trim());

/** Where lines begin of which all to the end are quoted with '>'; an answer between the lines keeps them. */
function trailing(lines: readonly string[]): number {
  let at = lines.length;
  let from = lines.length;
  while (at > 0 && (isQuoted(lines[at - 1]) || !lines[at - 1]?.trim())) {
    at -= 1;
    if (isQuoted(lines[at])) from = at;
  }
  return from;
}

/**
 * Folds the quote that stands below a message's own words. A message that has none of its own (a forwarded one, an
 * answer between the lines) stays whole.
 */
export function foldQuote(whole: string): Folded {
  const lines = whole.replaceAll(/\r\n?/g, '\n').split('\n');
  let cut = trailing(lines);
  for (let at = 0; at < cut; at++) {
    if (!begins(lines, at)) continue;
    cut = at;
    break;
  }
  const own = lines.slice(0, cut).join('\n').trim();
  const quoted = lines.slice(cut).join('\n').trim();
  return own && quoted ? { text: own, quoted } : { text: whole.trim(), quoted: null };
}
