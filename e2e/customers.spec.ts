import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, type Opened, signedIn } from './browser.ts';

let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  browser = await launch();
  opened = await signedIn(browser, 'manager1');
});
afterAll(() => browser.close());

const register = async (name: string, phone: string) =>
  (await call<{ id: string }>(opened.page, 'customers.register', { name, phone, mall: 'own' })).id;

test('a phone changes only after the identity check, and the change stands with before, after and why', async () => {
  const { page } = opened;
  const id = await register('남궁가온', '010-0000-5001');
  await page.goto(`/customers/${id}`);
  await page.getByRole('button', { name: '정보 변경' }).click();
  const dialog = page.getByRole('dialog', { name: '정보 변경' });
  await dialog.getByLabel('전화', { exact: true }).fill('010-0000-5002');
  await dialog.getByLabel('바꾸는 이유').fill('번호를 바꾸심');
  await dialog.getByRole('button', { name: '저장' }).click();
  await dialog.getByText('본인확인을 한 뒤에 바꿀 수 있습니다').waitFor();
  expect(await dialog.getByLabel('전화', { exact: true }).inputValue()).toBe('010-0000-5002');
  await dialog.getByLabel('이름', { exact: true }).first().check();
  await dialog.getByLabel('전화번호').check();
  await page.keyboard.press('Alt+i');
  await dialog.getByText('본인확인함').waitFor();
  await dialog.getByRole('button', { name: '저장' }).click();
  await page.getByText('고객 정보를 바꾸었습니다.').waitFor();
  const changes = page.getByRole('region', { name: '정보 변경 이력' });
  await changes.getByText('번호를 바꾸심').waitFor();
  expect(await changes.textContent()).toContain('010-****-5001');
  expect(await changes.textContent()).toContain('010-****-5002');
});

test('two records of one person are compared, merged, shown as one, and taken apart by one key', async () => {
  const { page } = opened;
  const into = await register('남궁다온', '010-0000-5101');
  const from = await register('남궁다온', '010-0000-5102');
  await page.goto(`/customers/${into}`);
  await page.getByRole('button', { name: '고객 합치기' }).click();
  const dialog = page.getByRole('dialog', { name: '고객 합치기' });
  await dialog.getByLabel(/이름, 초성/).fill('5102');
  await dialog.getByRole('button', { name: /남\*\*온/ }).click();
  await dialog.getByText('이름 같음').waitFor();
  await dialog.getByText('전화 다름').waitFor();
  await dialog.getByLabel('같은 분으로 보는 이유').fill('번호를 바꾸심');
  await dialog.getByRole('button', { name: /합치기 · 주문 0, 상담 0/ }).click();
  await page.getByText('두 고객을 합쳤습니다.').waitFor();
  await page.getByRole('region', { name: '연락처와 계정' }).getByText('010-****-5102').waitFor();
  expect(await call(page, 'customers.get', { id: from })).toMatchObject({ id: into });
  await page.keyboard.press('Alt+z');
  await page.getByText('합친 고객을 다시 나누었습니다.').waitFor();
  expect(await call(page, 'customers.get', { id: from })).toMatchObject({ id: from, merged: [] });
});

test('a member id is added and the word on advertising is set where the customer says it', async () => {
  const { page } = opened;
  const id = await register('남궁라온', '010-0000-5201');
  await page.goto(`/customers/${id}`);
  const ways = page.getByRole('region', { name: '연락처와 계정' });
  await ways.getByRole('button', { name: '추가' }).click();
  await ways.getByLabel('종류').selectOption('mall_id');
  await ways.getByLabel('번호, 이메일 또는 아이디').fill('laon77');
  await page.keyboard.press('Enter');
  await ways.getByText('lao***').waitFor();
  const consents = page.getByRole('region', { name: '광고 수신 동의' });
  await consents.getByRole('listitem').first().getByRole('button', { name: '동의로' }).click();
  await page.getByText('문자 광고 수신을 동의로 바꾸었습니다.').waitFor();
  await consents.getByRole('listitem').first().getByRole('button', { name: '거부로' }).waitFor();
});
