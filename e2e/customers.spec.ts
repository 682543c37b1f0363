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

test('abuse is warned of step by step with words to read, a contact is stopped at once, a block needs another manager', async () => {
  const { page } = opened;
  const id = await register('남궁마온', '010-0000-5301');
  await page.goto(`/customers/${id}`);
  const part = page.getByRole('region', { name: '불만고객 관리' });
  await part.getByRole('button', { name: '주의·경고' }).click();
  let dialog = page.getByRole('dialog', { name: '주의·경고' });
  await dialog.getByText('차분히 말씀해 주십시오').waitFor();
  await dialog.getByLabel('무슨 일').selectOption('threat');
  await dialog.getByText('마지막으로 말씀드립니다').waitFor();
  await dialog.getByLabel('들은 말이나 있었던 일').fill('찾아가겠다고 말함, 녹취 01:20');
  await page.keyboard.press('Enter');
  await page.getByText('최종 경고를 기록했습니다.').waitFor();
  await part.getByRole('button', { name: '상담 중단' }).click();
  dialog = page.getByRole('dialog', { name: '상담 중단' });
  await dialog.getByText('누구의 승인도 없이').waitFor();
  await dialog.getByLabel('들은 말이나 있었던 일').fill('욕설을 그치지 않음');
  await page.keyboard.press('Enter');
  await page.getByText('상담 중단을 기록했습니다.').waitFor();
  await part.getByRole('button', { name: '이용 제한 요청' }).click();
  dialog = page.getByRole('dialog', { name: '이용 제한 요청' });
  await dialog.getByLabel('제한이 필요한 이유').fill('협박이 이어짐');
  await page.keyboard.press('Enter');
  await page.getByText('다른 관리자가 결정합니다').first().waitFor();
  await part.getByRole('button', { name: '이용 제한', exact: true }).click();
  await part.getByText('본인이 올린 요청은 다른 관리자가 결정해야 합니다.').waitFor();

  const other = await signedIn(browser, 'head');
  await other.page.goto('/customers/blocks');
  await other.page.getByRole('row', { name: /협박이 이어짐/ }).dblclick();
  await other.page.getByRole('button', { name: '이용 제한', exact: true }).click();
  await other.page.getByText('이용을 제한했습니다.').waitFor();
  await other.context.close();
  await part.getByText('이용 제한 중').waitFor();
});
