/** A piece of a manual, as it is read, with the line (from 0) on which it stands. `id`: of the picture. */
export type ManualBlock = { line: number; text: string } & (
  | { kind: 'text' | 'step' | 'heading' }
  | { kind: 'picture'; id: string }
);

const PICTURE = /^!\[([^\]\n]{0,200})\]\(([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\)$/;
const STEP = /^\d{1,2}[.)]\s+(.+)$/;
const HEADING = /^#{1,3}\s+(.+)$/;

/**
 * Reads a manual's text line by line: `# 제목`, `1. 단계`, `![설명](그림 id)`, and everything else as it stands. Never
 * fails: what looks like none of these is a paragraph.
 */
export function manualBlocks(body: string): ManualBlock[] {
  const blocks: ManualBlock[] = [];
  for (const [line, written] of body.split(/\r?\n/).entries()) {
    const text = written.trim();
    if (text === '') continue;
    const [, about = '', id = ''] = PICTURE.exec(text) ?? [];
    const step = STEP.exec(text)?.[1];
    const heading = HEADING.exec(text)?.[1];
    if (id) blocks.push({ line, kind: 'picture', id, text: about });
    else if (step) blocks.push({ line, kind: 'step', text: step });
    else if (heading) blocks.push({ line, kind: 'heading', text: heading });
    else blocks.push({ line, kind: 'text', text });
  }
  return blocks;
}

/** The pictures that a manual shows, each once. */
export function picturesIn(body: string): string[] {
  return [...new Set(manualBlocks(body).flatMap((block) => (block.kind === 'picture' ? [block.id] : [])))];
}

/** How a picture stands in a manual's text. */
export const pictureLine = (id: string, about: string): string => `![${about.replace(/[\]\n]/g, ' ')}](${id})`;

export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp';

/** What a file is by its first bytes, whatever it is called; null when it is no picture that browsers show. */
export function pictureType(bytes: Uint8Array): PictureType | null {
  const starts = (...head: number[]) => head.every((byte, at) => bytes[at] === byte);
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  const word = (from: number) => String.fromCharCode(...bytes.subarray(from, from + 4));
  return word(0) === 'RIFF' && word(8) === 'WEBP' ? 'image/webp' : null;
}
