import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, openPage, queueRows, settled, signedIn, signIn } from './browser.ts';

type List = { items: { id: string }[] };
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const MOST_BYTES = 250_000;

test('the first load of the desk brings less than 250 kB of gzipped JavaScript, and no schema library', async () => {
  const { page, context } = await openPage(browser);
  const scripts = new Map<string, string>();
  page.on('response', async (response) => {
    if (response.url().endsWith('.js')) scripts.set(response.url(), await response.text().catch(() => ''));
  });
  await signIn(page, 'agent3');
  scripts.clear();
  await page.goto('/tickets', { waitUntil: 'load' });
  await queueRows(page).first().waitFor();
  await expect.poll(() => scripts.size).toBeGreaterThan(3);
  const bytes = [...scripts.values()].reduce((sum, text) => sum + gzipSync(text).length, 0);
  console.log(`first load of the desk: ${(bytes / 1000).toFixed(1)} kB of gzipped JavaScript in ${scripts.size} files`);
  expect(bytes).toBeLessThan(MOST_BYTES);
  expect([...scripts.values()].some((text) => text.includes('ZodError'))).toBe(false);
  await context.close();
});

test('language and theme change at once from my menu and are there again after a reload', async () => {
  const { page, context } = await signedIn(browser, 'agent4');
  await settled(page);
  await page.getByRole('button', { name: /내 메뉴/ }).click();
  await page.getByRole('menuitemradio', { name: 'English' }).click();
  await page.getByRole('navigation', { name: 'Quick menu' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
  await page.getByRole('button', { name: /My menu/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  await page.reload();
  await page.getByRole('navigation', { name: 'Quick menu' }).waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  await context.close();
});

test('a memo that one agent writes appears on the screen of another without a reload', async () => {
  const writer = await signedIn(browser, 'agent5');
  const reader = await signedIn(browser, 'agent6');
  const { items } = await call<List>(writer.page, 'tickets.list', { view: 'all', limit: 1 });
  await reader.page.goto(`/tickets/${items[0]?.id}`);
  await settled(reader.page);
  await reader.page.waitForTimeout(1_000);
  await call(writer.page, 'tickets.note', { id: items[0]?.id, text: '다른 화면에서 남긴 메모' });
  await reader.page.getByRole('log').getByText('다른 화면에서 남긴 메모').waitFor({ timeout: 10_000 });
  await writer.context.close();
  await reader.context.close();
});

test('a new ticket waits above the queue and moves nothing until it is asked for', async () => {
  const { page, context } = await signedIn(browser, 'agent7');
  await page.goto('/tickets?view=open');
  await queueRows(page).first().waitFor();
  const before = await queueRows(page).first().textContent();
  const { items } = await call<List>(page, 'customers.list', { limit: 1, mall: 'own' });
  await page.waitForTimeout(1_000);
  await call(page, 'tickets.create', {
    channel: 'form',
    mall: 'own',
    customer: { id: items[0]?.id },
    subject: '방금 들어온 문의',
    text: '배송이 언제 되나요?',
  });
  const fresh = page.getByRole('button', { name: '새 문의 1건 보기' });
  await fresh.waitFor({ timeout: 10_000 });
  expect(await queueRows(page).first().textContent()).toBe(before);
  await fresh.click();
  await page.getByRole('option', { name: /방금 들어온 문의/ }).waitFor();
  await context.close();
});

test('a status that was set is taken back with Alt+Z', async () => {
  const { page, context } = await signedIn(browser, 'agent8');
  const { items } = await call<List>(page, 'tickets.list', { view: 'open', limit: 1 });
  const id = items[0]?.id;
  const { status } = await call<{ status: string }>(page, 'tickets.get', { id });
  await page.goto(`/tickets/${id}`);
  await settled(page);
  await page.keyboard.press('Alt+r');
  await page.getByRole('button', { name: '기록 없이 상담완료' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /되돌리기/ }).waitFor();
  expect(await call(page, 'tickets.get', { id })).toMatchObject({ status: 'solved' });
  await page.keyboard.press('Alt+z');
  await page.getByText('되돌렸습니다.').waitFor();
  expect(await call(page, 'tickets.get', { id })).toMatchObject({ status });
  await context.close();
});

test('a server that is away says so where the list stands, and the list comes back by itself', async () => {
  const { page, context } = await signedIn(browser, 'agent9');
  await page.route('**/api/orders.list', (route) => route.abort());
  await page.goto('/orders');
  await page.getByText('서버에 연결할 수 없습니다').waitFor({ timeout: 20_000 });
  await page.unroute('**/api/orders.list');
  await page.getByRole('button', { name: '다시 시도' }).click();
  await page.getByRole('grid', { name: '주문' }).waitFor();
  await context.close();
});

test('a fault of the server says so with its number, one of a proxy says so too, and what was typed stays', async () => {
  const { page, context } = await signedIn(browser, 'agent9');
  const problem = { code: 'internal', title: '서버에 문제가 생겼습니다.', status: 500, requestId: 'req-1234' };
  await page.route('**/api/orders.list', (route) => route.fulfill({ status: 500, json: problem }));
  await page.goto('/orders');
  await page.getByText('서버에 문제가 생겼습니다').first().waitFor({ timeout: 20_000 });
  await page.getByText('req-1234').first().waitFor();
  await page.unroute('**/api/orders.list');
  await page.getByRole('button', { name: '다시 시도' }).click();
  await page.getByRole('grid', { name: '주문' }).waitFor();

  const { items } = await call<List>(page, 'tickets.list', { view: 'open', limit: 1 });
  await page.goto(`/tickets/${items[0]?.id}`);
  await settled(page);
  await page.keyboard.press('m');
  const memo = page.getByRole('textbox', { name: '메모' });
  await memo.fill('502에도 남을 메모');
  const bad = '<html><body>Bad Gateway</body></html>';
  await page.route('**/api/tickets.note', (route) =>
    route.fulfill({ status: 502, contentType: 'text/html', body: bad }),
  );
  await page.keyboard.press('Control+Enter');
  await page.getByText('서버가 답하지 못했습니다').first().waitFor();
  expect(await memo.inputValue()).toBe('502에도 남을 메모');
  await page.unroute('**/api/tickets.note');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => memo.inputValue()).toBe('');
  await context.close();
});
