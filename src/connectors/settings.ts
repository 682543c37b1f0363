import { Fault } from '#platform/fault.ts';
import { isLoopback, networksOf } from './addresses.ts';
import { createDeliveryTracker } from './delivery-tracker/client.ts';
import { type Inside, type MailSettings, mailboxesOf } from './mail/mailboxes.ts';
import type { CourierTracker } from './port.ts';
import { createSafeFetch, type SafeFetch } from './safe-fetch.ts';

/** An outside system as it is set up: its adapter, and the way out that leads to its host only. */
export type TrackerSetUp = { tracker: CourierTracker; fetch: SafeFetch; host: string };
export type ConnectorSettings = { tracker: TrackerSetUp | null; mail: MailSettings | null };

export const NO_CONNECTORS: ConnectorSettings = { tracker: null, mail: null };

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Reads what the environment sets up. HAEDAP_TRACKER_URL: GraphQL endpoint of a delivery-tracker server; absent: off.
 * HAEDAP_TRACKER_KEY: 'client id:secret'. HAEDAP_EGRESS_ALLOW: private networks that may be reached, '10.1.2.0/24,…'.
 * HAEDAP_EGRESS_LOOPBACK=1: plain connections to this machine, for tests and emulators. Mailboxes: mail/mailboxes.ts.
 * Fault: `bad_setting`.
 */
export function connectorSettings(env: Env): ConnectorSettings {
  const loopback = env.HAEDAP_EGRESS_LOOPBACK === '1';
  const allowed = networksOf((env.HAEDAP_EGRESS_ALLOW ?? '').split(/[\s,]+/).filter(Boolean));
  if (!allowed) throw badSetting('HAEDAP_EGRESS_ALLOW', '10.1.2.0/24, fd00:1::/64');
  const inside = { loopback, allowed };
  const mailboxes = mailboxesOf(env, inside);
  return { tracker: trackerOf(env, inside), mail: mailboxes.length > 0 ? { mailboxes, inside } : null };
}

function trackerOf(env: Env, { loopback, allowed }: Inside): TrackerSetUp | null {
  const url = env.HAEDAP_TRACKER_URL?.trim();
  if (!url) return null;
  if (!URL.canParse(url)) throw badSetting('HAEDAP_TRACKER_URL', 'https://apis.tracker.delivery/graphql');
  const { hostname, protocol, port } = new URL(url);
  const local = loopback && (hostname === 'localhost' || isLoopback(hostname));
  if (protocol !== 'https:' && !local) throw badSetting('HAEDAP_TRACKER_URL', 'https://apis.tracker.delivery/graphql');
  const ports = port ? [Number(port)] : [];
  const fetch = createSafeFetch({ hosts: [hostname], ports, loopback, allowed });
  const key = env.HAEDAP_TRACKER_KEY?.trim() || null;
  return { tracker: createDeliveryTracker({ url, key }), fetch, host: hostname };
}

const badSetting = (name: string, example: string): Fault =>
  new Fault('bad_setting', {
    ko: `${name}의 값이 잘못되었습니다. 이렇게 쓰세요: ${example} (비워 두면 연결하지 않습니다)`,
    en: `${name} is not right. Write it like this: ${example} (leave it empty for no connection)`,
  });
