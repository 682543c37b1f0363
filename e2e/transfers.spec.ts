import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, settled, signedIn } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('Alt+Y hands a case to the senior agents; one of them accepts it by Alt+A, and the case is theirs', async () => {
  const agent = await signedIn(browser, 'agent1');
  const { id } = await call<{ id: string }>(agent.page, 'tickets.create', {
    ...{ channel: 'phone', mall: 'own', subject: '설치 호환 문의', text: '구형 모델에도 맞나요?' },
    customer: { name: '오하늘', phone: '010-0000-7799' },
  });
  await agent.page.goto(`/tickets/${id}`);
  await settled(agent.page);
  await agent.page.getByRole('button', { name: '이관' }).waitFor();
  await agent.page.keyboard.press('Alt+y');
  const dialog = agent.page.getByRole('dialog', { name: '이관' });
  await dialog.getByRole('button', { name: /2차 상담/ }).click();
  await dialog.getByLabel('물을 것').fill('모델명 LX-200 호환 여부를 확인해 주세요.');
  await agent.page.keyboard.press('Control+Enter');
  await agent.page.getByText(/에 이관했습니다/).waitFor();
  await agent.page.getByText('받기 전').first().waitFor();

  const senior = await signedIn(browser, 'agent-senior1');
  await senior.page.goto('/transfers');
  await settled(senior.page);
  await senior.page.getByText('모델명 LX-200 호환 여부를 확인해 주세요.').first().click();
  await senior.page.getByRole('button', { name: /받기/ }).waitFor();
  await senior.page.keyboard.press('Alt+a');
  await senior.page.getByText('받았습니다. 상담이 내게 옵니다.').waitFor();
  await agent.page.getByText('김도현').first().waitFor();
  expect([...agent.complaints, ...senior.complaints]).toEqual([]);
});
