import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, type Opened, settled, signedIn } from './browser.ts';

let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  browser = await launch();
  opened = await signedIn(browser, 'agent10');
});
afterAll(() => browser.close());

const newTicket = (page: Page) =>
  call<{ id: string }>(page, 'tickets.create', {
    ...{ channel: 'manual', mall: 'own', customer: { name: '남궁바온', phone: '010-0000-7001' } },
    ...{ subject: '배송 문의', text: '언제 오나요' },
  });
const statusOf = async (page: Page, id: string) => (await call<{ status: string }>(page, 'tickets.get', { id })).status;

test('a contact ends in three keys with a record of what it was about: Alt+R, the code used last, Enter', async () => {
  const { page } = opened;
  const earlier = await newTicket(page);
  await call(page, 'voc.record', { ticket: earlier.id, code: 'DLV-INFO-ETA' });
  const { id } = await newTicket(page);
  await page.goto(`/tickets/${id}`);
  await settled(page);
  await page.keyboard.press('Alt+r');
  await page.getByRole('dialog', { name: '상담완료' }).getByRole('radio').first().waitFor();
  await page.keyboard.press('1');
  await page.getByRole('button', { name: /남기고 상담완료/ }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => statusOf(page, id)).toBe('solved');
  const { items } = await call<{ items: { code: string }[] }>(page, 'voc.listRecords', { ticket: id });
  expect(items.map(({ code }) => code)).toEqual(['DLV-INFO-ETA']);
});

test('where the mall asks for a record nobody resolves without one, and initial consonants find the code', async () => {
  const { page } = opened;
  const manager = await signedIn(browser, 'manager1');
  await manager.page.goto('/voc/required');
  await manager.page.getByLabel('온결몰').click();
  await manager.page.getByText('이제 상담유형을 남겨야 완료됩니다').waitFor();
  const { id } = await newTicket(page);
  await page.goto(`/tickets/${id}`);
  await settled(page);
  await page.keyboard.press('Alt+r');
  const dialog = page.getByRole('dialog', { name: '상담완료' });
  await dialog.getByText('상담유형을 남겨야 완료됩니다').waitFor();
  expect(await dialog.getByRole('button', { name: '기록 없이 상담완료' }).isDisabled()).toBe(true);
  await dialog.getByLabel('상담유형', { exact: true }).fill('ㄷㅊ');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: /남기고 상담완료/ }).click();
  await expect.poll(() => statusOf(page, id)).toBe('solved');
  await call(manager.page, 'voc.require', { mall: 'own', required: false });
  await manager.context.close();
});
