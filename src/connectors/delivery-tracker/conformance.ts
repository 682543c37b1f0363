import { isDeepStrictEqual } from 'node:util';
import { type CourierTracker, type Ctx, TRACK_STATUSES, type TrackEvent } from '../port.ts';
import type { EmulatedEvent, TrackerEmulator } from './emulator.ts';

const at = (hour: number) => `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000+09:00`;
const utc = (hour: number) => new Date(at(hour)).toISOString();
export const emulated = (code: string, time: string | null, description = '', place = '군포HUB'): EmulatedEvent => ({
  status: { code, name: code },
  time,
  location: { countryCode: 'KR', postalCode: null, name: place },
  contact: { name: '홍길동', phoneNumber: '+821012345678' },
  description,
});
const told = (status: TrackEvent['status'], time: string | null, text = ''): TrackEvent => ({
  status,
  at: time,
  place: '군포HUB',
  text: text || status,
});

/**
 * What every courier tracker must do, played against its emulator (connectors.md §12). Answers what does not hold; an
 * emulator whose answers are bent must make it answer something.
 */
export async function conformance(tracker: CourierTracker, ctx: Ctx, emulator: TrackerEmulator): Promise<string[]> {
  const wrong: string[] = [];
  const track = (trackingNo: string) => tracker.track(ctx, { courier: 'kr.cjlogistics', trackingNo });
  const holds = (name: string, actual: unknown, expected: unknown) => {
    if (!isDeepStrictEqual(actual, expected)) wrong.push(name);
  };

  emulator.set('kr.cjlogistics', '100', {
    events: TRACK_STATUSES.map((code, i) => emulated(code, at(i + 1), code === 'AT_PICKUP' ? '집화처리' : '')),
  });
  const all = await track('100');
  holds(
    'every status is told with time, place and words',
    all.ok && all.value.events,
    TRACK_STATUSES.map((code, i) => told(code, utc(i + 1), code === 'AT_PICKUP' ? '집화처리' : '')),
  );
  holds('no status is strange', all.ok && all.value.strange, []);
  holds('the age of the data is now', all.ok && all.value.asOf, ctx.now().toISOString());

  const delivered = emulated('DELIVERED', at(9));
  emulator.set('kr.cjlogistics', '101', { events: [emulated('OUT_FOR_DELIVERY', at(10))], lastEvent: delivered });
  const last = await track('101');
  holds('a last event beside the list is told too', last.ok && last.value.events.map(({ status }) => status), [
    'OUT_FOR_DELIVERY',
    'DELIVERED',
  ]);

  emulator.set('kr.cjlogistics', '102', {
    events: [emulated('IN_TRANSIT', null), emulated('IN_TRANSIT', '2026-11-23 10:00:00'), emulated('NEW_ONE', at(3))],
  });
  const odd = await track('102');
  holds(
    'a time without zone is none, a new status is UNKNOWN with its raw name',
    odd.ok && odd.value.events.map(({ status, at: time, text }) => [status, time, text]),
    [
      ['IN_TRANSIT', null, 'IN_TRANSIT'],
      ['IN_TRANSIT', null, 'IN_TRANSIT'],
      ['UNKNOWN', utc(3), '[NEW_ONE] NEW_ONE'],
    ],
  );
  holds('a new status is counted', odd.ok && odd.value.strange, ['NEW_ONE']);

  emulator.set('kr.cjlogistics', '103', { events: [] });
  const nothing = await track('103');
  holds('a parcel without scans is known', nothing.ok && nothing.value.events, []);

  const missing = await track('999');
  holds('an unknown number is told apart', !missing.ok && [missing.kind, missing.code], ['permanent', 'not_found']);
  const again = await track('100');
  holds('asking twice tells the same', again, all);
  return wrong;
}
