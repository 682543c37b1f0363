import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type Opened, queueRows, settled, signedIn } from './browser.ts';

let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  browser = await launch();
  opened = await signedIn(browser, 'agent1');
});
afterAll(() => browser.close());

const path = (page: Page) => new URL(page.url()).pathname;
const memoOf = (page: Page) => page.getByRole('main').getByRole('textbox', { name: '메모', exact: true });

test('from the queue to a customer with the keyboard alone: J K move, Enter opens, M writes, Esc closes', async () => {
  const { page } = opened;
  await page.goto('/tickets?view=all');
  await queueRows(page).first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/tickets\/[0-9a-f-]{36}/);
  await settled(page);
  expect(await page.getByRole('navigation', { name: '상담 탭' }).getByRole('link').count()).toBe(1);
  await page.keyboard.press('m');
  await page.keyboard.type('keyboard only');
  expect(await memoOf(page).inputValue()).toBe('keyboard only');
  await memoOf(page).fill('');
  await memoOf(page).blur();
  await page.keyboard.press('Escape');
  await page.getByRole('complementary', { name: '고객 정보 패널' }).waitFor({ state: 'detached' });
});

test('F2 F4 F8 F9 open their panel while typing, caret and text kept; again: the full page; Esc: back with the text', async () => {
  const { page } = opened;
  await page.goto('/tickets?view=all');
  await queueRows(page).nth(1).click();
  await settled(page);
  await page.keyboard.press('m');
  const memo = memoOf(page);
  await memo.fill('가나다라마바사');
  await memo.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(3, 3));
  const panel = page.getByRole('complementary', { name: '고객 정보 패널' });
  for (const [key, name] of [
    ['F4', '배송'],
    ['F8', '고객'],
    ['F9', 'VOC'],
    ['F2', '주문'],
  ] as const) {
    await page.keyboard.press(key);
    await panel.getByRole('button', { name, pressed: true }).waitFor();
    const caret = await memo.evaluate((area: HTMLTextAreaElement) => [
      area.selectionStart,
      area.value,
      document.activeElement === area,
    ]);
    expect(caret, key).toEqual([3, '가나다라마바사', true]);
  }
  const before = page.url();
  await page.keyboard.press('F8');
  await page.keyboard.press('F8');
  await page.waitForURL(/\/customers\//);
  await settled(page);
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => url.pathname === new URL(before).pathname);
  expect(await memoOf(page).inputValue()).toBe('가나다라마바사');
  await memoOf(page).fill('');
});

test('in Hangul mode the same keys work outside of text, and Enter during composition neither sends nor doubles', async () => {
  const { page, context } = opened;
  await page.goto('/tickets?view=all');
  await queueRows(page).first().waitFor();
  await page.locator('body').click({ position: { x: 900, y: 500 } });
  const cdp = await context.newCDPSession(page);
  const hangul = async (code: string, key: string) => {
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', code, key, windowsVirtualKeyCode: 229 });
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', code, key });
  };
  const active = () => page.getByRole('listbox', { name: '대기열' }).getAttribute('aria-activedescendant');
  await hangul('KeyJ', 'ㅓ');
  const first = await active();
  await hangul('KeyJ', 'ㅓ');
  expect(await active()).not.toBe(first);
  await hangul('KeyK', 'ㅏ');
  expect(await active()).toBe(first);

  await page.keyboard.press('Enter');
  await page.waitForURL(/\/tickets\/[0-9a-f-]{36}/);
  await settled(page);
  await page.keyboard.press('m');
  await cdp.send('Input.imeSetComposition', { text: '하', selectionStart: 1, selectionEnd: 1 });
  await cdp.send('Input.imeSetComposition', { text: '한', selectionStart: 1, selectionEnd: 1 });
  await cdp.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    code: 'Enter',
    key: 'Process',
    windowsVirtualKeyCode: 229,
    modifiers: 2,
  });
  await cdp.send('Input.insertText', { text: '한' });
  expect(await memoOf(page).inputValue()).toBe('한');
  await memoOf(page).fill('');
});

test('Ctrl+K finds screens by initial consonants, and customers and orders by what is typed', async () => {
  const { page } = opened;
  await page.goto('/calls');
  await settled(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('ㄱㄱ');
  await page.getByRole('option', { name: '고객' }).first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('김');
  await page.keyboard.type('서');
  await page.getByRole('group').getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('주문');
  await page.getByRole('option', { name: '주문', selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/orders');
});

test('? lists the keys in force on this page and no two of them collide', async () => {
  const { page } = opened;
  await page.goto('/tickets?view=all');
  await queueRows(page).first().click();
  await settled(page);
  await page.locator('h1').click();
  await page.keyboard.press('Shift+?');
  const dialog = page.getByRole('dialog', { name: '이 화면의 단축키' });
  await dialog.waitFor();
  const keys = await dialog.getByRole('listitem').allTextContents();
  for (const wanted of ['주문', '배송', '고객', 'VOC', '다음 줄', '메모 쓰기', '상담완료', '통합검색']) {
    expect(
      keys.some((line) => line.includes(wanted)),
      wanted,
    ).toBe(true);
  }
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(path(page)).toMatch(/^\/tickets\//);
});

test('a key gets another place on the ? page, collisions are told, and a reload keeps it', async () => {
  const { page } = opened;
  const dialog = page.getByRole('dialog', { name: '이 화면의 단축키' });
  const show = async () => {
    await page.goto('/tickets?view=all');
    await queueRows(page).nth(2).waitFor();
    await page.keyboard.press('Shift+?');
    await dialog.waitFor();
  };
  await show();
  await dialog.getByRole('button', { name: /다음 줄: 지금 J/ }).click();
  await page.keyboard.press('Control+w');
  await dialog.getByText(/브라우저가 쓰는 키/).waitFor();
  await page.keyboard.press('k');
  await dialog.getByText(/'앞 줄'|'이전 줄'|에 쓰고 있습니다/).waitFor();
  await page.keyboard.press('n');
  await dialog.getByRole('button', { name: /다음 줄: 지금 N/ }).waitFor();
  await show();
  await dialog.getByRole('button', { name: /다음 줄: 지금 N/ }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('n');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/tickets\/[0-9a-f-]{36}/);
  await show();
  await dialog.getByRole('button', { name: '모두 처음 키로' }).click();
  await dialog.getByRole('button', { name: /다음 줄: 지금 J/ }).waitFor();
});

test('a selection is copied as tab-separated text for Excel, masked as it is shown', async () => {
  const { page } = opened;
  await page.goto('/orders');
  await page.getByRole('row').nth(2).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('grid', { name: '주문' }).focus();
  await page.keyboard.press('Control+c');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const lines = copied.split('\n').map((line) => line.split('\t'));
  expect(lines.length).toBe(3);
  expect(lines[0]).toContain('주문번호');
  expect(lines[1]?.length).toBe(lines[0]?.length);
  expect(lines[1]?.[3]).toContain('*');
});
