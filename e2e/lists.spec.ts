import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, type Opened, queueRows, settled, signedIn } from './browser.ts';

let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  browser = await launch();
  opened = await signedIn(browser, 'admin');
});
afterAll(() => browser.close());

const heads = (page: Page) => page.getByRole('columnheader').allTextContents();
const rows = (page: Page) => page.getByRole('grid').getByRole('row');
const kept = (page: Page) =>
  page.waitForResponse((answer) => answer.url().endsWith('/api/accounts.updateProfile') && answer.ok());

test('columns that were hidden, moved and widened, and dense rows, are the same in another browser', async () => {
  const { page } = opened;
  await page.goto('/calls');
  await rows(page).nth(2).waitFor();
  const before = await heads(page);
  await page.getByRole('button', { name: '열과 줄 간격' }).click();
  const dialog = page.getByRole('dialog', { name: /열과 줄 간격/ });
  await dialog.getByLabel('회선', { exact: true }).uncheck();
  await dialog.getByRole('button', { name: '몰: 앞으로' }).click();
  await dialog.getByLabel('고객 너비').fill('200');
  const saved = kept(page);
  await dialog.getByRole('tab', { name: '좁게' }).click();
  await saved;
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  const wanted = ['몰', '시각', ...before.slice(2).filter((name) => name !== '회선')];
  expect(await heads(page)).toEqual(wanted);

  const other = await signedIn(browser, 'admin');
  await other.page.goto('/calls');
  await rows(other.page).nth(2).waitFor();
  expect(await heads(other.page)).toEqual(wanted);
  const width = await other.page.getByRole('columnheader', { name: '고객' }).evaluate((head) => head.clientWidth);
  expect(width).toBeGreaterThanOrEqual(195);
  expect(
    await rows(other.page)
      .nth(2)
      .evaluate((row) => row.clientHeight),
  ).toBe(26);
  await other.page.getByRole('button', { name: '열과 줄 간격' }).click();
  const back = kept(other.page);
  await other.page.getByRole('button', { name: '처음대로' }).click();
  await back;
  await other.page.keyboard.press('Escape');
  await other.page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await heads(other.page)).toEqual(before);
  await other.context.close();
});

test('a filter stands in the address, comes back when the list is opened without one, and is cleared in one press', async () => {
  const { page } = opened;
  await page.goto('/customers');
  await rows(page).nth(2).waitFor();
  const saved = kept(page);
  await page.getByLabel('등급').selectOption('vip');
  await page.waitForURL(/grade=vip/);
  await saved;
  await page.goto('/orders');
  await rows(page).nth(2).waitFor();
  await page.goto('/customers');
  await page.waitForURL(/grade=vip/);
  await page.getByRole('button', { name: '조건 지우기' }).click();
  await page.waitForURL((url) => !url.search.includes('grade'));
  await page.goto('/customers?q=없는사람입니다');
  await page.getByText('맞는 고객이 없습니다').waitFor();
  await page.getByRole('main').getByRole('button', { name: '조건 지우기' }).last().click();
  await rows(page).nth(2).waitFor();
});

test('a press on the head of a column sorts by it where the server can, and once more turns it round', async () => {
  const { page } = opened;
  await page.goto('/settings/people');
  await rows(page).nth(2).waitFor();
  await page.getByRole('button', { name: '이메일', exact: true }).click();
  await page.waitForURL(/sort=email/);
  await expect
    .poll(() => page.getByRole('columnheader', { name: '이메일' }).getAttribute('aria-sort'))
    .toBe('ascending');
  await expect.poll(() => rows(page).nth(1).textContent()).toContain('admin@haedap.example');
  await page.getByRole('button', { name: '이메일', exact: true }).click();
  await page.waitForURL(/sort=-email/);
  await expect.poll(() => rows(page).nth(1).textContent()).not.toContain('admin@haedap.example');
});

test('Space looks into a row beside the list without leaving it, follows J and K, and closes again', async () => {
  const { page } = opened;
  await page.goto('/orders');
  await rows(page).nth(2).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Space');
  const panel = page.getByRole('complementary', { name: '고객 정보 패널' });
  await panel.waitFor();
  const number = (row: number) => rows(page).nth(row).getByRole('gridcell').nth(1).textContent();
  await panel
    .getByText((await number(1)) ?? '')
    .first()
    .waitFor();
  await page.keyboard.press('j');
  await panel
    .getByText((await number(2)) ?? '')
    .first()
    .waitFor();
  await page.keyboard.press('Space');
  await panel.waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe('/orders');
});

