import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineOf } from './line.ts';
import { factsOf, newSteps, standsAt, stepKind, type TrackEvent, withoutPeople } from './steps.ts';

const at = (text: string) => new Date(`${text}+09:00`);
const event = (status: TrackEvent['status'], time: string | null, text = '', place = '군포HUB'): TrackEvent => ({
  status,
  at: time === null ? null : at(time),
  place,
  text,
});
const way = [
  event('INFORMATION_RECEIVED', '2026-11-23T15:00:00', '접수'),
  event('AT_PICKUP', '2026-11-23T19:00:00', '집화처리'),
  event('IN_TRANSIT', '2026-11-23T23:10:00', '터미널 입고'),
  event('OUT_FOR_DELIVERY', '2026-11-24T09:00:00', '배송출발'),
  event('DELIVERED', '2026-11-24T14:20:00', '배송완료'),
];
const options = { seenAt: at('2026-11-25T12:00:00'), notBefore: null };

test('events in any order, any number of times and in any parts give the same steps and facts', () => {
  const whole = newSteps([], way, options);
  const parts = fc.array(fc.shuffledSubarray(way, { minLength: 1 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(parts, (polls) => {
      let known = newSteps([], [], options);
      for (const poll of [...polls, ...polls.toReversed(), way]) known = [...known, ...newSteps(known, poll, options)];
      expect(known.toSorted((a, b) => a.at.getTime() - b.at.getTime())).toEqual(whole);
      expect(factsOf(known)).toEqual(factsOf(whole));
    }),
  );
});

test('dispatch is the first scan, not the registration; delivered wins over what comes after', () => {
  expect(factsOf(newSteps([], way.slice(0, 1), options)).shippedAt).toBeNull();
  const after = [...way, event('OUT_FOR_DELIVERY', '2026-11-24T14:30:00', '배송출발')];
  const steps = newSteps([], after, options);
  expect(factsOf(steps)).toEqual({
    shippedAt: at('2026-11-23T19:00:00'),
    deliveredAt: at('2026-11-24T14:20:00'),
    returned: false,
  });
  expect(standsAt(steps)?.kind).toBe('delivered');
});

test('an event without a time is kept once, at the time when it was first seen', () => {
  const [first] = newSteps([], [event('IN_TRANSIT', null, '간선상차')], options);
  expect(first).toMatchObject({ at: options.seenAt, kind: 'hub_out' });
  const later = { ...options, seenAt: at('2026-11-26T12:00:00') };
  expect(newSteps([first!], [event('IN_TRANSIT', null, '간선상차')], later)).toEqual([]);
});

test('scans of an earlier parcel under the same number, and of the future, are left out', () => {
  const old = event('DELIVERED', '2026-03-02T10:00:00', '배송완료');
  const ahead = event('DELIVERED', '2027-01-01T10:00:00', '배송완료');
  const steps = newSteps([], [old, ahead, ...way], { ...options, notBefore: at('2026-11-22T00:00:00') });
  expect(steps).toHaveLength(way.length);
});

test('a return is told by the carrier’s words; hubs too', () => {
  expect(stepKind(event('EXCEPTION', null, '수취거부로 반송 처리'))).toBe('returned');
  expect(stepKind(event('EXCEPTION', null, '상품 파손'))).toBe('exception');
  expect(stepKind(event('IN_TRANSIT', null, '간선하차'))).toBe('hub_in');
  expect(stepKind(event('IN_TRANSIT', null, '이동중'))).toBe('in_transit');
  expect(
    factsOf(newSteps([], [...way.slice(0, 4), event('EXCEPTION', '2026-11-25T09:00:00', '반송')], options)),
  ).toEqual({
    shippedAt: at('2026-11-23T19:00:00'),
    deliveredAt: null,
    returned: true,
  });
});

test('drivers’ names and phones do not get in', () => {
  expect(withoutPeople('고객님의 상품을 배송할 예정입니다.(배송담당:홍길동 010-1234-5678)')).not.toMatch(/홍길동|1234/);
  expect(withoutPeople('배송기사 : 김철수, 01012345678')).not.toMatch(/김철수|0101/);
});

test('the line stands at one place; what is ahead has no time', () => {
  const steps = newSteps([], way.slice(0, 3), options);
  const shippedAt = at('2026-11-23T19:00:00');
  const base = { waybillAt: at('2026-11-23T15:00:00'), shippedAt, deliveredAt: null, steps };
  expect(lineOf({ ...base, stuck: false }).map(({ state }) => state)).toEqual([
    'done',
    'done',
    'now',
    'ahead',
    'ahead',
  ]);
  expect(lineOf({ ...base, stuck: true })[2]).toMatchObject({ kind: 'transit', state: 'wrong', place: '군포HUB' });
  const arrived = { ...base, deliveredAt: at('2026-11-24T14:20:00'), steps: newSteps([], way, options), stuck: false };
  expect(lineOf(arrived).every(({ state, at: time }) => state === 'done' && time)).toBe(true);
  const bare = { waybillAt: at('2026-11-23T15:00:00'), shippedAt: null, deliveredAt: null, steps: [], stuck: false };
  expect(lineOf(bare).map(({ state }) => state)).toEqual(['now', 'ahead', 'ahead', 'ahead', 'ahead']);
});
