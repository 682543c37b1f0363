import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, launch, type Opened, queueRows, settled, signedIn } from './browser.ts';

let browser: Browser;
let one: Opened;
let other: Opened;
beforeAll(async () => {
  browser = await launch();
  one = await signedIn(browser, 'agent1');
  other = await signedIn(browser, 'agent2');
});
afterAll(() => browser.close());

const replyOf = (page: Page) => page.getByRole('main').getByRole('textbox', { name: '답장', exact: true });
const talk = (page: Page) => page.getByRole('log', { name: '대화' });

/** A new ticket of the own mall, by mail, on which nobody has written yet. */
async function newTicket(page: Page, channel = 'email') {
  const customer = { name: '남궁가온', phone: '010-0000-1000' };
  const input = { channel, mall: 'own', customer, subject: '배송 예정일 문의', text: '언제 도착하나요?' };
  return (await call(page, 'tickets.create', input)) as { id: string; number: number };
}

async function openTicket(page: Page, id: string) {
  await page.goto(`/tickets/${id}?view=all`);
  await talk(page).getByText('언제 도착하나요?').waitFor();
  await settled(page);
}

test('two agents on one ticket: each sees the other, no text is lost, and no answer goes out unseen beside another', async () => {
  const { id } = await newTicket(one.page);
  await openTicket(one.page, id);
  await openTicket(other.page, id);
  await one.page
    .getByRole('main')
    .getByText(/보는 중$/)
    .first()
    .waitFor();
  await one.page.keyboard.press('r');
  await one.page.keyboard.type('내일 도착합니다');
  await other.page
    .getByRole('main')
    .getByText(/답장 쓰는 중$/)
    .waitFor();

  await replyOf(other.page).fill('모레 도착합니다');
  await other.page.keyboard.press('Control+Enter');
  await talk(one.page).getByText('모레 도착합니다').waitFor();
  expect(await replyOf(one.page).inputValue()).toBe('내일 도착합니다');
  await replyOf(one.page).focus();
  await one.page.keyboard.press('Control+Enter');
  await one.page.getByRole('main').getByText('그사이 새 글이 왔습니다').waitFor();
  expect(await replyOf(one.page).inputValue()).toBe('내일 도착합니다');
  expect(await talk(other.page).getByText('내일 도착합니다').count()).toBe(0);
  await one.page.getByRole('button', { name: /그래도 보내기/ }).click();
  await talk(other.page).getByText('내일 도착합니다').waitFor();

  await replyOf(one.page).fill('이어서 쓰는 글');
  await other.page.locator('body').click({ position: { x: 5, y: 500 } });
  await other.page.getByRole('main').getByRole('heading', { level: 1 }).click();
  await other.page.keyboard.press('g');
  await one.page.getByRole('main').getByText('담당').first().waitFor();
  await expect
    .poll(async () => ((await call(one.page, 'tickets.get', { id })) as { assigneeName: string }).assigneeName)
    .toBeTruthy();
  expect(await replyOf(one.page).inputValue()).toBe('이어서 쓰는 글');
  await replyOf(one.page).fill('');
});

test('a mail that was sent too early comes back whole with Alt+Z, and nobody sends it', async () => {
  const { page } = one;
  const { id } = await newTicket(page);
  await openTicket(page, id);
  await page.keyboard.press('r');
  await page.keyboard.type('앗 잘못 썼습니다');
  await page.keyboard.press('Control+Enter');
  await talk(page).getByText('앗 잘못 썼습니다').waitFor();
  await page.keyboard.press('Alt+z');
  await talk(page).getByText('앗 잘못 썼습니다').waitFor({ state: 'detached' });
  expect(await replyOf(page).inputValue()).toBe('앗 잘못 썼습니다');
  await replyOf(page).fill('');
});

test('a ticket is put off by two keys, leaves the queue, and Alt+Z brings it back as it was', async () => {
  const { page } = one;
  const { id } = await newTicket(page);
  await openTicket(page, id);
  const waits = async () => ((await call(page, 'tickets.get', { id })) as { waitingSince: string }).waitingSince;
  const before = await waits();
  await page.keyboard.press('Alt+s');
  await page.getByRole('dialog').getByText('3시간 뒤').waitFor();
  await page.keyboard.press('2');
  await page.getByRole('main').getByText('미룸').waitFor();
  await page.goto('/tickets?view=snoozed');
  await queueRows(page).first().waitFor();
  await openTicket(page, id);
  await page.keyboard.press('s');
  await page.getByRole('dialog').getByText('상담완료').waitFor();
  await page.keyboard.press('5');
  await page.getByText('상태를 상담완료').waitFor();
  await page.keyboard.press('Alt+z');
  await page.getByText('되돌렸습니다.').waitFor();
  expect(await waits()).toBe(before);
});

