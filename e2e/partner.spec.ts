import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, settled, signedIn } from './browser.ts';

type List = { items: { id: string }[] };
type Order = { lines: { product: string }[] };
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

test('an agent asks on an order, the partner answers by one key, the agent sees it without a reload', async () => {
  const partner = await signedIn(browser, 'partner1');
  await partner.page.waitForURL((url) => url.pathname === '/requests');
  const own = await call<List>(partner.page, 'orders.list', { limit: 1 });
  const order = own.items[0]?.id ?? '';
  const { lines } = await call<Order>(partner.page, 'orders.get', { id: order });
  const agent = await signedIn(browser, 'agent1');
  const input = {
    kind: 'stock',
    product: lines[0]?.product,
    order,
    to: 'partner',
    question: { note: '교환 재고 있나요?' },
  };
  const { id } = await call<{ id: string }>(agent.page, 'requests.ask', input);
  await agent.page.goto(`/requests/${id}`);
  await agent.page.getByText('답 대기').first().waitFor();

  await partner.page.goto(`/requests/${id}`);
  await settled(partner.page);
  await partner.page.getByRole('button', { name: '재고 있음' }).waitFor();
  await partner.page.keyboard.press('1');
  await partner.page.getByText('답을 보냈습니다.').waitFor();

  await agent.page.getByRole('region', { name: '재고' }).getByText('답 받음').waitFor();
  await agent.page.getByText('재고 있음').first().waitFor();
  expect([...partner.complaints, ...agent.complaints]).toEqual([]);
});
