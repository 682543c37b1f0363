import { expect, test } from 'vitest';
import { regionOf } from './region.ts';

test('an address tells its province in its short and its long form', () => {
  expect(regionOf('서울 성동구 왕십리로 1', null)).toBe('서울');
  expect(regionOf('서울특별시 성동구 왕십리로 1', null)).toBe('서울');
  expect(regionOf('경기도 성남시 분당구 1', null)).toBe('경기');
  expect(regionOf('강원특별자치도 춘천시 1', null)).toBe('강원');
  expect(regionOf('전라남도 순천시 1', null)).toBe('전남');
  expect(regionOf('전북특별자치도 전주시 1', null)).toBe('전북');
  expect(regionOf('경상북도 포항시 1', null)).toBe('경북');
  expect(regionOf('세종시 온결로 1', null)).toBe('세종');
  expect(regionOf('세종특별자치시 1', null)).toBe('세종');
});

test('Jeju and islands stand apart, by township or by postcode', () => {
  expect(regionOf('제주특별자치도 서귀포시 1', null)).toBe('제주');
  expect(regionOf('경북 울릉군 울릉읍 1', null)).toBe('도서산간');
  expect(regionOf('인천광역시 옹진군 백령면 1', null)).toBe('도서산간');
  expect(regionOf('전남 신안군 도초면 1', null)).toBe('도서산간');
  expect(regionOf('경남 통영시 욕지면 1', null)).toBe('도서산간');
  expect(regionOf('경남 통영시 무전동 1', null)).toBe('경남');
  expect(regionOf('주소 모름', '63100')).toBe('제주');
  expect(regionOf('경상남도 통영시 어디', '53095')).toBe('도서산간');
  expect(regionOf('서울 중구', '04524')).toBe('서울');
});

test('what says no province is 기타, never an error', () => {
  for (const address of [null, '', '   ', 'Seoul, Korea', '왕십리로 1']) expect(regionOf(address, null)).toBe('기타');
});
