import { lookup } from 'node:dns/promises';
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isLoopback, isPublic } from './addresses.ts';

export type EgressCode =
  | 'scheme' // not https, or not a URL
  | 'port'
  | 'host' // not on the list
  | 'address' // inside: this machine or a private network
  | 'redirect'
  | 'too_large'
  | 'timeout'
  | 'network'; // refused, reset, no such name

/** Why a request did not go out, or its answer did not come in. */
export class EgressError extends Error {
  readonly code: EgressCode;
  constructor(code: EgressCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type Fetched = { status: number; headers: IncomingMessage['headers']; body: Buffer };
export type FetchOptions = {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
};
export type SafeFetch = (url: string, options?: FetchOptions) => Promise<Fetched>;

export type SafeFetchOptions = {
  /** Hosts that requests may go to: 'apis.tracker.delivery', '*.cafe24api.com'. */
  hosts: readonly string[];
  /** Ports besides 443. */
  ports?: readonly number[];
  /** http to this very machine: tests only. */
  loopback?: boolean;
  /** Private addresses that the operator's configuration allows. */
  allowed?: (address: string) => boolean;
  connectMs?: number;
  totalMs?: number;
  mostBytes?: number;
};

const CONNECT_MS = 10_000;
const TOTAL_MS = 30_000;
const MOST_BYTES = 10_000_000;
/** A body that grows more than this when it is unpacked is a bomb. */
const MOST_RATIO = 100;
const SMALL = 65_536;

/**
 * The only way out of Haedap (connectors.md §11): https to listed hosts, at addresses that were checked and are the ones
 * connected to (a name is resolved once), without redirects, cookies or proxies of the environment, within limits of
 * time and size. Throws `EgressError`.
 */
export function createSafeFetch(options: SafeFetchOptions): SafeFetch {
  return async (text, request = {}) => {
    const url = checkedUrl(text, options);
    const limit = AbortSignal.timeout(options.totalMs ?? TOTAL_MS);
    const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit;
    try {
      const addresses = await withSignal(resolve(url.hostname.replace(/^\[|\]$/g, '')), signal);
      for (const { address } of addresses) checkAddress(address, options);
      const response = await send(url, addresses, { ...request, signal }, options.connectMs ?? CONNECT_MS);
      return await readAnswer(response, options.mostBytes ?? MOST_BYTES, signal);
    } catch (error) {
      if (error instanceof EgressError) throw error;
      if (limit.aborted) throw new EgressError('timeout', 'no answer in time');
      throw new EgressError('network', error instanceof Error ? error.message : String(error));
    }
  };
}

function checkedUrl(text: string, { hosts, ports = [], loopback = false }: SafeFetchOptions): URL {
  if (!URL.canParse(text)) throw new EgressError('scheme', 'not a URL');
  const url = new URL(text);
  const local = loopback && url.protocol === 'http:' && isLocal(url.hostname);
  if (url.protocol !== 'https:' && !local) throw new EgressError('scheme', `${url.protocol} is not allowed`);
  if (url.username || url.password) throw new EgressError('scheme', 'a URL with a password is not allowed');
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (port !== 443 && !ports.includes(port) && !local) throw new EgressError('port', `port ${port} is not allowed`);
  if (!hosts.some((host) => matches(host, url.hostname)))
    throw new EgressError('host', `${url.hostname} is not listed`);
  return url;
}

const isLocal = (hostname: string) => hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''));
const matches = (host: string, hostname: string) =>
  host.startsWith('*.') ? hostname.endsWith(host.slice(1)) && hostname.length > host.length - 1 : host === hostname;

type Address = { address: string; family: number };

async function resolve(hostname: string): Promise<Address[]> {
  const family = isIP(hostname);
  if (family) return [{ address: hostname, family }];
  return lookup(hostname, { all: true, verbatim: true });
}

/** One inside address among many is enough to refuse: whoever answers names may mix them. */
function checkAddress(address: string, { loopback = false, allowed }: SafeFetchOptions): void {
  if (isPublic(address) || allowed?.(address) || (loopback && isLoopback(address))) return;
  throw new EgressError('address', 'the address lies inside');
}

function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((done, fail) => {
    const stop = () => fail(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(done, fail).finally(() => signal.removeEventListener('abort', stop));
  });
}

type Sent = FetchOptions & { signal: AbortSignal };

/** Connects to the checked addresses only; the name stays in TLS and in the Host header. */
function send(url: URL, addresses: readonly Address[], sent: Sent, connectMs: number): Promise<IncomingMessage> {
  const known: LookupFunction = (_, options, callback) => {
    if (options.all) callback(null, [...addresses]);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  };
  const { method = 'GET', headers = {}, body, signal } = sent;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options: RequestOptions = {
    method,
    headers: { 'accept-encoding': 'gzip, br', 'user-agent': 'haedap', ...headers, ...length },
    lookup: known,
    agent: false,
    signal,
  };
  return new Promise((done, fail) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, done);
    const late = setTimeout(() => request.destroy(new EgressError('timeout', 'no connection in time')), connectMs);
    const event = url.protocol === 'https:' ? 'secureConnect' : 'connect';
    request.on('socket', (socket) => socket.once(event, () => clearTimeout(late)));
    request.on('error', fail);
    request.on('close', () => clearTimeout(late));
    request.end(body);
  });
}

async function readAnswer(response: IncomingMessage, mostBytes: number, signal: AbortSignal): Promise<Fetched> {
  const { statusCode: status = 0, headers } = response;
  if (status >= 300 && status < 400) {
    response.destroy();
    throw new EgressError('redirect', `${status} leads elsewhere`);
  }
  let packed = 0;
  response.on('data', (part: Buffer) => (packed += part.length));
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of unpacked(response)) {
      signal.throwIfAborted();
      size += (part as Buffer).length;
      const most = Math.min(mostBytes, Math.max(SMALL, packed * MOST_RATIO));
      if (size > most) throw new EgressError('too_large', `the answer is larger than ${most} bytes`);
      parts.push(part as Buffer);
    }
  } finally {
    response.destroy();
  }
  return { status, headers, body: Buffer.concat(parts) };
}

function unpacked(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding'];
  if (!encoding || encoding === 'identity') return response;
  const unpack =
    encoding === 'gzip'
      ? createGunzip()
      : encoding === 'br'
        ? createBrotliDecompress()
        : encoding === 'deflate'
          ? createInflate()
          : null;
  if (!unpack) throw new EgressError('network', `the encoding ${encoding} is unknown`);
  response.on('error', (error) => unpack.destroy(error));
  response.on('aborted', () => unpack.destroy(new Error('the answer broke off')));
  return response.pipe(unpack);
}
