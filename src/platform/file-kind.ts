/** What a file is, by its bytes. `risk`: a program or a script, which nobody gets from us. */
export type FileKind = {
  mime: string;
  risk: 'program' | 'script' | null;
  /** Of an image that a browser may show: its size in pixels. */
  size: { width: number; height: number } | null;
};

const START = 4_096;
/** An image with more pixels than this fills the memory of whoever looks at it. */
const MOST_PIXELS = 40_000_000;
const OTHER = 'application/octet-stream';

const MAGIC: readonly (readonly [hex: string, mime: string, risk?: 'program' | 'script'])[] = [
  ['89504e470d0a1a0a', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['474946383761', 'image/gif'],
  ['474946383961', 'image/gif'],
  ['255044462d', 'application/pdf'],
  ['504b0304', 'application/zip'],
  ['504b0506', 'application/zip'],
  ['d0cf11e0a1b11ae1', 'application/x-ole-storage'], // .doc, .xls, .ppt, .hwp, .msg
  ['48575020446f63756d656e742046696c65', 'application/x-hwp'],
  ['526172211a07', 'application/x-rar-compressed'],
  ['377abcaf271c', 'application/x-7z-compressed'],
  ['1f8b', 'application/gzip'],
  ['4f676753', 'audio/ogg'],
  ['494433', 'audio/mpeg'],
  ['fffb', 'audio/mpeg'],
  ['1a45dfa3', 'video/webm'],
  ['49492a00', 'image/tiff'],
  ['4d4d002a', 'image/tiff'],
  ['4d5a', OTHER, 'program'], // Windows
  ['7f454c46', OTHER, 'program'],
  ['cafebabe', OTHER, 'program'], // Java, Mach-O
  ['cffaedfe', OTHER, 'program'],
  ['feedfacf', OTHER, 'program'],
  ['4c0000000114020000000000c000000000000046', OTHER, 'program'], // Windows shortcut
  ['2321', 'text/plain', 'script'],
];
/** Names under which Windows runs what is text for us. */
const RUNS =
  /\.(exe|scr|com|pif|bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|wsh|hta|msi|msp|jar|lnk|reg|cpl|dll|sct|chm|iso|img|vhdx?)$/i;

/** Whether Windows would run a file for its name, whatever it holds. */
export const runsByName = (name: string): boolean => RUNS.test(name);

/** Tells a file by its bytes; never by its name. */
export function fileKind(bytes: Buffer): FileKind {
  const hex = bytes.subarray(0, 24).toString('hex');
  const found = MAGIC.find(([start]) => hex.startsWith(start));
  if (found) return { mime: found[1], risk: found[2] ?? null, size: sizeOf(bytes, found[1]) };
  const four = bytes.subarray(8, 12).toString('latin1');
  if (hex.startsWith('52494646') && four === 'WEBP')
    return { mime: 'image/webp', risk: null, size: sizeOf(bytes, 'image/webp') };
  if (bytes.subarray(4, 8).toString('latin1') === 'ftyp') return { mime: brandOf(four), risk: null, size: null };
  return { mime: textual(bytes) ? 'text/plain' : OTHER, risk: null, size: null };
}

const brandOf = (brand: string) =>
  /^(heic|heix|mif1|msf1)/.test(brand) ? 'image/heic' : brand === 'avif' ? 'image/avif' : 'video/mp4';

/** No control characters but those of lines. HTML and SVG are text too: nothing of them is ever run. */
function textual(bytes: Buffer): boolean {
  for (const byte of bytes.subarray(0, START)) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) return false;
  return bytes.length > 0;
}

function sizeOf(bytes: Buffer, mime: string): FileKind['size'] {
  try {
    const found =
      mime === 'image/png'
        ? ([bytes.readUInt32BE(16), bytes.readUInt32BE(20)] as const)
        : mime === 'image/gif'
          ? ([bytes.readUInt16LE(6), bytes.readUInt16LE(8)] as const)
          : mime === 'image/webp'
            ? webp(bytes)
            : mime === 'image/jpeg'
              ? jpeg(bytes)
              : null;
    const [width, height] = found ?? [0, 0];
    return width > 0 && height > 0 && width * height <= MOST_PIXELS ? { width, height } : null;
  } catch {
    return null;
  }
}

function webp(bytes: Buffer): readonly [number, number] | null {
  const kind = bytes.subarray(12, 16).toString('latin1');
  if (kind === 'VP8X') return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1];
  if (kind === 'VP8 ') return [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff];
  if (kind !== 'VP8L') return null;
  const bits = bytes.readUInt32LE(21);
  return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1];
}

/** The frame header of a JPEG stands behind segments that say how long they are. */
function jpeg(bytes: Buffer): readonly [number, number] | null {
  for (let at = 2, steps = 0; steps < 500 && at + 9 < bytes.length; steps++) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] as number;
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
