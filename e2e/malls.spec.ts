import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, settled, signedIn, violations } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('a manager corrects a manual, the old version stays readable, and agents see the new one beside the order', async () => {
  const manager = await signedIn(browser, 'manager1');
  const { page } = manager;
  await page.goto('/malls/coupang?topic=return.accept');
  await settled(page);
  const manual = page.getByRole('article', { name: '반품 승인' });
  await manual.getByText('[반품 승인]을 누르고 회수 송장을 적습니다').waitFor();
  await manual.getByRole('img').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('e');
  const area = page.getByRole('textbox', { name: '매뉴얼' });
  const before = await area.inputValue();
  await area.fill(`${before}\n# 새로 바뀐 것\n빠른환불 고객은 승인하면 바로 환불됩니다.`);
  await page.getByRole('region', { name: '미리 보기' }).getByRole('heading', { name: '새로 바뀐 것' }).waitFor();
  // What was written survives a reload.
  await page.reload();
  await page.getByRole('button', { name: '고치기' }).click();
  expect(await area.inputValue()).toContain('빠른환불');
  await page.keyboard.press('Control+Enter');
  await page.getByText('매뉴얼을 저장했습니다.').waitFor();
  await manual.getByText('빠른환불 고객은').waitFor();
  await manual.getByLabel('판').selectOption('1');
  await manual.getByText('빠른환불 고객은').waitFor({ state: 'detached' });

  const { page: desk } = await signedIn(browser, 'agent1');
  const { items } = await call<{ items: { id: string }[] }>(desk, 'orders.list', { mall: 'coupang', limit: 1 });
  await desk.goto(`/orders/${items[0]?.id}`);
  await settled(desk);
  const beside = desk.getByRole('region', { name: '매뉴얼' });
  await beside.getByText('빠른환불 고객은').waitFor();
  await beside.getByRole('link', { name: '크게 보기' }).click();
  await desk.getByRole('article', { name: '반품 승인' }).waitFor();
  expect(await desk.getByRole('button', { name: '고치기' }).count()).toBe(0);
  expect([...manager.complaints]).toEqual([]);
});

test('a screenshot is pasted into a manual, and what is no picture is refused in words', async () => {
  const { page } = await signedIn(browser, 'manager1');
  await page.goto('/malls/own?topic=ship');
  await page.getByText('아직 매뉴얼이 없습니다').waitFor();
  await page.keyboard.press('e');
  const area = page.getByRole('textbox', { name: '매뉴얼' });
  await area.fill('1. 송장을 적습니다');
  const content = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const file = page.getByLabel('그림 추가');
  await file.setInputFiles({ name: '메모.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
  await page.getByText('PNG, JPEG, WebP 그림만 넣을 수 있습니다').waitFor();
  await file.setInputFiles({ name: '송장 화면.png', mimeType: 'image/png', buffer: content });
  await page.getByRole('region', { name: '미리 보기' }).getByRole('img', { name: '송장 화면' }).waitFor();
  await page.getByRole('button', { name: '저장' }).click();
  await page.getByRole('article', { name: '송장 등록' }).getByRole('img', { name: '송장 화면' }).waitFor();
});

test('the phone lines of a mall say number, hours, greeting and steps; a manager changes them', async () => {
  const { page } = await signedIn(browser, 'manager1');
  await page.goto('/malls/own?view=lines');
  const line = page.getByRole('region', { name: '일반 회선' });
  await line.getByText('본인을 확인합니다').waitFor();
  expect(await violations(page)).toEqual([]);
  await line.getByRole('button', { name: '고치기' }).click();
  const dialog = page.getByRole('dialog', { name: '일반 회선' });
  await dialog.getByLabel('첫 인사').fill('온결몰 고객센터입니다. 말씀하세요.');
  await dialog.getByLabel('끝', { exact: true }).fill('08:00');
  await dialog.getByRole('button', { name: '저장' }).click();
  await dialog.getByText('끝나는 시각이 시작 시각보다 늦어야 합니다.').waitFor();
  await dialog.getByLabel('끝', { exact: true }).fill('19:00');
  await dialog.getByRole('button', { name: '저장' }).click();
  await line.getByText('온결몰 고객센터입니다. 말씀하세요.').waitFor();
  await line.getByText('09:00–19:00').waitFor();
});

test('an older version is restored as the newest; what somebody else saved meanwhile is not overwritten unseen', async () => {
  const { page } = await signedIn(browser, 'manager1');
  const about = { mall: 'gmarket', topic: 'overview' };
  await call(page, 'malls.saveManual', { ...about, body: '# 잘못 쓴 것' });
  await page.goto('/malls/gmarket');
  const manual = page.getByRole('article', { name: '관리자 들어가기' });
  await manual.getByText('잘못 쓴 것').waitFor();
  await manual.getByLabel('판').selectOption('1');
  await manual.getByText('센터 공용 계정으로 로그인합니다').waitFor();
  await page.getByRole('button', { name: '이 판으로 되돌리기' }).click();
  await call(page, 'malls.saveManual', { ...about, body: '# 그사이 고친 것' });
  await page.getByRole('button', { name: '저장' }).click();
  await page.getByText(/그사이 .* 님이 고쳤습니다/).waitFor();
  await page.getByRole('button', { name: '저장' }).click();
  await manual.getByText('센터 공용 계정으로 로그인합니다').waitFor();
  const { shown } = await call<{ shown: { version: number } }>(page, 'malls.getManual', about);
  expect(shown.version).toBe(4);
});
