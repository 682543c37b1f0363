import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, settled, signedIn } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('a slash on an empty line finds a template by initial consonants, fills it, and its blank stops the sending', async () => {
  const { page, complaints } = await signedIn(browser, 'agent1');
  const { id } = await call<{ id: string }>(page, 'tickets.create', {
    ...{ channel: 'email', mall: 'own', subject: '배송 예정일 문의', text: '언제 도착하나요?' },
    customer: { name: '오하늘', email: 'sky@example.com' },
  });
  await page.goto(`/tickets/${id}`);
  await settled(page);
  await page
    .getByRole('button', { name: /템플릿/ })
    .first()
    .waitFor();
  await page.getByRole('textbox', { name: '답장' }).click();
  await page.keyboard.press('/');
  const picker = page.getByRole('dialog', { name: '템플릿' });
  await picker.getByRole('option').first().waitFor();
  await page.keyboard.type('ㅎㅇㅅㄱ');
  await picker.getByRole('option', { name: /확인 시간 양해/ }).waitFor();
  await page.keyboard.press('Enter');
  const area = page.getByRole('textbox', { name: '답장' });
  await page.waitForFunction(() => document.querySelector('textarea')?.value.startsWith('오하늘 고객님'));
  expect(
    await page
      .getByRole('button', { name: /보내기/ })
      .last()
      .isDisabled(),
  ).toBe(true);
  await page.getByText('빈칸 1').waitFor();
  // The blank is selected: what is typed takes its place.
  await page.waitForFunction(
    () => getSelection()?.toString() === '[[언제까지]]' || document.activeElement?.tagName === 'TEXTAREA',
  );
  await page.keyboard.type('오늘 오후 5시');
  expect(await area.inputValue()).toContain('오늘 오후 5시까지 꼭 답변드리겠습니다.');
  expect(await page.getByText('빈칸 1').count()).toBe(0);
  await page.keyboard.press('Control+Enter');
  await page.waitForFunction(() => document.querySelector('textarea')?.value === '');
  expect(complaints).toEqual([]);
});

test('an agent proposes a reply as a template, the manager accepts it into a folder', async () => {
  const agent = await signedIn(browser, 'agent1');
  const { id } = await call<{ id: string }>(agent.page, 'tickets.create', {
    ...{ channel: 'email', mall: 'own', subject: '보관 방법 문의', text: '어떻게 보관하나요?' },
    customer: { name: '오하늘', email: 'sky@example.com' },
  });
  await call(agent.page, 'templates.propose', {
    ...{ ticket: id, title: '니트 보관 안내', body: '{고객명} 고객님, 니트는 접어서 보관해 주세요.' },
    reason: '재문의가 없었습니다',
  });
  const manager = await signedIn(browser, 'manager1');
  await manager.page.goto('/templates?shown=proposals');
  await settled(manager.page);
  const card = manager.page.getByRole('article', { name: '니트 보관 안내' });
  await card.getByRole('button', { name: '템플릿으로 받기' }).click();
  await manager.page.getByText('템플릿이 되었습니다.').waitFor();
  await manager.page.goto('/templates?q=니트 보관');
  await settled(manager.page);
  await manager.page.getByRole('option', { name: /니트 보관 안내/ }).click();
  await manager.page.getByText('상담에서 제안됨').waitFor();
  expect([...agent.complaints, ...manager.complaints]).toEqual([]);
});
