import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, type Opened, settled, signedIn } from './browser.ts';

/** Deliveries against what is usual (C1, D4). The sample's are there with the first screen: a job fills them. */
const FILLED_MS = 30_000;
let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  browser = await launch();
  opened = await signedIn(browser, 'agent1');
  const until = Date.now() + FILLED_MS;
  type Counts = { moving: number; stuck: unknown[]; upTo: string | null };
  for (;;) {
    const { moving, upTo } = await call<Counts>(opened.page, 'orders.countDeliveries', {});
    if ((moving > 0 && upTo) || Date.now() > until) break;
    await opened.page.waitForTimeout(500);
  }
});
afterAll(() => browser.close());

test('the deliveries page counts what needs a look, shows each parcel on one line, and opens it by Enter', async () => {
  const { page, complaints } = opened;
  await page.goto('/deliveries?view=moving');
  await settled(page);
  const moving = page.getByRole('tab', { name: /정상 배송 중/ });
  expect(await moving.getAttribute('aria-selected')).toBe('true');
  expect(Number((await moving.locator('b').textContent())?.replace(',', ''))).toBeGreaterThan(0);
  const way = page
    .getByRole('row')
    .getByRole('img', { name: /^경로: 송장 / })
    .first();
  expect(await way.getAttribute('aria-label')).toMatch(/송장 \d+\/\d+ .*배송완료 전$/);
  await page.getByRole('tab', { name: /확인 필요/ }).click();
  expect(page.url()).not.toContain('view=');
  await page.getByRole('tab', { name: /정상 배송 중/ }).click();
  await page.getByRole('grid', { name: '배송' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/deliveries\/[0-9a-f-]{36}/);
  await settled(page);
  await page
    .getByText(/조회한 적 없음/)
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
});

test('a delivered parcel says how long it took and what is usual for its lane, with the number of parcels', async () => {
  const { page } = opened;
  const { items } = await call<{ items: { id: string }[] }>(page, 'orders.list', { stage: 'DELIVERED', limit: 1 });
  await page.goto(`/deliveries/${items[0]!.id}`);
  await settled(page);
  await page
    .getByText(/집화에서 도착까지 \d+시간/)
    .first()
    .waitFor();
  await page
    .getByText(/최근 8주 .*건 가운데 95%가 \d+시간 안에 도착했습니다|견줄 수 없습니다/)
    .first()
    .waitFor();
});

test('without a tracker the page says so, and leads to how connections stand', async () => {
  const { page } = opened;
  await page.goto('/deliveries');
  await settled(page);
  const note = page.getByRole('status').filter({ hasText: '배송 조회가 연결되어 있지 않아' });
  await note.waitFor();
  await note.getByRole('link', { name: '연결 상태' }).click();
  await page.waitForURL(/\/settings\/connections/);
  await page.getByText('꺼짐').waitFor();
  await page.getByText(/HAEDAP_TRACKER_URL/).waitFor();
});

test('the panel of F4 shows the way of the customer’s parcel over whatever is being done', async () => {
  const { page } = opened;
  const { items } = await call<{ items: { order: string }[] }>(page, 'orders.listDeliveries', {
    show: 'moving',
    limit: 1,
  });
  await page.goto(`/orders/${items[0]!.order}`);
  await settled(page);
  await page.keyboard.press('F4');
  await page.getByRole('complementary').getByText('배송 출발').first().waitFor();
});
