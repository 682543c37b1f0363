import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryFor } from './postgres-memory.ts';

const GB = 2 ** 30;
const megabytes = (setting: string) => Number(setting.replace('MB', ''));

test('a small company keeps 128 MB of buffers, one of 17 GB on 24 GB of memory gets 2 GB', () => {
  expect(memoryFor(0.3 * GB, 24 * GB)).toEqual({ shared_buffers: '128MB', effective_cache_size: '8192MB' });
  expect(memoryFor(17 * GB, 24 * GB)).toEqual({ shared_buffers: '2048MB', effective_cache_size: '8192MB' });
});

test('however much data there is, the buffers are at most an eighth of the machine, or 128 MB', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000 * GB }), fc.integer({ min: GB / 2, max: 1_000 * GB }), (data, ram) => {
      const buffers = megabytes(memoryFor(data, ram).shared_buffers) * 2 ** 20;
      expect(buffers).toBeLessThanOrEqual(Math.max(ram / 8, 2 ** 27));
      expect(buffers).toBeGreaterThanOrEqual(2 ** 27);
    }),
  );
});
