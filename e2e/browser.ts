import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Two cores carry the server, the database and the browser, now and then other work too. */
const PATIENCE_MS = 20_000;
const ROOT_FLAGS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: [...FLAGS, ...ROOT_FLAGS] });

/** The Haedap of this worker. */
export function haedap() {
  const all = inject('haedaps');
  return all[(Number(process.env.VITEST_POOL_ID) - 1) % all.length] as (typeof all)[number];
}

export type Opened = {
  context: BrowserContext;
  page: Page;
  /** What the page complained about: errors in its console, exceptions. Tests end with none. */
  complaints: string[];
};

/** A page of a Korean in Seoul, at the size of a small centre's screen. */
export async function openPage(browser: Browser, size = { width: 1440, height: 900 }): Promise<Opened> {
  const { base } = haedap();
  const context = await browser.newContext({
    viewport: size,
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    baseURL: base,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // Chromium itself tells failed requests, of which the first `accounts.me` is an honest 401.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** Signs a sample person in; the page then stands on their first screen. */
export async function signIn(page: Page, who: string): Promise<void> {
  const { password } = haedap();
  await page.goto('/');
  await page.getByLabel('이메일', { exact: true }).fill(`${who}@haedap.example`);
  await page.getByLabel('비밀번호', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: '퀵메뉴' }).waitFor();
}

/** A new page on which a sample person is signed in already, without the sign-in page: it has its own tests. */
export async function signedIn(browser: Browser, who: string): Promise<Opened> {
  const opened = await openPage(browser);
  const { base, password } = haedap();
  const answer = await opened.context.request.post('/api/auth/sign-in/email', {
    headers: { origin: base },
    data: { email: who.includes('@') ? who : `${who}@haedap.example`, password },
  });
  expect(answer.status()).toBe(200);
  await opened.page.goto('/');
  await opened.page.getByRole('navigation', { name: '퀵메뉴' }).waitFor();
  return opened;
}

/** Calls an operation as the person who is signed in on the page. */
export async function call<T>(page: Page, operation: string, input: object): Promise<T> {
  const answer = await page.evaluate(
    async ([name, body]) => {
      const response = await fetch(`/api/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() },
        body: JSON.stringify(body),
      });
      return { status: response.status, body: (await response.json()) as unknown };
    },
    [operation, input] as const,
  );
  expect(answer, operation).toMatchObject({ status: 200 });
  return answer.body as T;
}

/** The rows of the queue. */
export const queueRows = (page: Page) => page.getByRole('listbox', { name: '대기열' }).getByRole('option');

/** Nothing is being fetched and nothing moves. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.locator('main').waitFor();
  await page.waitForFunction(
    () =>
      document.querySelector('[role=status][aria-label="불러오는 중"], [role=status][aria-label="Loading"]') === null,
  );
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type Found = { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];

/**
 * What axe finds on the page, in one line each; none is right. Run in the page itself: no second page, no frames.
 * `only`: one rule instead of all, for what alone can differ from a run before.
 */
export async function violations(page: Page, only?: string): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(async (rule) => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: Found }> } };
    return (await axe.run({ resultTypes: ['violations'], ...(rule ? { runOnly: [rule] } : {}) })).violations;
  }, only);
  return found.map(({ id, nodes }) => {
    const places = nodes.slice(0, 4).map(({ target, failureSummary = '' }) => `${target.join(' ')} ${failureSummary}`);
    return `${id}: ${places.join(' | ').replace(/\s+/g, ' ')}`;
  });
}
