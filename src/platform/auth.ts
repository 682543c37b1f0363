import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { DB } from './db.gen.ts';
import type { Actor, Grant, Language } from './operation.ts';

/** Cookie that carries a session: `<token>.<base64 HMAC-SHA256 of the token>`, percent-encoded, as better-auth signs it. */
export const SESSION_COOKIE = 'haedap_session';
/** Channel on which triggers tell whose sessions, keys, grants or state changed; the payload is the person's id. */
const SESSION_CHANNEL = 'haedap_session';
const COOKIE = new RegExp(`(?:^|;)\\s*${SESSION_COOKIE}=([^;]{1,300})`);
/** How long a process may remember who a caller is without asking again. */
const CACHE_MS = 10_000;
const CACHE_SIZE = 20_000;

/** What the authenticator needs of `Database`. */
export type AuthDatabase = {
  write: Kysely<DB>;
  listen: (channel: string, hear: (payload: string) => void, onReconnect?: () => void) => Promise<() => Promise<void>>;
};

type Headers = { cookie?: string | undefined; authorization?: string | undefined };
type Found = { actor: Actor; expiresAt: Date | null };
type Row = {
  id: string;
  name: string;
  email: string;
  language: Language;
  session_id: string;
  expires_at: Date | null;
  permissions: string | null;
  grants: Grant[];
};

/** Callers that this process has asked about lately. */
function createMemory() {
  const known = new Map<string, Found & { until: number }>();
  const asking = new Map<string, Promise<Actor | null>>();
  /** Rises with each change: an answer that was being fetched meanwhile may be old and is not remembered. */
  let changes = 0;

  function forget(isGone: (actor: Actor) => boolean): void {
    changes++;
    asking.clear();
    for (const [credential, { actor }] of known) if (isGone(actor)) known.delete(credential);
  }

  async function ask(credential: string, find: () => Promise<Found | null>): Promise<Actor | null> {
    const before = changes;
    const found = await find();
    if (!found) return null;
    if (before === changes) {
      const until = Math.min(Date.now() + CACHE_MS, found.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY);
      if (known.size >= CACHE_SIZE) known.delete(known.keys().next().value as string);
      known.set(credential, { ...found, until });
    }
    return found.actor;
  }

  /** The caller of a credential: remembered, or found now, once for all who ask at the same time. */
  async function recall(credential: string, find: () => Promise<Found | null>): Promise<Actor | null> {
    const hit = known.get(credential);
    if (hit && hit.until > Date.now()) return hit.actor;
    known.delete(credential);
    const running = asking.get(credential);
    if (running) return running;
    const question = ask(credential, find).finally(() => {
      if (asking.get(credential) === question) asking.delete(credential);
    });
    asking.set(credential, question);
    return question;
  }

  return { forget, recall };
}

/**
 * Tells who a request is, by its session cookie or `Bearer` API key: one indexed query, remembered for 10 s in this
 * process and forgotten at once when the database says that the person, a grant, session or key changed.
 *
 * A disabled person, an expired session and a revoked key are nobody (`null`). `close` ends the listening.
 */
export async function createAuthenticator({ db, secret }: { db: AuthDatabase; secret: string }) {
  const memory = createMemory();
  const close = await db.listen(
    SESSION_CHANNEL,
    (personId) => memory.forget((actor) => actor.id === personId),
    () => memory.forget(() => true),
  );
  return {
    async resolve({ cookie, authorization }: Headers): Promise<Actor | null> {
      const key = bearer(authorization);
      if (key !== null) return memory.recall(`key ${key}`, () => findKey(db.write, hashOfKey(key)));
      const value = COOKIE.exec(cookie ?? '')?.[1];
      if (value === undefined) return null;
      // Remembered by the whole signed value, so that its signature is checked when it is new, not each time.
      return memory.recall(`session ${value}`, async () => {
        const token = sessionToken(value, secret);
        return token === null ? null : findSession(db.write, token);
      });
    },
    close,
  };
}

/** An API key as it lies in the database: SHA-256, base64url, as better-auth's plug-in hashes it. */
const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('base64url');

/**
 * The API key of an `Authorization` header; '' for a header of another kind, which fits no key: the host lets such a
 * request past its cross-site check, so that its cookie must not count.
 */
function bearer(authorization: string | undefined): string | null {
  if (authorization === undefined) return null;
  const key = /^Bearer +(\S{1,200}) *$/i.exec(authorization)?.[1];
  return key ?? '';
}

/** The token of a session cookie's value when its signature is ours, else null. */
function sessionToken(value: string, secret: string): string | null {
  const parts = /^([\w-]{16,128})(?:\.)(.{43,44})$/.exec(decoded(value.trim()));
  if (!parts?.[1] || !parts[2]) return null;
  const expected = createHmac('sha256', secret).update(parts[1]).digest();
  const given = Buffer.from(parts[2], 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected) ? parts[1] : null;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

const grants = sql`(select coalesce(jsonb_agg(jsonb_build_object(
    'role', g.role, 'malls', g.malls, 'centres', g.centres, 'partners', g.partners) order by g.id), '[]')
  from role_grant g where g.person_id = p.id) as grants`;

async function findSession(db: Kysely<DB>, token: string): Promise<Found | null> {
  const { rows } = await sql<Row>`
    select p.id, p.name, p.email, p.language, s.id as session_id, s.expires_at, null as permissions, ${grants}
    from session s join person p on p.id = s.person_id
    where s.token = ${token} and s.expires_at > now() and p.disabled_at is null`.execute(db);
  return rows[0] ? found('user', rows[0]) : null;
}

async function findKey(db: Kysely<DB>, hash: string): Promise<Found | null> {
  const { rows } = await sql<Row>`
    select p.id, p.name, p.email, p.language, k.id as session_id, k.expires_at, k.permissions, ${grants}
    from api_key k join person p on p.id = k.person_id
    where k.key = ${hash} and k.enabled and (k.expires_at is null or k.expires_at > now()) and p.disabled_at is null
  `.execute(db);
  if (!rows[0]) return null;
  // When a key was last used, to the minute: the list of keys shows it, so that idle ones are found and revoked.
  await sql`update api_key set last_request_at = now()
    where key = ${hash} and (last_request_at is null or last_request_at < now() - interval '1 minute')`.execute(db);
  return found('key', rows[0]);
}

function found(kind: 'user' | 'key', row: Row): Found {
  const { id, name, email, language } = row;
  const only = row.permissions === null ? null : Object.values(JSON.parse(row.permissions) as Record<string, string[]>);
  return {
    actor: {
      kind,
      id,
      name,
      email,
      language,
      grants: row.grants,
      only: only?.flat() ?? null,
      sessionId: row.session_id,
    },
    expiresAt: row.expires_at,
  };
}
