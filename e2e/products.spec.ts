import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type Opened, signedIn } from './browser.ts';

let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  browser = await launch();
  opened = await signedIn(browser, 'md1');
});
afterAll(() => browser.close());

test('an MD finds a product by a part of its name, reads whom to call, and records its stock', async () => {
  const { page } = opened;
  await page.goto(`/products?q=${encodeURIComponent('램스울 라운드')}`);
  const row = page.getByRole('row', { name: /CB-KN-0001/ });
  await row.waitFor();
  await row.dblclick();
  await page.getByRole('heading', { name: '램스울 라운드 니트' }).waitFor();
  const contacts = page.getByRole('region', { name: '담당자' });
  // Consigned: the partner is the right one, the MD the next.
  expect(await contacts.getByRole('listitem').first().textContent()).toContain('협력사');
  expect(await contacts.getByRole('link').first().getAttribute('href')).toMatch(/^tel:/);
  await page.getByRole('region', { name: '상품정보제공고시' }).getByText('제품 소재').waitFor();
  const stock = page.getByRole('region', { name: '재고' });
  await stock.getByRole('button', { name: '재고 고치기' }).click();
  const dialog = page.getByRole('dialog', { name: '재고 고치기' });
  await dialog.getByLabel('판매 가능').fill('0');
  await dialog.getByLabel('재입고 예정일').fill('2026-12-09');
  await page.keyboard.press('Enter');
  await stock.getByText('2026-12-09').waitFor();
  expect(await stock.textContent()).toContain('0개');
}, 60_000);
