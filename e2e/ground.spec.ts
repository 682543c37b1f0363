import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderAt } from '../src/platform/data-folder.ts';
import { openDatabase } from '../src/platform/db.ts';
import { addJob } from '../src/platform/jobs.ts';
import { runningPostgres } from '../src/platform/postgres.ts';
import { call, haedap, launch, type Opened, settled, signedIn } from './browser.ts';

let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  browser = await launch();
  opened = await signedIn(browser, 'admin');
});
afterAll(() => browser.close());

/** Puts a job into the queue of the running company. */
async function queue(payload: Record<string, unknown>, runAt?: Date): Promise<string> {
  const config = await runningPostgres(folderAt(haedap().data));
  if (!config) throw new Error('the database does not run');
  const database = openDatabase(config, { max: 1 });
  try {
    const options = { maxAttempts: 1, ...(runAt ? { runAt } : {}) };
    return await addJob(database.write, 'audit.export', payload, options);
  } finally {
    await database.close();
  }
}

test('the audit is searched, a record is read, and what matches is exported with a reason and fetched as a file', async () => {
  const { page } = opened;
  await call(page, 'accounts.updateProfile', { name: '강지호' });
  await page.goto('/settings/audit?q=accounts.updateProfile');
  await page.getByRole('grid').getByRole('row').nth(1).click();
  const record = page.getByRole('dialog');
  await record.getByText('accounts.updateProfile').first().waitFor();
  await page.keyboard.press('Escape');
  await record.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '내보내기' }).click();
  await page.getByLabel('내보내는 이유').fill('월간 접속기록 점검');
  await page.keyboard.press('Enter');
  await page.getByText(/작업을 시작했습니다/).waitFor();
  await page.goto('/settings/jobs?state=done');
  await page.getByRole('grid').getByRole('row').filter({ hasText: 'audit.export' }).first().click();
  const job = page.getByRole('dialog');
  const coming = page.waitForEvent('download');
  await job.getByRole('button', { name: '파일 받기' }).click();
  const text = readFileSync(await (await coming).path(), 'utf8');
  expect(text).toContain('accounts.updateProfile');
  expect(text.split('\n')[0]).toContain('사용자');
});

test('a job that failed says why, is tried again and is thrown away; one that waits is cancelled', async () => {
  const { page } = opened;
  const failing = await queue({ from: 'not a day' });
  const waiting = await queue({}, new Date(Date.now() + 3_600_000));
  await page.goto(`/settings/jobs?job=${failing}`);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('실패', { exact: true }).first().waitFor();
  await dialog.getByText('1/1').waitFor();
  await dialog.getByRole('button', { name: '다시 실행' }).click();
  await page.getByText('다시 실행합니다.').waitFor();
  await dialog.getByRole('button', { name: '버리기' }).click();
  await page.getByText('작업을 버렸습니다.').waitFor();
  await page.goto(`/settings/jobs?job=${waiting}`);
  await dialog.getByRole('button', { name: '작업 취소' }).click();
  await page.getByText('작업을 취소합니다.').waitFor();
  await dialog.getByText('취소됨').first().waitFor();
});

test('VOC is noted on a ticket from its panel and stands in the records', async () => {
  const agent = await signedIn(browser, 'agent14');
  const { page } = agent;
  const { items } = await call<{ items: { id: string }[] }>(page, 'tickets.list', { view: 'open', limit: 1 });
  await page.goto(`/tickets/${items[0]?.id}?p=voc`);
  await settled(page);
  const form = page.getByRole('form', { name: 'VOC 남기기' });
  await form.getByRole('combobox').first().fill('쿠폰 적용');
  await page
    .getByRole('option', { name: /쿠폰 적용 불가/ })
    .first()
    .click();
  await form.getByLabel('처리유형').selectOption('filed');
  await form.getByLabel('메모 (선택)').fill('앱 개편 뒤 쿠폰이 안 됨');
  await form.getByRole('button', { name: /쿠폰 적용 불가 남기기/ }).click();
  await page.getByText(/VOC를 남겼습니다/).waitFor();
  await page.goto('/voc');
  await page.getByRole('grid').getByText('앱 개편 뒤 쿠폰이 안 됨').first().waitFor();
  expect(agent.complaints).toEqual([]);
  await agent.context.close();
});
