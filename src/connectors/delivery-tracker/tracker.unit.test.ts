import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '../port.ts';
import { createSafeFetch } from '../safe-fetch.ts';
import { createDeliveryTracker } from './client.ts';
import { conformance, emulated } from './conformance.ts';
import { type Answer, startTrackerEmulator, type TrackerEmulator, type TrackerFault } from './emulator.ts';

const KEY = 'client:secret';
const NOW = new Date('2026-11-25T03:00:00Z');
const context = (totalMs = 5_000): Ctx => ({
  signal: new AbortController().signal,
  now: () => NOW,
  fetch: createSafeFetch({ hosts: ['127.0.0.1'], loopback: true, totalMs, connectMs: 1_000, mostBytes: 1_000_000 }),
});

let emulator: TrackerEmulator;
beforeEach(async () => {
  emulator = await startTrackerEmulator({ key: KEY });
});
afterEach(() => emulator.close());
const tracker = (key = KEY) => createDeliveryTracker({ url: emulator.url, key });
const ask = async (ctx = context()) => tracker().track(ctx, { courier: 'kr.cjlogistics', trackingNo: '100' });

test('the adapter does all that a courier tracker must', async () => {
  expect(await conformance(tracker(), context(), emulator)).toEqual([]);
});

type Node = { [field: string]: unknown };
/** Changes every object of an answer that has the field. */
const deep = (change: (node: Node) => Node, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => deep(change, one));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(change(value as Node)).map(([key, inner]) => [key, deep(change, inner)]));
};
const bent: Record<string, (node: Node) => Node> = {
  'the status has another name': ({ status, ...node }) => (status === undefined ? node : { ...node, state: status }),
  'the code is in lower case': (node) => ('code' in node ? { ...node, code: String(node.code).toLowerCase() } : node),
  'the time has no offset': (node) => ('time' in node ? { ...node, time: String(node.time).slice(0, 19) } : node),
  'there are no words': (node) => ('description' in node ? { ...node, description: '?' } : node),
  'the place is left out': (node) => ('location' in node ? { ...node, location: null } : node),
  'there is no last event': (node) => ('lastEvent' in node ? { ...node, lastEvent: null } : node),
  'edges are called nodes': ({ edges, ...node }) => (edges === undefined ? node : { ...node, nodes: edges }),
  'errors have no code': (node) => ('extensions' in node ? { ...node, extensions: {} } : node),
};
test.each(Object.entries(bent))('the suite notices when in the service %s', async (_, change) => {
  await emulator.close();
  emulator = await startTrackerEmulator({ key: KEY, bend: (answer) => deep(change, answer) as Answer });
  expect(await conformance(tracker(), context(), emulator)).not.toEqual([]);
});

