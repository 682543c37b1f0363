import { apiKey } from '@better-auth/api-key';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins';
import type { Kysely } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { newId } from '#platform/values.ts';
import { hashPassword, verifyPassword } from './password.ts';

const times = { createdAt: 'created_at', updatedAt: 'updated_at' };
/** better-auth's models under our names: one table each, columns in snake_case (migrations/*_accounts_*.sql). */
const tables = {
  user: { modelName: 'person', fields: { ...times, emailVerified: 'email_verified' } },
  session: {
    modelName: 'session',
    fields: {
      ...times,
      userId: 'person_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
    },
  },
  account: {
    modelName: 'credential',
    fields: {
      ...times,
      userId: 'person_id',
      accountId: 'account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
    },
  },
  verification: { modelName: 'verification', fields: { ...times, expiresAt: 'expires_at' } },
  twoFactor: {
    user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
    twoFactor: {
      modelName: 'two_factor',
      fields: {
        userId: 'person_id',
        backupCodes: 'backup_codes',
        failedVerificationCount: 'failed_verification_count',
        lockedUntil: 'locked_until',
      },
    },
  },
  apiKey: {
    apikey: {
      modelName: 'api_key',
      fields: {
        ...times,
        configId: 'config_id',
        referenceId: 'person_id',
        refillInterval: 'refill_interval',
        refillAmount: 'refill_amount',
        lastRefillAt: 'last_refill_at',
        rateLimitEnabled: 'rate_limit_enabled',
        rateLimitTimeWindow: 'rate_limit_time_window',
        rateLimitMax: 'rate_limit_max',
        requestCount: 'request_count',
        lastRequest: 'last_request_at',
        expiresAt: 'expires_at',
      },
    },
  },
  rateLimit: { modelName: 'auth_rate_limit', fields: { lastRequest: 'last_request' } },
} as const;

export type AuthConfig = {
  db: Kysely<DB>;
  /** At least 32 characters, the same in all server processes of a company. */
  secret: string;
  /** Where people open Haedap, `http://127.0.0.1:3000`: https makes the cookies Secure. */
  baseUrl: string;
};

export function authOptions({ db, secret, baseUrl }: AuthConfig) {
  return {
    appName: 'Haedap',
    baseURL: baseUrl,
    basePath: '/api/auth',
    secret,
    database: { db, type: 'postgres', transaction: true },
    advanced: {
      database: { generateId: () => newId(), validateSchema: false },
      cookiePrefix: 'haedap',
      cookies: { session_token: { name: 'haedap_session' } },
      useSecureCookies: false,
      defaultCookieAttributes: { secure: baseUrl.startsWith('https:'), sameSite: 'lax', httpOnly: true },
      ipAddress: { ipAddressHeaders: ['x-haedap-address'] },
    },
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    user: {
      ...tables.user,
      additionalFields: {
        language: { type: 'string', required: true, defaultValue: 'ko', input: false },
        theme: { type: 'string', required: true, defaultValue: 'system', input: false },
        failedSignIns: {
          type: 'number',
          required: true,
          defaultValue: 0,
          input: false,
          returned: false,
          fieldName: 'failed_sign_ins',
        },
        lockedUntil: { type: 'date', required: false, input: false, returned: false, fieldName: 'locked_until' },
        disabledAt: { type: 'date', required: false, input: false, returned: false, fieldName: 'disabled_at' },
      },
    },
    session: { ...tables.session, expiresIn: 12 * 3600, updateAge: 1800 },
    account: { ...tables.account, accountLinking: { enabled: false } },
    verification: tables.verification,
    rateLimit: { enabled: true, storage: 'database', window: 60, max: 300, ...tables.rateLimit },
    plugins: [
      twoFactor({ issuer: 'Haedap', schema: tables.twoFactor }),
      apiKey({
        defaultPrefix: 'haedap_',
        startingCharactersConfig: { charactersLength: 12 },
        rateLimit: { enabled: false },
        keyExpiration: { defaultExpiresIn: null, minExpiresIn: 0, maxExpiresIn: 3650 },
        schema: tables.apiKey,
      }),
    ],
  } satisfies BetterAuthOptions;
}

export function createAuth(config: AuthConfig) {
  return betterAuth(authOptions(config));
}
