import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, type Opened, settled, signedIn, violations } from './browser.ts';

let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  browser = await launch();
  opened = await signedIn(browser, 'manager1');
});
afterAll(() => browser.close());

/** A file of a shop of our own, as no preset knows it; one row has no quantity. */
const no = `E2E-${Date.now()}`;
const CSV = [
  '주문 ID,행,주문 날짜,제품,제품코드,개수,단가,받는 분',
  `${no}-1,1,2026-11-01 10:00,유리컵,CUP-1,2,12000,김서연`,
  `${no}-2,1,2026-11-01 11:00,유리컵,CUP-1,,12000,이도윤`,
].join('\r\n');

async function send(page: Page): Promise<void> {
  await page.goto('/orders/import');
  await settled(page);
  await page
    .getByLabel('파일 고르기')
    .setInputFiles({ name: '우리가게.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${CSV}`) });
}

test('a file that nobody knows is mapped, checked row by row and imported; its failed row comes back as a workbook', async () => {
  const { page, complaints } = opened;
  await send(page);
  await page.getByText('알고 있는 몰의 주문 파일이 아닙니다').waitFor();
  await page.getByLabel('몰', { exact: true }).selectOption('own');
  await page.getByLabel('주문상품번호').selectOption('행');
  expect(await page.getByLabel('수량 *').inputValue()).toBe('개수');
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: '확인', exact: true }).click();
  await page.getByText("'개수' 칸이 비어 있습니다").waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '이 행들을 엑셀로 받기' }).click();
  expect((await download).suggestedFilename()).toBe('우리가게_등록하지못한행.xlsx');
  await page.getByRole('tab', { name: /새 주문/ }).click();
  await page.getByText('새 상품 CUP-1').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: '주문 1건 등록' }).click();
  await page.getByText('새 주문 1건을 등록하고 0건을 고쳤습니다').waitFor();
  const found = await call<{ items: unknown[] }>(page, 'orders.search', { orderNo: `${no}-1` });
  expect(found.items).toHaveLength(1);
  expect((await call<{ items: unknown[] }>(page, 'orders.search', { orderNo: `${no}-2` })).items).toEqual([]);
  // The same file again: its columns are known, and nothing would change.
  await send(page);
  await page.getByRole('tab', { name: /그대로\s*1/ }).waitFor();
  expect(await page.getByRole('button', { name: /등록$/ }).count()).toBe(0);
  expect(complaints).toEqual([]);
});
