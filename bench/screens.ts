// Panel and case switch, typing echo, scrolling and first load, in Chromium on a running company, beside a bare page
// in the same browser and run. HAEDAP_DATA=<folder of a large company> node bench/screens.ts
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

const PROGRAM = fileURLToPath(new URL('../bin/haedap.mjs', import.meta.url));
const READY_MS = 240_000;
const KEYS = 120;
const SWITCHES = 44;
const SCROLL_FRAMES = 240;
const BARE = `<!doctype html><title>bare</title><textarea autofocus></textarea>
  <div id="box" style="height:600px;overflow:auto">${'<p style="height:32px;margin:0">32 px of text</p>'.repeat(5_000)}</div>`;

const round = (n: number) => Math.round(n * 10) / 10;
function percentiles(samples: readonly number[]): string {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (p: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN);
  return `p50 ${at(0.5)} · p95 ${at(0.95)} · p99 ${at(0.99)} · max ${at(1)} ms (n ${sorted.length})`;
}
const say = (what: string, budget: string, figures: string) =>
  console.log(`${what.padEnd(34)} ${budget.padEnd(16)} ${figures}`);

/** A Haedap on the data folder, on this machine only; ended with `stop`. */
async function startServer() {
  const server = spawn(process.execPath, [PROGRAM, 'start', '--port', '0', '--no-simulator'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = await new Promise<{ base: string; password: string }>((found, fail) => {
    let said = '';
    const late = setTimeout(() => fail(new Error(`not ready:\n${said}`)), READY_MS);
    server.on('exit', () => fail(new Error(`ended:\n${said}`)));
    server.stdout.on('data', (part: Buffer) => {
      said += part.toString();
      const base = /(http:\/\/[\d.a-z]+:\d+)/.exec(said)?.[1];
      const password = /(?:비밀번호|[Pp]assword)\s*:?\s+(\S+)/.exec(said)?.[1];
      if (!base || !password) return;
      clearTimeout(late);
      found({ base, password });
    });
  });
  return {
    ...ready,
    async stop() {
      server.removeAllListeners('exit');
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
    },
  };
}

/** Installs `waitAfterKey`: from the next key press to the first frame in which `done` holds. */
async function install(page: Page) {
  await page.evaluate(() => {
    const w = window as unknown as Pick<Waiting, 'waitAfterKey'>;
    w.waitAfterKey = (done) =>
      new Promise((found, fail) => {
        setTimeout(() => fail(new Error(`never: ${done}`)), 15_000);
        const holds = new Function(`return ${done}`) as () => boolean;
        const pressed = (event: KeyboardEvent) => {
          if (['Alt', 'Control', 'Shift'].includes(event.key)) return;
          removeEventListener('keydown', pressed, { capture: true });
          const began = event.timeStamp;
          const look = () => {
            if (!holds()) return void requestAnimationFrame(look);
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => found(performance.now() - began);
            port2.postMessage(null);
          };
          requestAnimationFrame(look);
        };
        addEventListener('keydown', pressed, { capture: true });
      });
  });
}

type Waiting = { waitAfterKey: (done: string) => Promise<number>; waited: Promise<number> };

/** From the press of a key to the end of the first frame in which `done` holds, in ms. */
async function timeKey(page: Page, key: string, done: string): Promise<number> {
  // Listening first: two messages to the browser may overtake each other.
  await page.evaluate((condition) => {
    const w = window as unknown as Waiting;
    w.waited = w.waitAfterKey(condition);
    w.waited.catch(() => undefined);
  }, done);
  await page.keyboard.press(key);
  return page.evaluate(() => (window as unknown as Waiting).waited);
}

async function typing(page: Page, selector: string): Promise<number[]> {
  const times: number[] = [];
  await page.locator(selector).first().focus();
  for (let i = 0; i < KEYS; i++) {
    const length = await page.evaluate(() => (document.activeElement as HTMLTextAreaElement).value.length);
    times.push(await timeKey(page, 'a', `document.activeElement.value.length > ${length}`));
  }
  return times;
}

/** Time between frames while the element scrolls by 90 px a frame. */
const scrolling = (page: Page, selector: string): Promise<number[]> =>
  page.evaluate(
    ([place, frames]) =>
      new Promise<number[]>((found) => {
        const box = document.querySelector(place) as HTMLElement;
        const times: number[] = [];
        let before = performance.now();
        const step = (now: number) => {
          times.push(now - before);
          before = now;
          box.scrollTop += 90;
          if (times.length > frames) found(times.slice(2));
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    [selector, SCROLL_FRAMES] as const,
  );

async function signIn(page: Page, base: string, password: string) {
  await page.goto(base);
  await page.getByLabel('이메일', { exact: true }).fill('agent1@haedap.example');
  await page.getByLabel('비밀번호', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('listbox', { name: '대기열' }).getByRole('option').first().waitFor();
}

async function firstLoads(page: Page, base: string): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < 7; i++) {
    const began = performance.now();
    await page.goto(`${base}/tickets`, { waitUntil: 'commit' });
    await page.getByRole('listbox', { name: '대기열' }).getByRole('option').first().waitFor();
    times.push(performance.now() - began);
  }
  return times;
}

const PANEL_DONE = (name: string) =>
  `document.querySelector('aside [aria-pressed=true]')?.textContent.includes('${name}') && !document.querySelector('aside [aria-label="불러오는 중"]')`;

async function onDesk(page: Page) {
  await page.keyboard.press('j');
  for (let i = 0; i < 4; i++) {
    await page.keyboard.press('Enter');
    await page.getByRole('log').waitFor();
    if (i < 3) await page.keyboard.press('j');
  }
  await install(page);
  const panels: number[] = [];
  const order = [
    ['F4', '배송'],
    ['F8', '고객'],
    ['F9', 'VOC'],
    ['F2', '주문'],
  ] as const;
  for (let i = 0; i < SWITCHES; i++) {
    const [key, name] = order[i % 4] as (typeof order)[number];
    panels.push(await timeKey(page, key, PANEL_DONE(name)));
  }
  say('panel switch', 'p95 100 ms', percentiles(panels.slice(4)));
  say('  the first of each, not yet loaded', '', percentiles(panels.slice(0, 4)));
  const cases: number[] = [];
  for (let i = 0; i < SWITCHES; i++) {
    const before = new URL(page.url()).pathname;
    cases.push(
      await timeKey(page, 'Alt+]', `location.pathname !== '${before}' && document.querySelector('main [role=log]')`),
    );
  }
  say('case switch', 'p95 100 ms', percentiles(cases));
  await page.keyboard.press('m');
  say('typing echo, memo', '16 ms', percentiles(await typing(page, 'main textarea')));
}

async function onLists(page: Page, base: string) {
  for (const place of ['orders', 'customers', 'calls']) {
    await page.goto(`${base}/${place}`);
    await page.locator('[role=grid] [role=row]').nth(20).waitFor();
    const frames = await scrolling(page, '[role=grid]');
    const long = frames.filter((ms) => ms > 20).length;
    say(`frames while /${place} scrolls`, '16.7 ms', `${percentiles(frames)}, over 20 ms: ${long}`);
  }
  await page.goto(`${base}/tickets?view=all`);
  await page.locator('[role=listbox] [role=option]').nth(15).waitFor();
  say('frames while the queue scrolls', '16.7 ms', percentiles(await scrolling(page, '[role=listbox]')));
}

async function asked(page: Page) {
  for (const [operation, input] of [
    ['tickets.list', { view: 'open', limit: 50 }],
    ['tickets.count', {}],
    ['orders.list', { limit: 50 }],
  ] as const) {
    const times = await page.evaluate(
      async ([name, body]) => {
        const took: number[] = [];
        for (let i = 0; i < 60; i++) {
          const began = performance.now();
          const answer = await fetch(`/api/${name}`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(body),
          });
          await answer.text();
          took.push(performance.now() - began);
        }
        return took;
      },
      [operation, input] as const,
    );
    say(`${operation}, from the page`, '200 ms first rows', percentiles(times));
  }
}

async function bare(browser: Browser) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.setContent(BARE);
  await install(page);
  say('bare page: typing echo', '', percentiles(await typing(page, 'textarea')));
  say('bare page: frames of a plain list', '', percentiles(await scrolling(page, '#box')));
  await page.close();
}

const server = await startServer();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'ko-KR' });
  page.setDefaultTimeout(60_000);
  await signIn(page, server.base, server.password);
  say('first load of the desk', '1,500 ms', percentiles(await firstLoads(page, server.base)));
  await asked(page);
  await onDesk(page);
  await onLists(page, server.base);
  await bare(browser);
} finally {
  await browser.close();
  await server.stop();
}
