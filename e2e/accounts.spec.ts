import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, haedap, launch, type Opened, openPage, settled, signedIn } from './browser.ts';
import { totp } from './totp.ts';

type Made = { person: { id: string }; password: string };
let browser: Browser;
let admin: Opened;
beforeAll(async () => {
  browser = await launch();
  admin = await signedIn(browser, 'admin');
});
afterAll(() => browser.close());

/** A colleague of this test alone, who has chosen a password already. */
async function newcomer(name: string) {
  const email = `${name}@example.com`;
  const { person, password } = await call<Made>(admin.page, 'accounts.createPerson', {
    email,
    name: `시험 ${name}`,
    grants: [{ role: 'agent' }],
  });
  return { id: person.id, email, password };
}

async function signInAs({ email, password }: { email: string; password: string }) {
  const opened = await openPage(browser);
  await opened.page.goto('/');
  await opened.page.getByLabel('이메일', { exact: true }).fill(email);
  await opened.page.getByLabel('비밀번호', { exact: true }).fill(password);
  await opened.page.keyboard.press('Enter');
  return opened;
}

const inside = (opened: Opened) => opened.page.getByRole('navigation', { name: '퀵메뉴' }).waitFor();

test('a second factor is switched on, asked for at the next sign-in, and a recovery code opens the door once', async () => {
  const who = await newcomer('second-factor');
  const { page, context } = await signInAs(who);
  await inside({ page } as Opened);
  await page.goto('/me');
  await page.getByRole('button', { name: '2단계 인증 켜기' }).click();
  await page.getByRole('dialog').getByLabel('비밀번호로 확인').fill(who.password);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '2단계 인증 켜기' });
  await dialog.getByRole('img', { name: /QR/ }).waitFor();
  const secret = (await dialog.locator('code').first().textContent()) ?? '';
  const codes = (await dialog.getByRole('region', { name: '복구 코드' }).locator('li, code').allTextContents()).filter(
    (text) => text.trim() !== '',
  );
  await dialog.getByLabel('앱에 나온 6자리 숫자').fill('000000');
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').waitFor();
  await dialog.getByLabel('앱에 나온 6자리 숫자').fill(totp(secret));
  await page.keyboard.press('Enter');
  await page.getByText('2단계 인증을 켰습니다.').waitFor();
  await context.close();

  const phone = await signInAs(who);
  await phone.page.getByLabel('인증 앱에 나온 6자리 숫자').fill(totp(secret));
  await phone.page.keyboard.press('Enter');
  await inside(phone);
  await phone.context.close();

  const byCode = async () => {
    const lost = await signInAs(who);
    await lost.page.getByRole('button', { name: '복구 코드로 로그인' }).click();
    await lost.page.getByLabel('복구 코드', { exact: true }).fill(codes[0]?.trim() ?? '');
    await lost.page.keyboard.press('Enter');
    return lost;
  };
  const once = await byCode();
  await inside(once);
  await once.context.close();
  const twice = await byCode();
  await twice.page.getByRole('alert').waitFor();
  await twice.context.close();
});

test('my devices are listed, one is ended, all others are ended, and each of them asks to sign in again', async () => {
  const who = await newcomer('devices');
  const [here, laptop, phone] = [await signInAs(who), await signInAs(who), await signInAs(who)];
  for (const one of [here, laptop, phone]) await inside(one);
  const { page } = here;
  await page.goto('/me');
  const part = page.getByRole('region', { name: '로그인한 기기' });
  await part.getByText('지금 이 기기').waitFor();
  expect(await part.getByRole('listitem').count()).toBe(3);
  await part.getByRole('button', { name: '로그아웃', exact: true }).first().click();
  await page.getByText('1개 기기에서 로그아웃했습니다.').waitFor();
  await part.getByRole('button', { name: '다른 기기 모두 로그아웃' }).click();
  await expect.poll(() => part.getByRole('listitem').count()).toBe(1);
  for (const one of [laptop, phone]) {
    await one.page.goto('/orders');
    await one.page.getByLabel('비밀번호', { exact: true }).waitFor();
    await one.context.close();
  }
  await page.reload();
  await part.getByText('지금 이 기기').waitFor();
  await here.context.close();
});

test('an API key is shown once, works, and is nothing from the moment it is revoked', async () => {
  const { page } = admin;
  await page.goto('/me/keys');
  await page.getByRole('button', { name: 'API 키 만들기' }).click();
  await page.getByRole('dialog').getByLabel('키 이름').fill('ERP 연동 시험');
  await page.keyboard.press('Enter');
  const shown = page.getByRole('dialog', { name: '키를 만들었습니다' });
  const key = (await shown.locator('code').textContent()) ?? '';
  await shown.getByRole('button', { name: '전달했습니다' }).click();
  await page.getByRole('cell', { name: 'ERP 연동 시험' }).waitFor();
  expect(await page.content()).not.toContain(key);
  const ask = () =>
    fetch(`${haedap().base}/api/accounts.me`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
      body: '{}',
    }).then(({ status }) => status);
  expect(await ask()).toBe(200);
  const row = page.getByRole('row').filter({ hasText: 'ERP 연동 시험' });
  await row.getByRole('button', { name: '폐기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'ERP 연동 시험 키 폐기' }).click();
  await page.getByText('키를 폐기했습니다.').waitFor();
  expect(await ask()).toBe(401);
});

test('a role gets a scope of one mall on the person page, and its owner then sees this mall alone', async () => {
  const who = await newcomer('one-mall');
  const { page } = admin;
  await page.goto(`/settings/people/${who.id}`);
  const part = page.getByRole('region', { name: '역할과 담당 범위' });
  const malls = part.getByRole('group', { name: '담당 몰' });
  await malls.getByRole('button', { name: '온결몰', exact: true }).click();
  await part.getByRole('button', { name: '역할 저장' }).click();
  await page.getByText('역할을 저장했습니다.').waitFor();
  const theirs = await signInAs(who);
  await inside(theirs);
  const { items } = await call<{ items: { mall: string }[] }>(theirs.page, 'orders.list', { limit: 100 });
  expect(items.length).toBeGreaterThan(0);
  expect(new Set(items.map(({ mall }) => mall))).toEqual(new Set(['own']));
  await theirs.context.close();
  await malls.getByRole('button', { name: '모든 몰' }).click();
  await part.getByRole('button', { name: '역할 저장' }).click();
  await expect.poll(() => part.getByRole('button', { name: '역할 저장' }).isDisabled()).toBe(true);
});

test('the last administrator cannot take the role from themself: the page says why and keeps what was changed', async () => {
  const { page } = admin;
  const { id } = await call<{ id: string }>(page, 'accounts.me', {});
  await page.goto(`/settings/people/${id}`);
  await settled(page);
  const part = page.getByRole('region', { name: '역할과 담당 범위' });
  await part.getByLabel('역할', { exact: true }).first().selectOption('agent');
  await part.getByRole('button', { name: '역할 저장' }).click();
  await part.getByText(/마지막 시스템 관리자입니다/).waitFor();
  expect(await part.getByLabel('역할', { exact: true }).first().inputValue()).toBe('agent');
});
