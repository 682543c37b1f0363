import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, settled, signedIn } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** A new ticket, taken by the agent. */
async function freeTicket(page: Page): Promise<string> {
  const { id } = await call<{ id: string }>(page, 'tickets.create', {
    ...{ channel: 'phone', mall: 'own', subject: '환불 확인 요청', text: '환불이 언제 되는지 확인해 주세요.' },
    customer: { name: '오하늘', phone: '010-0000-7788' },
  });
  const me = await call<{ id: string }>(page, 'accounts.me', {});
  await call(page, 'tickets.assign', { id, assignee: me.id });
  return id;
}

test('Alt+B promises a reply by keys only: it stands in the head and in the list of what I have to do', async () => {
  const { page, complaints } = await signedIn(browser, 'agent1');
  const ticket = await freeTicket(page);
  await page.goto(`/tickets/${ticket}`);
  await settled(page);
  await page.getByRole('button', { name: '회신 약속' }).waitFor();
  await page.keyboard.press('Alt+b');
  const dialog = page.getByRole('dialog', { name: '회신 약속' });
  await dialog.getByRole('button', { name: /다음 영업일 오전/ }).waitFor();
  await dialog.getByLabel('메모').fill('환불 결과 안내');
  await page.keyboard.press('Control+Enter');
  await page.getByText('회신을 약속했습니다').waitFor();
  await page
    .getByText(/회신 약속 \d+\/\d+/)
    .first()
    .waitFor();

  await page.goto('/todo');
  await settled(page);
  await page.getByText('환불 결과 안내').first().waitFor();
  expect(complaints).toEqual([]);
});

test('a call-back is filed, taken, missed once, and then the customer is reached', async () => {
  const { page, complaints } = await signedIn(browser, 'agent1');
  const ticket = await freeTicket(page);
  await page.goto(`/tickets/${ticket}`);
  await settled(page);
  await page.getByRole('button', { name: '콜백' }).waitFor();
  await page.keyboard.press('Alt+k');
  const filing = page.getByRole('dialog', { name: '콜백 등록' });
  await filing.getByLabel('용건').fill('교환 절차 안내 전화');
  await filing.getByLabel('전화번호').fill('010-0000-4321');
  await page.keyboard.press('Control+Enter');
  await page.getByText('콜백을 등록했습니다').waitFor();

  await page.getByRole('button', { name: '내가 걸기' }).click();
  await page.getByText('010-0000-4321').waitFor();
  await page.keyboard.press('2');
  await page.getByText(/부재 1차 · 다음/).waitFor();
  await page.getByRole('button', { name: '내가 걸기' }).click();
  await page.getByText('010-0000-4321').waitFor();
  await page.keyboard.press('1');
  await page.getByText('통화로 끝냈습니다.').waitFor();
  await page.getByRole('button', { name: '내가 걸기' }).waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});
