import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileKind, runsByName } from './file-kind.ts';

const png = (width: number, height: number) => {
  const bytes = Buffer.alloc(24);
  bytes.write('89504e470d0a1a0a0000000d49484452', 0, 'hex');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};

test('a file is what its bytes say', () => {
  expect(fileKind(png(640, 480))).toEqual({ mime: 'image/png', risk: null, size: { width: 640, height: 480 } });
  expect(fileKind(Buffer.from('ffd8ffe000044a46ffc0001108012c019003012200', 'hex')).size).toEqual({
    width: 400,
    height: 300,
  });
  expect(fileKind(Buffer.from('%PDF-1.7')).mime).toBe('application/pdf');
  expect(fileKind(Buffer.from('MZ\x90\0')).risk).toBe('program');
  expect(fileKind(Buffer.from('#!/bin/sh\n')).risk).toBe('script');
  expect(fileKind(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')).mime).toBe('text/plain');
  expect(fileKind(Buffer.from([1, 2, 3])).mime).toBe('application/octet-stream');
  expect([runsByName('계약서.pdf.exe'), runsByName('사진.jpg')]).toEqual([true, false]);
});

test('an image that would fill the memory is not shown', () => {
  expect(fileKind(png(60_000, 60_000))).toEqual({ mime: 'image/png', risk: null, size: null });
});

test('no bytes are too strange', () => {
  const start = fc.constantFrom('ffd8ff', '89504e470d0a1a0a', '47494638396100', '52494646000000005745425056503858', '');
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 60 }), (hex, rest) => {
      const { size } = fileKind(Buffer.concat([Buffer.from(hex, 'hex'), rest]));
      expect(size === null || size.width * size.height <= 40_000_000).toBe(true);
    }),
  );
});
