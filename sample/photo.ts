import { type Box, paint } from './manual-picture.ts';

/** A drawing of a garment with a tear or a stain, as customers photograph what arrived damaged. */
export function damagedPhoto(kind: number): Buffer {
  const cloth: Box[] = [
    { x: 0, y: 0, width: 480, height: 240, ink: 1 },
    { x: 150, y: 40, width: 180, height: 180, ink: 2 },
    { x: 90, y: 50, width: 60, height: 70, ink: 2 },
    { x: 330, y: 50, width: 60, height: 70, ink: 2 },
    { x: 215, y: 40, width: 50, height: 14, ink: 1 },
  ];
  const place = 180 + kind * 45;
  const tear = Array.from({ length: 9 }, (_, step): Box => {
    const off = step % 2 === 0 ? 0 : 6;
    return { x: place + off, y: 110 + step * 6, width: 5, height: 6, ink: 3 };
  });
  const stain: Box = { x: place - 10, y: 120, width: 46, height: 34, ink: 5 };
  return paint(kind === 1 ? [...cloth, stain] : [...cloth, ...tear]);
}
