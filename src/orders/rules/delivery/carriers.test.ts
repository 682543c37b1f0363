import { expect, test } from 'vitest';
import { CARRIERS, carrierIdOf, carrierName, trackingPage } from './carriers.ts';

test('carriers are found by id and by the names that files of malls use', () => {
  for (const name of ['CJ대한통운', 'CJ택배', '대한통운', 'cj 대한통운', 'kr.cjlogistics'])
    expect(carrierIdOf(name)).toBe('kr.cjlogistics');
  expect(carrierIdOf('우체국 택배')).toBe('kr.epost');
  expect(carrierIdOf('CVSnet 편의점택배')).toBe('kr.cvsnet');
  expect(carrierIdOf('한진')).toBe('kr.hanjin');
  expect(carrierIdOf('없는택배')).toBeNull();
  expect(carrierIdOf('')).toBeNull();
});

test('no name leads to two carriers', () => {
  const plain = (name: string) => name.replace(/[\s·_-]+/g, '').toLowerCase();
  for (const { id, ko, en, also } of CARRIERS)
    for (const name of [id, ko, en, ...also]) expect([name, carrierIdOf(name)]).toEqual([name, id]);
  const names = CARRIERS.flatMap(({ ko, en, also }) => [...new Set([ko, en, ...also].map(plain))]);
  expect(names.length).toBe(new Set(names).size);
});

test('a page leads to the parcel over https, and takes nothing but a number', () => {
  expect(trackingPage('kr.cjlogistics', '6512-7204-8830')).toBe(
    'https://trace.cjlogistics.com/next/tracking.html?wblNo=651272048830',
  );
  for (const { id, page } of CARRIERS)
    if (page) expect(new URL(trackingPage(id, '123456789012') ?? '').protocol).toBe('https:');
  expect(trackingPage('kr.cjlogistics', '1234"><script>')).toBeNull();
  expect(trackingPage('kr.cjlogistics', '123456&x=1')).toBeNull();
  expect(trackingPage('kr.saegil', '123456789012')).toBeNull();
  expect(trackingPage('kr.nobody', '123456789012')).toBeNull();
});

test('an unknown carrier stands for itself', () => {
  expect(carrierName('kr.hanjin', 'ko')).toBe('한진택배');
  expect(carrierName('kr.newcomer', 'ko')).toBe('newcomer');
});
