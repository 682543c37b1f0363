import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isWebFresh, sourcesHash } from './web-build.ts';

const root = mkdtempSync(join(tmpdir(), 'haedap-web-test-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

test('the built web is stale once something that it is made of has changed, and only then', () => {
  write('index.html', '<html>');
  write('src/tickets/contract.ts', 'one');
  write('src/tickets/web/QueueScreen.tsx', 'one');
  write('src/tickets/server/list-tickets.ts', 'one');
  expect(isWebFresh(root)).toBe(false);
  write('dist/web/.sources', sourcesHash(root));
  expect(isWebFresh(root)).toBe(true);
  write('src/tickets/server/list-tickets.ts', 'two');
  write('src/tickets/web/QueueScreen.test.tsx', 'two');
  expect(isWebFresh(root)).toBe(true);
  for (const path of ['src/tickets/contract.ts', 'src/tickets/web/QueueScreen.tsx', 'src/ui/Table.tsx', 'index.html']) {
    write('dist/web/.sources', sourcesHash(root));
    write(path, 'two');
    expect(isWebFresh(root), path).toBe(false);
  }
});