test('a memo calls a colleague by @ and the name; they find it among their mentions', async () => {
  const { page } = one;
  const { id } = await newTicket(page);
  await openTicket(page, id);
  const me = (await call(other.page, 'accounts.me', {})) as { name: string };
  await page.keyboard.press('m');
  await page.keyboard.insertText(`@${me.name}`);
  await page.getByRole('listbox', { name: '멘션할 동료' }).getByText(me.name).first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('재고 확인 부탁드립니다');
  await page.keyboard.press('Control+Shift+Enter');
  await talk(page).getByText('재고 확인 부탁드립니다').waitFor();
  await other.page.goto('/tickets?view=mentioned');
  await expect.poll(() => queueRows(other.page).count(), { timeout: 10_000 }).toBeGreaterThan(0);
  expect([...one.complaints, ...other.complaints]).toEqual([]);
});

test('two tickets of a customer become one after a look at what that makes, and Alt+Z makes them two again', async () => {
  const { page } = one;
  const first = await newTicket(page);
  const second = await newTicket(page);
  await openTicket(page, first.id);
  await page.keyboard.press('Shift+m');
  await page.getByRole('dialog').getByLabel('상담 번호').fill(String(second.number));
  await page.getByRole('dialog').getByText('글 1건이 더해져 2건').waitFor();
  await page.getByRole('button', { name: `상담 ${second.number}에 합치기` }).click();
  await page.waitForURL(new RegExp(second.id));
  await talk(page).getByText(`상담 ${first.number}에서`).waitFor();
  await page.goto(`/tickets/${first.id}`);
  await page.waitForURL(new RegExp(second.id));
  await page.getByRole('button', { name: `상담 ${first.number} 합치기 되돌리기` }).click();
  await talk(page).getByText(`상담 ${first.number}에서`).waitFor({ state: 'detached' });
  expect(one.complaints).toEqual([]);
});

test('rows are selected with X, changed together with two keys, and taken back as a whole', async () => {
  const { page } = one;
  const made = [await newTicket(page), await newTicket(page)];
  await page.goto('/tickets?view=unassigned&q=배송 예정일');
  await queueRows(page).nth(1).waitFor();
  await settled(page);
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('toolbar', { name: '2건 선택' }).waitFor();
  await page.keyboard.press('p');
  await page.getByRole('dialog', { name: /2건 선택/ }).waitFor();
  await page.keyboard.press('1');
  await page.getByText('2건 바꿈').waitFor();
  const urgent = () =>
    Promise.all(made.map(async ({ id }) => (await call<{ priority: string }>(page, 'tickets.get', { id })).priority));
  expect(await urgent()).toEqual(['urgent', 'urgent']);
  await page.getByRole('button', { name: '모두 되돌리기' }).click();
  await page.getByText('2건 되돌림').waitFor();
  expect(await urgent()).toEqual(['normal', 'normal']);
  await openTicket(page, made[0]?.id ?? '');
  await page.keyboard.press('h');
  await page.getByRole('dialog').getByText('일괄 변경').waitFor();
  await page.keyboard.press('Escape');
  expect(one.complaints).toEqual([]);
});

test('a filter is saved as a view under a name and chosen again from the list', async () => {
  const { page } = one;
  await page.goto('/tickets?view=open&mall=own&priority=urgent');
  await settled(page);
  await page.getByRole('button', { name: '이 보기 저장' }).click();
  await page.getByRole('dialog').getByLabel('이름').fill('자사 급한 것');
  await page.keyboard.press('Enter');
  await page.getByText('보기를 저장했습니다.').waitFor();
  await page.goto('/tickets?view=all');
  await settled(page);
  await page
    .getByLabel('다른 보기')
    .selectOption({ label: (await page.locator('option', { hasText: '자사 급한 것' }).first().textContent()) ?? '' });
  await page.waitForURL(/priority=urgent/);
  expect(new URL(page.url()).searchParams.get('mall')).toBe('own');
  expect(one.complaints).toEqual([]);
});