/** One of its own: how many wait depends on the hour at which the sample company ends. */
const newTicket = (page: Page) =>
  call<{ id: string }>(page, 'tickets.create', {
    channel: 'manual',
    mall: 'own',
    customer: { name: '남궁가온', phone: '010-0000-1000' },
    subject: '배송 문의',
    text: '언제 오나요',
  });

test('the queue says how many wait in each view, and the number follows what happens', async () => {
  const agent = await signedIn(browser, 'agent11');
  const { page } = agent;
  const { id } = await newTicket(page);
  const me = await call<{ id: string }>(page, 'accounts.me', {});
  const mine = page.getByRole('tab', { name: /내 상담/ });
  await queueRows(page).first().waitFor();
  await page.waitForTimeout(1_000);
  const count = async () => Number((await mine.textContent())?.replace(/\D/g, ''));
  const before = await count();
  await call(page, 'tickets.assign', { id, assignee: me.id });
  await expect.poll(count, { timeout: 10_000 }).toBe(before + 1);
  await agent.context.close();
});

test('a draft and the open case tabs of one browser are there in another, and gone there once it was sent', async () => {
  const first = await signedIn(browser, 'agent12');
  const { id } = await newTicket(first.page);
  const address = `/tickets/${id}`;
  const memoOf = (page: Page) => page.getByRole('main').getByRole('textbox', { name: '메모', exact: true });
  await first.page.goto(address);
  await settled(first.page);
  await first.page.keyboard.press('m');
  await memoOf(first.page).fill('내일 오전에 협력사에 다시 확인');
  await first.page.getByRole('link', { name: '통화', exact: true }).click();
  const name = `draft.${id}.memo`;
  await expect
    .poll(() => call(first.page, 'accounts.getPreference', { name }))
    .toMatchObject({
      value: { text: '내일 오전에 협력사에 다시 확인' },
    });
  const second = await signedIn(browser, 'agent12');
  await second.page.goto(address);
  await settled(second.page);
  await second.page.getByRole('navigation', { name: '상담 탭' }).locator(`a[href='${address}']`).waitFor();
  await second.page.keyboard.press('m');
  await expect.poll(() => memoOf(second.page).inputValue()).toBe('내일 오전에 협력사에 다시 확인');
  await queueRows(second.page).getByRole('img', { name: '쓰다 만 글' }).first().waitFor();
  const gone = kept(second.page);
  await second.page.keyboard.press('Control+Shift+Enter');
  await gone;
  await first.page.goto(address);
  await settled(first.page);
  await first.page.keyboard.press('m');
  await expect.poll(() => memoOf(first.page).inputValue()).toBe('');
  await first.context.close();
  await second.context.close();
});

test('offline, a memo stays in its field with one clear message, and goes out when the line is back', async () => {
  const agent = await signedIn(browser, 'agent13');
  const { page, context } = agent;
  const { id } = await newTicket(page);
  await page.goto(`/tickets/${id}`);
  await settled(page);
  await page.keyboard.press('m');
  const memo = page.getByRole('main').getByRole('textbox', { name: '메모', exact: true });
  await memo.fill('전화가 끊김');
  await context.setOffline(true);
  await page.keyboard.press('Control+Shift+Enter');
  await page
    .getByRole('alert')
    .getByText(/서버에 연결할 수 없습니다/)
    .waitFor();
  expect(await memo.inputValue()).toBe('전화가 끊김');
  await context.setOffline(false);
  await page.keyboard.press('Control+Shift+Enter');
  await page.getByRole('log', { name: '대화' }).getByText('전화가 끊김').waitFor();
  expect(await memo.inputValue()).toBe('');
  await context.close();
});

test('a record that is not there and an address that is none say so, with a way on', async () => {
  const { page } = opened;
  await page.goto('/orders/0190a000-0000-7000-8000-000000000000');
  await page
    .getByText(/찾을 수 없습니다/)
    .first()
    .waitFor();
  await page.goto('/no/such/place');
  await page.getByText('찾는 화면이 없습니다').waitFor();
  await page
    .getByRole('button', { name: '내 업무로' })
    .or(page.getByRole('link', { name: '내 업무로' }))
    .click();
  await page.getByRole('listbox', { name: '대기열' }).waitFor();
});
