const times = { createdAt: 'created_at', updatedAt: 'updated_at' };
const hidden = { input: false, returned: false } as const;
/** better-auth's models under our names: one table each, columns in snake_case (migrations/*_accounts_*.sql). */
export const tables = {
  user: {
    modelName: 'person',
    fields: { ...times, emailVerified: 'email_verified' },
    additionalFields: {
      language: { type: 'string', required: true, defaultValue: 'ko', input: false },
      theme: { type: 'string', required: true, defaultValue: 'system', input: false },
      failedSignIns: { ...hidden, type: 'number', required: true, defaultValue: 0, fieldName: 'failed_sign_ins' },
      lockedUntil: { ...hidden, type: 'date', required: false, fieldName: 'locked_until' },
      disabledAt: { ...hidden, type: 'date', required: false, fieldName: 'disabled_at' },
      mustChangePassword: {
        type: 'boolean',
        required: true,
        defaultValue: false,
        input: false,
        fieldName: 'must_change_password',
      },
    },
  },
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
