import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, settled, signedIn, violations } from './browser.ts';

type Product = { id: string; sku: string; name: string; option: string; listPrice: number; partner: { id: string } };
let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Two options of one product of the partner, at the same price. */
async function options(page: Page, partner: string): Promise<[Product, Product]> {
  const seen = new Map<string, Product>();
  let cursor: string | null = null;
  do {
    const filter = { partner, inventoryType: 'CONSIGN', status: 'on_sale', limit: 100, ...(cursor ? { cursor } : {}) };
    const found: { items: Product[]; next: string | null } = await call(page, 'catalogue.listProducts', filter);
    for (const product of found.items) {
      const key = `${product.name} ${product.listPrice}`;
      const other = seen.get(key);
      if (other && other.option !== product.option) return [other, product];
      seen.set(key, product);
    }
    cursor = found.next;
  } while (cursor);
  throw new Error('the sample has no partner with two options at one price');
}

/** An order of the own mall that was paid just now: a piece of the partner. */
async function paidOrder(page: Page, product: Product): Promise<string> {
  const mallOrderNo = `E2E-${Date.now()}`;
  const at = new Date(Date.now() - 60_000).toISOString();
  const order = {
    ...{ mall: 'own', mallOrderNo, orderedAt: at, paidAt: at },
    customer: { name: '남궁가온', phone: '010-0000-1000' },
    receiver: { name: '남궁가온', phone: '010-0000-1000', postcode: '04524', address: '서울 중구 세종대로 110' },
    groups: [{ id: 'g1', baseFee: 3_000, freeThreshold: null, paid: 3_000, returnFee: 3_000, exchangeFee: 6_000 }],
    lines: [
      {
        ...{ id: 'A', group: 'g1', sku: product.sku, name: product.name, optionText: product.option, qty: 1 },
        ...{ listPrice: product.listPrice, inventoryType: 'CONSIGN', partner: product.partner.id },
      },
    ],
    tenders: [{ id: 't1', kind: 'CARD', amount: product.listPrice + 3_000 }],
  };
  expect(await call(page, 'orders.import', { orders: [order] })).toMatchObject({ created: 1, rejected: [] });
  return (await call<{ id: string }>(page, 'orders.get', { mall: 'own', mallOrderNo })).id;
}

const shot = async (page: Page, name: string) => {
  if (process.env.HAEDAP_SHOTS) await page.screenshot({ path: `${process.env.HAEDAP_SHOTS}/${name}.png` });
};

test('an agent changes address and option of consigned goods; the partner says yes by one key; the order shows it', async () => {
  const partner = await signedIn(browser, 'partner1');
  await partner.page.waitForURL((url) => url.pathname === '/requests');
  const own = await call<{ items: Product[] }>(partner.page, 'catalogue.listProducts', { limit: 1 });
  const manager = await signedIn(browser, 'manager1');
  const [was, wanted] = await options(manager.page, own.items[0]?.partner.id ?? '');
  const order = await paidOrder(manager.page, was);
  const md = await signedIn(browser, 'md1');
  await call(md.page, 'catalogue.recordStock', { id: wanted.id, free: 10 });

  const agent = await signedIn(browser, 'agent1');
  const { page } = agent;
  await page.goto(`/orders/${order}`);
  await page.getByRole('button', { name: /주문 변경 · 출고 마감/ }).waitFor();
  await page.keyboard.press('Alt+C');
  const dialog = page.getByRole('dialog', { name: /주문 변경/ });
  await dialog.getByLabel('우편번호').fill('63122');
  await dialog.getByLabel('배송지', { exact: true }).fill('제주 제주시 문연로 6');
  await dialog.getByText('추가 배송비가 드는 지역').waitFor();
  await shot(page, 'change-refused');
  // What was typed is still there: corrected, not typed anew.
  await dialog.getByLabel('우편번호').fill('03154');
  await dialog.getByLabel('배송지', { exact: true }).fill('서울 종로구 종로 1');
  await dialog.getByText('확인이 필요합니다').waitFor();
  await dialog.getByText('결제 금액은 그대로입니다').waitFor();
  // A new address takes two facts of who speaks.
  await dialog.getByLabel('걸려 온 번호').check();
  await dialog.getByLabel('주문번호').check();
  await page.keyboard.press('Alt+I');
  await dialog.getByText('본인확인함').waitFor();
  await dialog.getByLabel('변경 사유').fill('이사했다고 하십니다');
  expect(await violations(page)).toEqual([]);
  await shot(page, 'change-address');
  await dialog.getByRole('button', { name: /에 확인 요청$/ }).click();
  await page.getByText('확인을 요청했습니다.').waitFor();

  await page.keyboard.press('Alt+C');
  await dialog.getByRole('tab', { name: '옵션' }).click();
  await dialog.getByLabel('새 옵션').selectOption(wanted.id);
  await shot(page, 'change-option');
  await dialog.getByRole('button', { name: /에 확인 요청$/ }).click();
  const changes = page.getByRole('region', { name: '주문 변경 내역' });
  await changes.getByText('확인 대기').nth(2).waitFor();
  await shot(page, 'change-waiting');

  await partner.page.goto('/requests');
  await settled(partner.page);
  for (let left = 2; left > 0; left--) {
    const { items } = await untilAsked(partner.page, order, left);
    await partner.page.goto(`/requests/${items[0]?.id}`);
    await partner.page.getByRole('button', { name: '변경 가능' }).waitFor();
    await shot(partner.page, `change-partner-${left}`);
    await partner.page.keyboard.press('1');
    await partner.page.getByText('답을 보냈습니다.').waitFor();
  }

  // Without a reload.
  await changes.getByText('변경됨').nth(1).waitFor();
  await page.getByRole('table').getByText(wanted.option).waitFor();
  await page.getByText('03154').first().waitFor();
  await shot(page, 'change-done');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(() => {
    document.documentElement.dataset.theme = 'dark';
  });
  await shot(page, 'change-done-dark');
  await page.keyboard.press('Alt+C');
  await dialog.getByRole('tab', { name: '출고보류' }).click();
  await shot(page, 'change-hold-dark');
  expect([...partner.complaints, ...agent.complaints]).toEqual([]);
});

type Asked = { items: { id: string }[] };
/** Requests come by a job after the change. */
async function untilAsked(page: Page, order: string, many: number): Promise<Asked> {
  const read = () => call<Asked>(page, 'requests.list', { view: 'todo', order, kind: 'order_change' });
  await expect.poll(async () => (await read()).items.length, { timeout: 30_000, interval: 300 }).toBe(many);
  return read();
}

test('an order that its mall keeps is changed in the mall’s admin, and what was done there is recorded', async () => {
  const agent = await signedIn(browser, 'agent1');
  const { page } = agent;
  const { items } = await call<Asked>(page, 'orders.list', { mall: 'naver', stage: 'PAID', limit: 1 });
  await page.goto(`/deliveries/${items[0]?.id}`);
  await settled(page);
  // The panel of the same order, over another screen.
  await page.keyboard.press('F2');
  await page.getByRole('button', { name: '주문 변경' }).waitFor();
  await page.keyboard.press('Alt+C');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('몰이 관리하는 주문입니다').waitFor();
  await shot(page, 'change-at-mall');
  await dialog.getByRole('button', { name: '한 일 기록' }).click();
  await dialog.getByLabel('무엇을 했는지').fill('판매자센터에서 배송지 변경');
  await dialog.getByRole('button', { name: '한 일 기록' }).click();
  await page.getByText('기록했습니다').first().waitFor();
  expect(agent.complaints).toEqual([]);
});
