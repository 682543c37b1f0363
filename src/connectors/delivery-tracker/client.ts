import type { CourierTracker, Ctx, Failure, Outcome, Tracked } from '../port.ts';
import { EgressError, type Fetched } from '../safe-fetch.ts';
import { carriers } from './carriers.ts';
import { readAnswer } from './read-answer.ts';

export type TrackerOptions = {
  /** Of the GraphQL endpoint: 'https://apis.tracker.delivery/graphql'. */
  url: string;
  /** 'client id:client secret'; null: a server of one's own that asks for none. */
  key: string | null;
  ratePerSec?: number;
};

/** Requests a second; the service states no limit of its own. */
const RATE = 4;
const EVENT = 'time status { code name } location { name } description';
const QUERY = `query Track($carrierId: ID!, $trackingNumber: String!) {
  track(carrierId: $carrierId, trackingNumber: $trackingNumber) {
    lastEvent { ${EVENT} }
    events(last: 100) { edges { node { ${EVENT} } } }
  }
}`;

/** Asks a delivery-tracker server (tracker.delivery or one's own) where a parcel is (connectors.md §7). */
export function createDeliveryTracker({ url, key, ratePerSec = RATE }: TrackerOptions): CourierTracker {
  const authorization: Record<string, string> = key ? { authorization: `TRACKQL-API-KEY ${key}` } : {};
  return {
    describe: () => ({ carriers, ratePerSec }),
    track: async (ctx: Ctx, { courier, trackingNo }): Promise<Outcome<Tracked>> => {
      const body = JSON.stringify({ query: QUERY, variables: { carrierId: courier, trackingNumber: trackingNo } });
      const headers = { 'content-type': 'application/json', accept: 'application/json', ...authorization };
      try {
        const answer = await ctx.fetch(url, { method: 'POST', headers, body, signal: ctx.signal });
        return httpFailure(answer, ctx.now()) ?? readAnswer(answer.body.toString('utf8'), ctx.now());
      } catch (error) {
        return egressFailure(error);
      }
    },
  };
}

const fail = (kind: Failure['kind'], code: string, message: string): Failure => ({ ok: false, kind, code, message });

function egressFailure(error: unknown): Failure {
  if (!(error instanceof EgressError)) throw error;
  const { code, message } = error;
  if (code === 'timeout' || code === 'network') return fail('transient', code, message);
  if (code === 'too_large') return fail('unknown', 'unreadable', message);
  return fail('auth', `egress_${code}`, message);
}

function httpFailure({ status, headers }: Fetched, now: Date): Failure | null {
  if (status === 429) {
    const failure = fail('rate', 'limited', 'too many requests');
    const retryAfterMs = retryAfter(headers['retry-after'], now);
    return retryAfterMs === null ? failure : { ...failure, retryAfterMs };
  }
  if (status === 401 || status === 403) return fail('auth', `http_${status}`, 'the key was refused');
  if (status === 503 && headers['retry-after'] !== undefined) {
    const retryAfterMs = retryAfter(headers['retry-after'], now);
    const failure = fail('transient', 'http_503', 'the service is down');
    return retryAfterMs === null ? failure : { ...failure, retryAfterMs };
  }
  if (status >= 500) return fail('transient', `http_${status}`, 'the service is down');
  // GraphQL over HTTP: 400 may carry a readable list of errors.
  return status === 200 || status === 400 ? null : fail('unknown', `http_${status}`, 'an answer that nobody expects');
}

/** `Retry-After` in milliseconds: seconds, or a date. */
function retryAfter(value: string | undefined, now: Date): number | null {
  if (value === undefined) return null;
  if (/^\d{1,6}$/.test(value)) return Number(value) * 1_000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
