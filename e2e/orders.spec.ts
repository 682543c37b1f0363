import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, type Opened, settled, signedIn } from './browser.ts';

type Order = {
  id: string;
  total: number;
  lines: { id: string; listPrice: number; qty: number }[];
  benefits: { id: string; name: string }[];
  allocation: { units: { line: string; net: number; benefits: Record<string, number> }[] };
};
let browser: Browser;
let opened: Opened;
let order: Order;

beforeAll(async () => {
  browser = await launch();
  opened = await signedIn(browser, 'agent1');
  const { page } = opened;
  const { items } = await call<{ items: { id: string }[] }>(page, 'orders.list', { mall: 'own', limit: 100 });
  for (const { id } of items) {
    order = await call<Order>(page, 'orders.get', { id });
    if (order.benefits.length > 0 && order.lines.length > 1) return;
  }
  throw new Error('no order with a discount over several lines');
});
afterAll(() => browser.close());

const won = (krw: number) => krw.toLocaleString('ko-KR');

test('an order tells what each line cost after its discounts, and how each discount was shared, to the won', async () => {
  const { page } = opened;
  await page.goto(`/orders/${order.id}`);
  const goods = page.getByRole('table', { name: '주문상품' });
  const shares = page.getByRole('region', { name: '할인 배분' });
  await shares.waitFor();
  for (const line of order.lines) {
    const units = order.allocation.units.filter((unit) => unit.line === line.id);
    const paid = units.reduce((sum, unit) => sum + unit.net, 0);
    await goods
      .getByText(`실결제 ${won(paid)}`)
      .first()
      .waitFor();
    for (const { id } of order.benefits) {
      const share = units.reduce((sum, unit) => sum + (unit.benefits[id] ?? 0), 0);
      if (share > 0)
        await shares
          .getByText(`−${won(share)}`, { exact: true })
          .first()
          .waitFor();
    }
  }
});

test('the transaction statement adds up to what was paid, and nothing else goes on the paper', async () => {
  const { page } = opened;
  await page.goto(`/orders/${order.id}`);
  await page.getByRole('region', { name: '증빙 서류' }).getByRole('link', { name: '보기·인쇄' }).click();
  await page.getByRole('heading', { name: '거래명세서' }).first().waitFor();
  const foot = page.locator('tfoot');
  await foot.getByText(`${won(order.total)}원`).waitFor();
  const figures = (await foot.getByRole('row').allTextContents()).map((row) => Number(row.replace(/\D/g, '')));
  expect(figures.slice(0, -1).reduce((sum, krw) => sum + krw, 0)).toBe(figures.at(-1));
  await page.emulateMedia({ media: 'print' });
  expect(await foot.isVisible()).toBe(true);
  expect(await page.getByRole('navigation', { name: '퀵메뉴' }).isVisible()).toBe(false);
  expect(await page.getByRole('button', { name: '인쇄' }).isVisible()).toBe(false);
  await page.emulateMedia({ media: null });
});

test('beside a case the order names whom to call for it and how its mall is worked', async () => {
  const { page } = opened;
  const { items } = await call<{ items: { id: string }[] }>(page, 'tickets.list', { mall: 'own', limit: 50 });
  const tickets = await Promise.all(
    items.map(({ id }) => call<{ id: string; order: string | null }>(page, 'tickets.get', { id })),
  );
  await page.goto(`/tickets/${tickets.find((ticket) => ticket.order)?.id}`);
  await settled(page);
  const panel = page.getByRole('complementary', { name: '고객 정보 패널' });
  await panel.getByRole('region', { name: '담당 연락처' }).getByRole('link').first().waitFor();
  await panel.getByRole('region', { name: '몰에서 처리' }).getByLabel('할 일').waitFor();
});

test('orders are narrowed by the days on which they were placed, and whoever may finds the import there', async () => {
  const { page } = opened;
  await page.goto('/orders?from=2026-01-01&to=2026-01-02');
  await page.getByLabel('주문일 시작').waitFor();
  await page.getByRole('button', { name: '조건 지우기' }).click();
  await page.getByRole('grid', { name: '주문' }).getByRole('row').nth(2).waitFor();
  expect(new URL(page.url()).search).not.toContain('from');
  const logistics = await signedIn(browser, 'admin');
  await logistics.page.goto('/orders');
  await logistics.page.getByRole('link', { name: '주문 파일 등록' }).click();
  await logistics.page.waitForURL('**/orders/import');
  await logistics.context.close();
});
