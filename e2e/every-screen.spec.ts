import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allScreens } from '../src/app/web/screens.ts';
import { call, launch, type Opened, settled, signedIn, violations } from './browser.ts';

/** A walk over all screens, axe on each. */
const WALK_MS = 240_000;
type List = { items: { id: string }[] };
let browser: Browser;
let opened: Opened;
let ids: Record<string, string>;

beforeAll(async () => {
  browser = await launch();
  opened = await signedIn(browser, 'admin');
  const { page } = opened;
  const first = async (operation: string, input: object = {}) =>
    (await call<List>(page, operation, { ...input, limit: 1 })).items[0]?.id ?? '';
  ids = {
    ticketId: await first('tickets.list'),
    orderId: await first('orders.list'),
    customerId: await first('customers.list'),
    productId: await first('catalogue.listProducts'),
    personId: await first('accounts.listPeople'),
  };
});
afterAll(() => browser.close());

/** A screen's address with the ids of records that exist. */
const addressOf = (path: string) =>
  path.replace(/\{-\$(\w+)\}|\$(\w+)/g, (_, optional, given) => ids[optional ?? given] ?? '');

async function inTheme(page: Page, theme: 'light' | 'dark', language: 'ko' | 'en') {
  await call(page, 'accounts.updateProfile', { theme, language });
}

for (const [theme, language] of [
  ['light', 'ko'],
  ['dark', 'en'],
] as const) {
  const other = theme === 'light' ? 'dark' : 'light';
  test(
    `every screen of the router's list opens without complaint and axe finds nothing, ${language}, ${theme} and ${other}`,
    async () => {
      const { page, complaints } = opened;
      await inTheme(page, theme, language);
      await page.goto('/');
      await settled(page);
      const found: string[] = [];
      for (const screen of allScreens) {
        await page.evaluate((address) => history.pushState(null, '', address), addressOf(screen.path));
        await page.waitForFunction((at) => document.querySelector('main')?.dataset.at === at, addressOf(screen.path));
        await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
        await settled(page);
        const shown = await page.evaluate(() => document.documentElement.dataset.theme ?? 'light');
        expect(shown).toBe(theme);
        expect(await page.getByText(/찾는 화면이 없습니다|There is no such screen/).count(), screen.path).toBe(0);
        expect(await page.getByText(/화면에 문제가 생겼습니다|This screen failed/).count(), screen.path).toBe(0);
        for (const violation of await violations(page)) found.push(`${screen.path} ${theme} ${violation}`);
        // Nothing but colours differs in the other theme.
        await page.evaluate((to) => Object.assign(document.documentElement.dataset, { theme: to }), other);
        for (const violation of await violations(page, 'color-contrast'))
          found.push(`${screen.path} ${other} ${violation}`);
        await page.evaluate((to) => Object.assign(document.documentElement.dataset, { theme: to }), theme);
      }
      expect(found).toEqual([]);
      expect(complaints).toEqual([]);
    },
    WALK_MS,
  );
}

test('the four panels, the palette, the keys page and a dialog hold nothing that axe finds', async () => {
  const { page } = opened;
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await inTheme(page, theme, 'ko');
    await page.goto(addressOf('/tickets/$ticketId'));
    await settled(page);
    for (const key of ['F4', 'F8', 'F9', 'F2', 'Control+k', 'Shift+?']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(400);
      await settled(page);
      for (const violation of await violations(page)) found.push(`${theme} ${key} ${violation}`);
      if (key.includes('+')) await page.keyboard.press('Escape');
    }
  }
  expect(found).toEqual([]);
});
