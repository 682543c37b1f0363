import { crc32, deflateSync } from 'node:zlib';

/** A drawing in pixels: greys and one accent, as a schematic picture of an admin page needs. */
const COLOURS = [
  [255, 255, 255],
  [240, 243, 247],
  [208, 214, 222],
  [90, 100, 114],
  [29, 99, 237],
  [214, 60, 60],
] as const;
type Ink = 0 | 1 | 2 | 3 | 4 | 5;
export type Box = { x: number; y: number; width: number; height: number; ink: Ink };
const WIDTH = 480;
const HEIGHT = 240;

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

/** Boxes painted one over another, as a PNG with a palette. */
export function paint(boxes: readonly Box[]): Buffer {
  const rows = Buffer.alloc(HEIGHT * (WIDTH + 1));
  for (const { x, y, width, height, ink } of boxes)
    for (let line = y; line < y + height; line++) {
      const from = line * (WIDTH + 1) + 1 + x;
      rows.fill(ink, from, from + width);
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(COLOURS.flat())),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const frame = (x: number, y: number, width: number, height: number): Box[] => [
  { x, y, width, height: 3, ink: 5 },
  { x, y: y + height - 3, width, height: 3, ink: 5 },
  { x, y, width: 3, height, ink: 5 },
  { x: x + width - 3, y, width: 3, height, ink: 5 },
];

/** An admin page as a sketch: menu on the left, a table, and a red frame around what is pressed. */
export function adminSketch(menuRow: number): Buffer {
  const menu = Array.from({ length: 7 }, (_, i): Box => {
    const chosen = i === menuRow;
    return { x: 14, y: 44 + i * 26, width: 86, height: 10, ink: chosen ? 4 : 2 };
  });
  const table = Array.from({ length: 6 }, (_, i): Box[] => [
    { x: 132, y: 74 + i * 24, width: 330, height: 1, ink: 2 },
    { x: 136, y: 82 + i * 24, width: 90, height: 8, ink: 2 },
    { x: 246, y: 82 + i * 24, width: 120, height: 8, ink: 2 },
  ]).flat();
  return paint([
    { x: 0, y: 0, width: WIDTH, height: 28, ink: 3 },
    { x: 0, y: 28, width: 116, height: HEIGHT - 28, ink: 1 },
    ...menu,
    ...table,
    { x: 132, y: 40, width: 150, height: 22, ink: 1 },
    { x: 400, y: 40, width: 62, height: 22, ink: 4 },
    ...frame(394, 34, 74, 34),
    ...frame(8, 36 + menuRow * 26, 98, 26),
  ]);
}
