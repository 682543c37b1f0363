import pg from 'pg';
import { clientConfig, type DatabaseConfig } from './db.ts';
import { errorCode, Fault } from './fault.ts';

/** What a server says about itself, as far as Haedap depends on it. */
export type ServerFacts = {
  /** `180004` for 18.4. */
  version: number;
  versionText: string;
  encoding: string;
  /** Whether Hangul counts as letters and has its order; without it search and sorting of Korean fail. */
  koreanIsLetters: boolean;
  now: Date;
};

const OLDEST_VERSION = 150_000;
/** Server and database may differ by this much before times on screens lie. */
const CLOCK_SKEW_MS = 5 * 60_000;

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EACCES',
]);
/** The server shuts down, starts up, or has no connection free. */
const GONE = new Set(['57P01', '57P02', '57P03', '53300', '08006', '08001']);
const BAD_LOGIN = new Set(['28P01', '28000']);

/** The address without its password, for messages. */
export function shownAddress(config: DatabaseConfig): string {
  if (!('connectionString' in config)) return `${config.socketFolder}/${config.database}`;
  return config.connectionString.replace(/:[^:@/]*@/, '@').replace(/([?&]password=)[^&]*/, '$1…');
}

/** Checks that DATABASE_URL is an address of PostgreSQL at all. Fault: `database_url_wrong`. */
export function parseDatabaseUrl(text: string): DatabaseConfig {
  try {
    const { host, database } = new pg.Client({ connectionString: text });
    if (/^postgres(ql)?:\/\//.test(text) && host && database) return { connectionString: text };
  } catch {
    // no address at all: told below
  }
  throw new Fault('database_url_wrong', {
    ko: 'DATABASE_URL이 PostgreSQL 주소가 아닙니다. 예: postgresql://haedap:비밀번호@db.example.com:5432/haedap',
    en: 'DATABASE_URL is no address of a PostgreSQL. Example: postgresql://haedap:password@db.example.com:5432/haedap',
  });
}

/** Whether an error says that the database cannot be reached now, not that a statement was wrong. */
export const isConnectionError = (error: unknown): boolean =>
  UNREACHABLE.has(errorCode(error)) || GONE.has(errorCode(error));

/** A failed connection as a fault that says what to do. */
export function connectFault(error: unknown, config: DatabaseConfig): Fault {
  const address = shownAddress(config);
  const code = errorCode(error);
  const cause = { cause: error };
  if (BAD_LOGIN.has(code)) {
    return new Fault(
      'database_login',
      {
        ko: `데이터베이스 ${address}가 로그인을 거절했습니다. DATABASE_URL의 사용자와 비밀번호를 확인하세요.`,
        en: `The database ${address} refused the login. Check user and password in DATABASE_URL.`,
      },
      cause,
    );
  }
  if (code === '3D000') {
    return new Fault(
      'database_missing',
      {
        ko: `데이터베이스 ${address}가 없습니다. 먼저 만드세요: createdb -E UTF8 -T template0 --locale=C.UTF-8 haedap`,
        en: `There is no database ${address}. Make it first: createdb -E UTF8 -T template0 --locale=C.UTF-8 haedap`,
      },
      cause,
    );
  }
  const why = error instanceof Error ? error.message || code : String(error);
  if (isConnectionError(error) || /timeout|terminated|AggregateError/i.test(why) || error instanceof AggregateError) {
    return new Fault(
      'database_unreachable',
      {
        ko: `데이터베이스 ${address}에 연결할 수 없습니다(${why || 'no answer'}). 서버가 켜져 있는지, DATABASE_URL의 호스트와 포트가 맞는지 확인하세요.`,
        en: `The database ${address} cannot be reached (${why || 'no answer'}). Check that the server runs, and host and port in DATABASE_URL.`,
      },
      cause,
    );
  }
  return new Fault(
    'database_refused',
    { ko: `데이터베이스 ${address}가 연결을 거절했습니다: ${why}`, en: `The database ${address} refused: ${why}` },
    cause,
  );
}

/** Asks the server what `checkServer` judges. Faults: those of `connectFault`. */
export async function serverFacts(config: DatabaseConfig): Promise<ServerFacts> {
  const client = new pg.Client(clientConfig(config));
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<ServerFacts>(
      `select current_setting('server_version_num')::int as version,
              current_setting('server_version') as "versionText",
              current_setting('server_encoding') as encoding,
              '배송문의ㄱ' ~ '^[[:alpha:]]+$' and '가' < '나' and '나' < '다' as "koreanIsLetters",
              clock_timestamp() as now`,
    );
    return rows[0]!;
  } catch (error) {
    throw connectFault(error, config);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Refuses a server on which Haedap would go wrong later. Faults: `database_too_old`, `database_encoding`,
 * `database_locale`, `clock_differs`. `now` is this computer's clock.
 */
export function checkServer(facts: ServerFacts, now: Date): void {
  if (facts.version < OLDEST_VERSION) {
    throw new Fault('database_too_old', {
      ko: `PostgreSQL ${facts.versionText}은 너무 오래되었습니다. 15 이상으로 올리거나, DATABASE_URL을 지우고 내장 데이터베이스를 쓰세요.`,
      en: `PostgreSQL ${facts.versionText} is too old. Upgrade it to 15 or later, or unset DATABASE_URL to use the embedded one.`,
    });
  }
  if (facts.encoding !== 'UTF8') {
    throw new Fault('database_encoding', {
      ko: `데이터베이스의 문자 집합이 ${facts.encoding}입니다. UTF8로 새로 만드세요: createdb -E UTF8 -T template0 --locale=C.UTF-8 haedap`,
      en: `The database's encoding is ${facts.encoding}. Make one in UTF8: createdb -E UTF8 -T template0 --locale=C.UTF-8 haedap`,
    });
  }
  if (!facts.koreanIsLetters) {
    throw new Fault('database_locale', {
      ko: '이 데이터베이스의 로캘(lc_ctype)에서는 한글이 글자로 취급되지 않아 검색이 되지 않습니다. 새로 만드세요: createdb -E UTF8 -T template0 --locale=C.UTF-8 haedap',
      en: "In this database's locale (lc_ctype) Hangul are no letters, so that Korean search fails. Make one: createdb -E UTF8 -T template0 --locale=C.UTF-8 haedap",
    });
  }
  const skewMs = Math.abs(facts.now.getTime() - now.getTime());
  if (skewMs > CLOCK_SKEW_MS) {
    throw new Fault('clock_differs', {
      ko: `이 컴퓨터(${now.toISOString()})와 데이터베이스 서버(${facts.now.toISOString()})의 시계가 다릅니다. 두 쪽의 시간 동기화(NTP)를 켠 뒤 다시 시작하세요.`,
      en: `The clocks of this computer (${now.toISOString()}) and of the database server (${facts.now.toISOString()}) differ. Turn time synchronisation (NTP) on for both and start again.`,
    });
  }
}
