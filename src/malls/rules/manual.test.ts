import fc from 'fast-check';
import { expect, test } from 'vitest';
import { manualBlocks, pictureLine, picturesIn, pictureType } from './manual.ts';

const ID = '0193a5c0-0000-7000-8000-000000000001';

test('headings, steps, pictures and paragraphs are read as what they are', () => {
  const body = `# 반품 승인\n판매자센터에서 합니다.\n\n1. 클레임 관리를 엽니다\n2) 승인을 누릅니다\n${pictureLine(ID, '승인 [단추]')}`;
  expect(manualBlocks(body)).toMatchObject([
    { kind: 'heading', text: '반품 승인' },
    { line: 1, kind: 'text', text: '판매자센터에서 합니다.' },
    { line: 3, kind: 'step', text: '클레임 관리를 엽니다' },
    { kind: 'step', text: '승인을 누릅니다' },
    { kind: 'picture', id: ID, text: '승인 [단추 ' },
  ]);
  expect(picturesIn(`${body}\n${body}`)).toEqual([ID]);
});

test('no text makes reading a manual fail, and no letter of a paragraph is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'#1.) ![](a가\n') }), (body) => {
      const blocks = manualBlocks(body);
      const plain = blocks.filter(({ kind }) => kind === 'text').map(({ text }) => text);
      expect(body.split('\n').map((line) => line.trim())).toEqual(expect.arrayContaining(plain));
    }),
  );
});

test('an address in place of a picture stays text: a manual loads nothing from elsewhere', () => {
  expect(manualBlocks('![x](https://evil.example/x.png)')).toMatchObject([
    { kind: 'text', text: '![x](https://evil.example/x.png)' },
  ]);
});

test('a picture is known by its bytes and not by its name', () => {
  expect(pictureType(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0))).toBe('image/png');
  expect(pictureType(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
  expect(pictureType(new TextEncoder().encode('RIFF0000WEBPVP8 '))).toBe('image/webp');
  expect(pictureType(new TextEncoder().encode('<svg onload=alert(1)>'))).toBeNull();
  expect(pictureType(new Uint8Array())).toBeNull();
});
