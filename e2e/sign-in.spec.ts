import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, haedap, launch, openPage, settled, signIn, violations } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('a newcomer picks a sample person by digit, types the password and stands on the desk', async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto('/');
  await page.getByRole('heading', { name: '데모 계정' }).waitFor();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('온결 고객센터');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('2');
  expect(await page.getByLabel('이메일', { exact: true }).inputValue()).toBe('manager1@haedap.example');
  await page.keyboard.type('not the password 1');
  await page.keyboard.press('Enter');
  expect(await page.getByRole('alert').textContent()).toContain('비밀번호');
  await page.getByLabel('비밀번호', { exact: true }).fill(haedap().password);
  await page.keyboard.press('Enter');
  await page.getByRole('listbox', { name: '대기열' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/tickets');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a session that ends keeps what was typed and where one was, and the memo goes out after signing in again', async () => {
  const { page, context } = await openPage(browser);
  await signIn(page, 'agent2');
  const { items } = await call<{ items: { id: string }[] }>(page, 'tickets.list', { view: 'open', limit: 1 });
  await page.goto(`/tickets/${items[0]?.id}`);
  await settled(page);
  await page.keyboard.press('m');
  const memo = page.getByRole('main').getByRole('textbox', { name: '메모', exact: true });
  await memo.waitFor();
  await memo.fill('고객이 내일 다시 전화하기로 함');
  const address = page.url();
  await context.clearCookies();
  await page.keyboard.press('Control+Shift+Enter');
  const again = page.getByRole('dialog', { name: '다시 로그인' });
  await again.waitFor();
  expect(await memo.inputValue()).toBe('고객이 내일 다시 전화하기로 함');
  await again.getByLabel('비밀번호', { exact: true }).fill(haedap().password);
  await page.keyboard.press('Enter');
  await page.getByRole('log', { name: '대화' }).getByText('고객이 내일 다시 전화하기로 함').waitFor();
  expect(page.url()).toBe(address);
  expect(await memo.inputValue()).toBe('');
  await context.close();
});

test('somebody without a role for it sees neither the screen nor its place in the menu', async () => {
  const { page, context } = await openPage(browser);
  await signIn(page, 'agent1');
  await settled(page);
  const rail = page.getByRole('navigation', { name: '업무', exact: true });
  expect(await rail.getByRole('link', { name: '설정' }).count()).toBe(0);
  await page.goto('/settings/audit');
  await page.getByText('찾는 화면이 없습니다').waitFor();
  await context.close();
});
