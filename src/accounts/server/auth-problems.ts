import type { Language, Words } from '#platform/operation.ts';
import type { Problem } from '#platform/problem.ts';
import { passwordRefusals } from '../rules/password.ts';

const wrong: Words = { ko: '이메일 또는 비밀번호가 맞지 않습니다.', en: 'The e-mail or the password is wrong.' };
const code: Words = {
  ko: '인증 번호가 맞지 않습니다. 다시 입력해 주세요.',
  en: 'The code is wrong. Please enter it again.',
};
const again: Words = {
  ko: '인증 시간이 지났습니다. 이메일과 비밀번호부터 다시 입력해 주세요.',
  en: 'This sign-in took too long. Please start again with e-mail and password.',
};
const fast: Words = {
  ko: '시도가 너무 잦습니다. 잠시 뒤 다시 시도해 주세요.',
  en: 'Too many tries. Please try again in a moment.',
};
const origin: Words = {
  ko: '다른 사이트에서 보낸 요청은 받지 않습니다.',
  en: 'Requests from other sites are refused.',
};

/** Codes of better-auth and our own under the code and words that people get. */
const WORDS: Record<string, readonly [string, Words]> = {
  INVALID_EMAIL_OR_PASSWORD: ['wrong_password', wrong],
  INVALID_EMAIL: ['wrong_password', wrong],
  USER_NOT_FOUND: ['wrong_password', wrong],
  INVALID_PASSWORD: ['wrong_password', { ko: '현재 비밀번호가 맞지 않습니다.', en: 'The present password is wrong.' }],
  ACCOUNT_LOCKED: [
    'account_locked',
    {
      ko: '비밀번호를 여러 번 틀려 15분 동안 잠겼습니다. 급하면 관리자에게 잠금 해제를 요청해 주세요.',
      en: 'Locked for 15 minutes after several wrong passwords. An administrator can unlock it.',
    },
  ],
  ACCOUNT_DISABLED: [
    'account_disabled',
    {
      ko: '사용이 중지된 계정입니다. 관리자에게 문의해 주세요.',
      en: 'This account is disabled. Please ask an administrator.',
    },
  ],
  INVALID_CODE: ['wrong_code', code],
  INVALID_BACKUP_CODE: ['wrong_code', code],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['sign_in_again', again],
  INVALID_TWO_FACTOR_COOKIE: ['sign_in_again', again],
  ACCOUNT_TEMPORARILY_LOCKED: [
    'account_locked',
    {
      ko: '인증 번호를 여러 번 틀려 15분 동안 잠겼습니다.',
      en: 'Locked for 15 minutes after several wrong codes.',
    },
  ],
  TOTP_ALREADY_ENABLED: [
    'second_factor_on',
    { ko: '2단계 인증을 이미 쓰고 있습니다.', en: 'The second factor is already on.' },
  ],
  TOTP_NOT_ENABLED: ['second_factor_off', { ko: '2단계 인증을 쓰지 않고 있습니다.', en: 'The second factor is off.' }],
  TWO_FACTOR_NOT_ENABLED: [
    'second_factor_off',
    { ko: '2단계 인증을 쓰지 않고 있습니다.', en: 'The second factor is off.' },
  ],
  BACKUP_CODES_NOT_ENABLED: [
    'second_factor_off',
    { ko: '2단계 인증을 쓰지 않고 있습니다.', en: 'The second factor is off.' },
  ],
  PASSWORD_TOO_SHORT: ['password_too_short', passwordRefusals.password_too_short.text],
  PASSWORD_TOO_LONG: ['password_too_long', passwordRefusals.password_too_long.text],
  PASSWORD_TOO_SIMPLE: ['password_too_simple', passwordRefusals.password_too_simple.text],
  PASSWORD_GUESSABLE: ['password_guessable', passwordRefusals.password_guessable.text],
  INVALID_ORIGIN: ['cross_site', origin],
  MISSING_OR_NULL_ORIGIN: ['cross_site', origin],
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: ['cross_site', origin],
};

const BY_STATUS: Record<number, readonly [string, Words]> = {
  401: ['unauthenticated', { ko: '로그인이 필요합니다.', en: 'Please sign in.' }],
  404: ['not_found', { ko: '찾을 수 없습니다.', en: 'Not found.' }],
  429: ['too_many_requests', fast],
};
const OTHER: readonly [string, Words] = [
  'bad_input',
  { ko: '입력한 내용을 확인해 주세요.', en: 'Please check what you entered.' },
];
const FAILED: readonly [string, Words] = [
  'internal',
  { ko: '처리하지 못했습니다. 잠시 뒤 다시 시도해 주세요.', en: 'This failed. Please try again in a moment.' },
];

/** An error answer of better-auth as a problem document. */
export function authProblem(status: number, body: { code?: string; until?: string }, language: Language): Problem {
  const [name, words] = WORDS[body.code ?? ''] ?? BY_STATUS[status] ?? (status >= 500 ? FAILED : OTHER);
  const problem = { type: 'about:blank', title: words[language], status, code: name };
  return body.until ? { ...problem, facts: { until: body.until } } : problem;
}
