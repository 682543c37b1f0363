import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { isPublic, networksOf } from './addresses.ts';
import { createSafeFetch, EgressError, type SafeFetchOptions } from './safe-fetch.ts';

const INSIDE = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.1.2.3'],
  ...['169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.8', '192.168.1.1', '198.18.0.1', '198.19.255.255'],
  ...['224.0.0.1', '239.1.1.1', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'fe80::1%eth0', 'ff02::1', '::ffff:127.0.0.1'],
  ...['::ffff:10.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2002:a00:1::', '::127.0.0.1', '', 'localhost', '1.2.3'],
];
const OUTSIDE = ['8.8.8.8', '1.1.1.1', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1', '192.0.1.1'];

test.each(INSIDE)('%j is inside', (address) => expect(isPublic(address)).toBe(false));
test.each([...OUTSIDE, '198.20.0.1', '223.255.255.255', '2606:4700::1111', '2a00:1450::1'])(
  '%j is outside',
  (address) => expect(isPublic(address)).toBe(true),
);

test('an operator may allow networks by name, and nothing else', () => {
  const allowed = networksOf(['10.1.2.0/24', 'fd00:1::/64'])!;
  expect([allowed('10.1.2.9'), allowed('10.1.3.9'), allowed('fd00:1::5'), allowed('fd00:2::5')]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  for (const wrong of ['10.1.2.0', '10.1.2.0/33', 'anything/8', '10.1.2.0/-1']) expect(networksOf([wrong])).toBeNull();
});

const codeOf = async (url: string, options: Partial<SafeFetchOptions> = {}) => {
  try {
    await createSafeFetch({ hosts: [new URL(url).hostname], totalMs: 2_000, ...options })(url);
    return 'went out';
  } catch (error) {
    return (error as EgressError).code;
  }
};

test.each([
  ['http://example.com/', 'scheme'],
  ['ftp://example.com/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['https://user:pass@example.com/', 'scheme'],
  ['https://example.com:8443/', 'port'],
  ['https://127.0.0.1/', 'address'],
  ['https://0x7f.1/', 'address'],
  ['https://2130706433/', 'address'],
  ['https://[::1]/', 'address'],
  ['https://[::ffff:169.254.169.254]/', 'address'],
  ['https://169.254.169.254/latest/meta-data', 'address'],
  ['https://localhost/', 'address'],
])('%s is refused before anything is sent: %s', async (url, code) => expect(await codeOf(url)).toBe(code));

test('only listed hosts; a star stands for what is below, not for the name itself', async () => {
  const fetch = createSafeFetch({ hosts: ['*.cafe24api.com', 'apis.tracker.delivery'] });
  for (const url of [
    'https://evil.example/',
    'https://cafe24api.com/',
    'https://xcafe24api.com/',
    'https://a.cafe24api.com.evil.example/',
  ])
    await expect(fetch(url)).rejects.toMatchObject({ code: 'host' });
});

let close = async () => undefined as unknown;
afterEach(() => close());

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = async () => {
    server.closeAllConnections();
    server.close();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
const local = (options: Partial<SafeFetchOptions> = {}) =>
  createSafeFetch({ hosts: ['127.0.0.1', 'localhost'], loopback: true, ...options });

test('this very machine only by an explicit flag, and only over http', async () => {
  const url = await serve((_, response) => response.end('here'));
  expect((await local()(url)).body.toString()).toBe('here');
  expect((await local()(url.replace('127.0.0.1', 'localhost'))).body.toString()).toBe('here');
  expect(await codeOf(url)).toBe('scheme');
});

test('packed answers are unpacked; one that swells or is too large is given up', async () => {
  const text = '배송 '.repeat(2_000);
  let answer = { body: gzipSync(text), encoding: 'gzip' };
  const url = await serve((_, response) => {
    response.setHeader('content-encoding', answer.encoding);
    response.end(answer.body);
  });
  expect((await local()(url)).body.toString()).toBe(text);
  answer = { body: brotliCompressSync(text), encoding: 'br' };
  expect((await local()(url)).body.toString()).toBe(text);
  answer = { body: gzipSync(Buffer.alloc(9_000_000)), encoding: 'gzip' };
  await expect(local()(url)).rejects.toMatchObject({ code: 'too_large' });
  answer = { body: Buffer.alloc(300_000, 65), encoding: 'identity' };
  await expect(local({ mostBytes: 200_000 })(url)).rejects.toMatchObject({ code: 'too_large' });
  answer = { body: Buffer.from('x'), encoding: 'zstd-of-tomorrow' };
  await expect(local()(url)).rejects.toMatchObject({ code: 'network' });
});

test('no redirect is followed, nothing waits forever, and the caller may give up', async () => {
  let mode: 'redirect' | 'hang' | 'drip' = 'redirect';
  const url = await serve((_, response) => {
    if (mode === 'redirect') response.writeHead(302, { location: 'https://example.com/' }).end();
    if (mode === 'drip') response.write('a');
  });
  await expect(local()(url)).rejects.toMatchObject({ code: 'redirect' });
  mode = 'hang';
  await expect(local({ totalMs: 200 })(url)).rejects.toMatchObject({ code: 'timeout' });
  mode = 'drip';
  await expect(local({ totalMs: 200 })(url)).rejects.toMatchObject({ code: 'timeout' });
  const giveUp = AbortSignal.timeout(100);
  await expect(local()(url, { signal: giveUp })).rejects.toBeInstanceOf(EgressError);
});
