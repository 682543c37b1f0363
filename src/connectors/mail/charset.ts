import iconv from 'iconv-lite';

/** All names under which Korean mail calls CP949, Microsoft's superset of EUC-KR. */
const KOREAN =
  /^(x-)?(euc[-_]?kr|(windows|ms|cp|ibm)?[-_]?949|uhc|ks[-_]?c[-_]?5601([-_:]?(1987|1989|1992))?|ksc[-_]?5601|cs(euckr|ksc56011987)|korean|iso-ir-149)$/;
const ISO_2022_KR = /^(cs)?iso[-_]?2022[-_]?kr$/;
/** Written by programs that never look at what they send: their word counts only for plain ASCII. */
const MEANINGLESS =
  /^(us-ascii|ascii|ansi_x3.*|iso[-_]?8859[-_]?1|latin-?1|windows-1252|cp1252|unknown(-8bit)?|x-unknown|binary|8bit|default|none|)$/;
const LOST = '\ufffd';

const stripBom = (text: string) => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
const countLost = (text: string) => text.split(LOST).length - 1;

/** UTF-8 if all of it is; null otherwise. */
function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

// TextDecoder's euc-kr lacks the 8,822 syllables that CP949 adds (똠, 뷁): iconv-lite has them all.
const cp949 = (bytes: Buffer) => iconv.decode(bytes, 'cp949');

/** ISO-2022-KR: SO and SI switch between ASCII and KS X 1001 with the high bit taken off. */
function iso2022kr(bytes: Buffer): string {
  const out = Buffer.alloc(bytes.length);
  let size = 0;
  let korean = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x1b && bytes[at + 1] === 0x24 && bytes[at + 2] === 0x29 && bytes[at + 3] === 0x43) at += 3;
    else if (byte === 0x0e) korean = true;
    else if (byte === 0x0f) korean = false;
    else {
      if (byte === 0x0a) korean = false;
      out[size++] = korean && byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte;
    }
  }
  return cp949(out.subarray(0, size));
}

/** Bytes that no text holds: NUL, and the 0x80 in its place that dovecot gives. Kept where they belong to a character. */
const withoutNuls = (bytes: Buffer): Buffer =>
  bytes.includes(0) || bytes.includes(0x80)
    ? Buffer.from(
        bytes
          .toString('latin1')
          .replaceAll('\0', '')
          .replaceAll(/(?<![\x80-\xff])\x80+/g, ''),
        'latin1',
      )
    : bytes;

/** Of what is nowhere declared, or wrongly: UTF-8 if all of it is, else CP949 unless that loses more. */
function guess(bytes: Buffer): string {
  const exact = utf8(bytes);
  if (exact !== null) return exact;
  const korean = cp949(bytes);
  if (!korean.includes(LOST)) return korean;
  const loose = new TextDecoder('utf-8').decode(bytes);
  return countLost(korean) <= countLost(loose) ? korean : loose;
}

function byLabel(bytes: Buffer, label: string): string {
  if (ISO_2022_KR.test(label)) return iso2022kr(bytes);
  if (KOREAN.test(label)) {
    const korean = cp949(bytes);
    return korean.includes(LOST) ? (utf8(bytes) ?? korean) : korean;
  }
  if (/^(x-)?(unicode-\d-\d-)?utf-?8/.test(label) || MEANINGLESS.test(label) || !iconv.encodingExists(label)) {
    return guess(bytes);
  }
  const text = iconv.decode(bytes, label);
  return text.includes(LOST) ? guess(bytes) : text;
}

/**
 * Text of bytes whose sender declared `label`, right or wrong. Never throws, never holds a NUL (PostgreSQL keeps none),
 * always NFC: file names from a Mac come decomposed.
 */
export function decodeText(bytes: Buffer, label: string | null): string {
  const name = (label ?? '').trim().toLowerCase().replace(/\*.*$/, '').replaceAll(/["']/g, '');
  const wide = /^(utf-?16|utf-?32|ucs-?[24])/.test(name) && iconv.encodingExists(name);
  const text = wide ? iconv.decode(bytes, name) : byLabel(withoutNuls(bytes), name);
  return stripBom(text).replaceAll('\0', '').toWellFormed().normalize('NFC');
}
