import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, settled, signedIn, violations } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('a mall that is prepared says what is left and why; what is put right is done at once; a tick is taken back with a reason', async () => {
  const { page, complaints } = await signedIn(browser, 'manager1');
  await page.goto('/launches/ohouse');
  await settled(page);
  const mall = page.getByRole('region', { name: '오늘의집' });
  await mall.getByText(/가지 남았습니다/).waitFor();
  expect(await mall.getByRole('button', { name: '오늘의집 개시' }).isDisabled()).toBe(true);
  const contacts = mall.getByRole('listitem', { name: '몰 연락처' });
  await contacts.getByText('계약 택배사 없음').waitFor();
  await mall.getByRole('listitem', { name: '관리자 매뉴얼' }).getByRole('link', { name: '취소 거부' }).waitFor();
  expect(await violations(page)).toEqual([]);

  await contacts.getByRole('link', { name: '고치러 가기' }).click();
  await page.getByRole('button', { name: '계약 택배사 넣기' }).click();
  const dialog = page.getByRole('dialog', { name: '계약 택배사' });
  await dialog.getByLabel('이름·부서').fill('한진 성수 영업소');
  await dialog.getByRole('button', { name: '저장' }).click();
  await dialog.getByText('전화번호나 이메일 가운데 하나는 적어 주세요.').waitFor();
  await dialog.getByLabel('전화').fill('02-0000-7788');
  await dialog.getByRole('button', { name: '저장' }).click();
  await page.getByText('한진 성수 영업소').waitFor();
  await page.goto('/launches/ohouse');
  await mall.getByRole('listitem', { name: '몰 연락처' }).getByText('2곳').waitFor();

  const briefing = mall.getByRole('listitem', { name: '상담사 안내와 확인' });
  await briefing.getByRole('button', { name: '확인' }).click();
  await page.getByLabel('메모 (선택)').fill('교육 마침');
  await page.keyboard.press('Enter');
  await briefing.getByText('교육 마침').waitFor();
  await briefing.getByRole('button', { name: '되돌리기' }).click();
  await page.getByLabel('까닭').fill('두 사람이 아직 못 들음');
  await page.keyboard.press('Enter');
  await briefing.getByText('두 사람이 아직 못 들음').waitFor();
  await mall.getByRole('region', { name: '확인 기록' }).getByText('교육 마침').waitFor();
  expect(complaints).toEqual([]);
});

test('an agent reads the list and changes nothing; beside an order stands whom to call', async () => {
  const { page } = await signedIn(browser, 'agent1');
  await page.goto('/launches/own');
  await page.getByRole('region', { name: /자사몰|온결/ }).waitFor();
  expect(await page.getByRole('button', { name: /확인|되돌리기|개시/ }).count()).toBe(0);
  const { items } = await call<{ items: { id: string }[] }>(page, 'orders.list', { mall: 'coupang', limit: 1 });
  await page.goto(`/orders/${items[0]?.id}`);
  const whom = page.getByRole('region', { name: '담당 연락처' });
  await whom.getByText('CJ대한통운 성동 영업소').waitFor();
  expect(await whom.getByRole('link', { name: /전화 02-0000/ }).count()).toBeGreaterThan(0);
});
