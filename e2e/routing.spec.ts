import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, settled, signedIn } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

type Ticket = { assigneeName: string | null; tags: string[] };

test('a rule is tried on past tickets, saved and put into effect; the next inquiry goes to the person in charge', async () => {
  const head = await signedIn(browser, 'head');
  const { page } = head;
  const arrive = async (text: string) =>
    (
      await call<{ id: string }>(page, 'tickets.create', {
        ...{ channel: 'email', mall: 'own', subject: '기념품 문의', text },
        customer: { name: '오하늘', email: 'sky@example.com' },
      })
    ).id;
  await arrive('창립기념품 도입 상담을 원합니다');
  await page.goto('/routing');
  await settled(page);
  await page.getByRole('button', { name: '규칙 더하기' }).click();
  const card = page.getByRole('article').last();
  await card.getByLabel('규칙 이름').fill('기념품 도입');
  await card.getByLabel(/^낱말/).fill('창립 기념품');
  await card.getByLabel('태그').fill('B2B');
  await card.getByLabel('이름으로 찾기').fill('김도현');
  await card.getByRole('button', { name: '김도현' }).click();
  await page.getByRole('button', { name: '지난 상담에 시험' }).click();
  await page.getByRole('region', { name: '지난 상담에 시험' }).getByText('기념품 문의').first().waitFor();
  await page.getByRole('button', { name: '새 판으로 저장' }).click();
  await page.getByText(/판으로 저장했습니다/).waitFor();
  await page.getByRole('tab', { name: '판', exact: true }).click();
  await page
    .getByRole('button', { name: /판 적용/ })
    .first()
    .click();
  await page.getByText(/지금부터 \d+판을 씁니다/).waitFor();

  const id = await arrive('창립 기념품 300개 도입하려고 합니다');
  await expect
    .poll(async () => (await call<Ticket>(page, 'tickets.get', { id })).assigneeName, { timeout: 20_000 })
    .toBe('김도현');
  expect((await call<Ticket>(page, 'tickets.get', { id })).tags).toContain('B2B');
  expect(head.complaints).toEqual([]);
});