describe('the emulator answers as the documents do', () => {
  test.each(['track', 'not-found'])('%s', async (name) => {
    const text = readFileSync(new URL(`./fixtures/${name}.http`, import.meta.url), 'utf8');
    const [head = '', body = '', status = '', answer = ''] = text
      .replace(/^#.*\n/gm, '')
      .trim()
      .split('\n\n');
    emulator.set('kr.cjlogistics', '1234567890', {
      events: [
        {
          ...emulated('AT_PICKUP', '2026-11-22T19:00:00.000+09:00', '보내시는 고객님으로부터 상품을 인수받았습니다'),
          status: { code: 'AT_PICKUP', name: '집화처리' },
        },
        {
          ...emulated('DELIVERED', '2026-11-23T14:20:00.000+09:00', '고객님의 상품이 배송완료 되었습니다.'),
          status: { code: 'DELIVERED', name: '배송완료' },
        },
      ],
    });
    const headers = Object.fromEntries(
      head
        .split('\n')
        .slice(1)
        .map((line) => line.split(': ') as [string, string]),
    );
    const response = await fetch(emulator.url, { method: 'POST', headers, body });
    expect(`HTTP ${response.status}\ncontent-type: ${response.headers.get('content-type')}`).toBe(status);
    expect(await response.json()).toEqual(JSON.parse(answer));
  });
});

const NONSENSE = [
  '',
  'null',
  '[]',
  '"배송중"',
  '{"data":',
  '<html>',
  '{"data":{"track":{"events":{"edges":[{"node":{"status":7}}]}}}}',
  '{"data":{"track":null}}',
  '{"errors":[{}]}',
  '{"errors":"x"}',
  '\u0000',
];
const faults: [string, TrackerFault, { kind: string; code: string; retryAfterMs?: number }][] = [
  ['limits with seconds', { kind: 'limited', retryAfter: '7' }, { kind: 'rate', code: 'limited', retryAfterMs: 7_000 }],
  [
    'limits with a date',
    { kind: 'limited', retryAfter: 'Wed, 25 Nov 2026 03:01:00 GMT' },
    { kind: 'rate', code: 'limited', retryAfterMs: 60_000 },
  ],
  ['limits and does not say for how long', { kind: 'limited', retryAfter: null }, { kind: 'rate', code: 'limited' }],
  ['limits with nonsense', { kind: 'limited', retryAfter: 'soon' }, { kind: 'rate', code: 'limited' }],
  ['answers 502', { kind: 'status', status: 502 }, { kind: 'transient', code: 'http_502' }],
  ['answers 401', { kind: 'status', status: 401 }, { kind: 'auth', code: 'http_401' }],
  ['answers 404', { kind: 'status', status: 404 }, { kind: 'unknown', code: 'http_404' }],
  ['says that the carrier is down', { kind: 'internal' }, { kind: 'transient', code: 'carrier_down' }],
  ['resets the connection', { kind: 'reset' }, { kind: 'transient', code: 'network' }],
  ['breaks off in the middle', { kind: 'cut' }, { kind: 'transient', code: 'network' }],
  ['floods', { kind: 'flood', bytes: 3_000_000 }, { kind: 'unknown', code: 'unreadable' }],
  ['leads elsewhere', { kind: 'redirect', to: 'http://127.0.0.1:1/' }, { kind: 'auth', code: 'egress_redirect' }],
];
test.each(faults)('a service that %s is told apart, and nothing is thrown', async (_, fault, expected) => {
  emulator.fault(fault);
  expect(await ask()).toEqual({ ok: false, ...expected, message: expect.any(String) });
});

test.each(NONSENSE)('nonsense is no answer: %j', async (body) => {
  emulator.fault({ kind: 'body', body });
  expect(await ask()).toMatchObject({ ok: false, kind: 'unknown', code: 'unreadable' });
});

test('a service that hangs, or is not there, is transient', async () => {
  emulator.fault({ kind: 'hang' });
  expect(await ask(context(300))).toMatchObject({ ok: false, kind: 'transient', code: 'timeout' });
  emulator.fault({ kind: 'slow', ms: 2_000 });
  expect(await ask(context(300))).toMatchObject({ ok: false, kind: 'transient', code: 'timeout' });
  await emulator.down();
  expect(await ask()).toMatchObject({ ok: false, kind: 'transient', code: 'network' });
  await emulator.up();
  emulator.fault({ kind: 'none' });
  expect(await ask()).toMatchObject({ ok: false, code: 'not_found' });
});

test('a wrong key is refused, a status that nobody knows is not', async () => {
  expect(await tracker('other').track(context(), { courier: 'kr.hanjin', trackingNo: '1' })).toMatchObject({
    kind: 'auth',
  });
  emulator.set('kr.cjlogistics', '100', { events: [emulated('AT_PICKUP', '2026-11-23T19:00:00.000+09:00')] });
  emulator.fault({ kind: 'strange_status' });
  expect(await ask()).toMatchObject({ ok: true, value: { strange: ['TELEPORTED'], events: [{ status: 'UNKNOWN' }] } });
});
