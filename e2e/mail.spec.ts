import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, type Opened, settled, signedIn, violations } from './browser.ts';

let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  browser = await launch();
  opened = await signedIn(browser, 'manager1');
});
afterAll(() => browser.close());

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** What axe finds, the frame's top bar apart: that is `every-screen.spec.ts`. */
const violationsHere = async (page: Page) => (await violations(page)).filter((it) => !/: \._state_\w+ Fix/.test(it));

async function mailTicket(page: Page): Promise<string> {
  const customer = { name: '남궁가온', email: 'gaon@example.com' };
  const input = { channel: 'email', mall: 'own', customer, subject: '교환 문의', text: '교환하고 싶어요' };
  const { id } = (await call(page, 'tickets.create', input)) as { id: string };
  await page.goto(`/tickets/${id}?view=all`);
  await page.getByRole('log', { name: '대화' }).getByText('교환하고 싶어요').waitFor();
  await settled(page);
  return id;
}

test('files are chosen, pasted and taken off in the composer, and stand on the reply that was sent', async () => {
  const { page } = opened;
  await mailTicket(page);
  const main = page.getByRole('main');
  await main.locator('input[type=file]').setInputFiles({ name: '반품 안내.png', mimeType: 'image/png', buffer: PNG });
  await main.getByText('반품 안내.png').waitFor();
  await main.getByRole('textbox', { name: '답장', exact: true }).evaluate((area) => {
    const data = new DataTransfer();
    data.items.add(new File(['메모'], '붙여넣기.txt'));
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await main.getByText('붙여넣기.txt').waitFor();
  await main.getByRole('button', { name: '붙여넣기.txt 빼기' }).click();
  await main.getByText('붙여넣기.txt').waitFor({ state: 'detached' });
  await page.reload();
  await main.getByText('반품 안내.png').waitFor();
  await settled(page);
  expect(await violationsHere(page)).toEqual([]);

  await main.getByRole('textbox', { name: '답장', exact: true }).fill('안내문을 보냅니다.');
  await page.keyboard.press('Control+Enter');
  const image = page.getByRole('log', { name: '대화' }).getByRole('img', { name: '반품 안내.png' });
  await image.waitFor();
  await page.waitForFunction(
    () => (document.querySelector('[role=log] li img') as HTMLImageElement)?.naturalWidth === 1,
  );
});

test('a program is refused with why, and the channels page says how to set a mailbox up', async () => {
  const { page } = opened;
  await mailTicket(page);
  const main = page.getByRole('main');
  await main
    .locator('input[type=file]')
    .setInputFiles({ name: 'a.exe', mimeType: 'image/png', buffer: Buffer.from('MZ') });
  await page.getByText('a.exe: 실행 파일은 고객에게 보낼 수 없습니다.').waitFor();

  await page.goto('/settings/channels');
  await page.getByText('메일함이 아직 없습니다.').waitFor();
  expect(await violationsHere(page)).toEqual([]);
  await page.getByRole('region', { name: '메일' }).getByRole('button', { name: '설정' }).click();
  await page.getByLabel('항상 열려 있음').uncheck();
  expect(await violationsHere(page)).toEqual([]);
  await page.getByRole('button', { name: '저장' }).click();
  await page.getByText('월화수목금 09:00–18:00').waitFor();
  const { items } = (await call(page, 'channels.list', {})) as { items: { channel: string; hours: object }[] };
  expect(items.find(({ channel }) => channel === 'email')?.hours).toMatchObject({ '1': ['09:00', '18:00'] });
});
