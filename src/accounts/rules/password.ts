import { refusal, refuse } from '#platform/operation.ts';

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 128;

/** Why a password is not taken, for contracts and the sign-in routes. */
export const passwordRefusals = {
  password_too_short: refusal({
    ko: '비밀번호는 10자 이상이어야 합니다.',
    en: 'A password needs at least 10 characters.',
  }),
  password_too_long: refusal({
    ko: '비밀번호는 128자까지 쓸 수 있습니다.',
    en: 'A password has 128 characters at most.',
  }),
  password_too_simple: refusal({
    ko: '영문, 숫자, 기호(또는 한글) 가운데 두 가지 이상을 섞어 주세요.',
    en: 'Mix at least two of letters, digits and symbols.',
  }),
  password_guessable: refusal({
    ko: '짐작하기 쉬운 비밀번호입니다. 이메일·이름이나 흔한 말, 이어지는 글자를 피해 주세요.',
    en: 'Easy to guess. Leave out your e-mail, your name, common words and runs of characters.',
  }),
};

const KINDS = [/[a-z]/i, /\d/, /[^a-z\d\s]/i];
const COMMON = [
  'password',
  'passw0rd',
  'qwerty',
  'asdfgh',
  'zxcvbn',
  'iloveyou',
  'letmein',
  'welcome',
  'dkssud',
  'tkfkd',
];

/**
 * Whether a person may take this password: length, a mix of kinds, nothing that others would try first
 * (개인정보의 안전성 확보조치 기준). `null` when it is fine.
 */
export function checkPassword(password: string, person: { email: string; name: string }) {
  const text = password.normalize('NFKC');
  if ([...text].length < PASSWORD_MIN) return refuse('password_too_short', {});
  if ([...text].length > PASSWORD_MAX) return refuse('password_too_long', {});
  if (KINDS.filter((kind) => kind.test(text)).length < 2) return refuse('password_too_simple', {});
  const plain = text.toLowerCase();
  const own = [person.email.split('@')[0] ?? '', person.name.replace(/\s/g, '')].filter((word) => word.length >= 3);
  const known = [...COMMON, ...own.map((word) => word.toLowerCase())];
  if (known.some((word) => plain.includes(word)) || longestRun(plain) >= 5) return refuse('password_guessable', {});
  return null;
}

/** Length of the longest run of equal, rising or falling characters: `aaaa`, `1234`, `dcba` are 4. */
function longestRun(text: string): number {
  let longest = 1;
  for (const step of [0, 1, -1]) {
    let run = 1;
    for (let i = 1; i < text.length; i++) {
      run = text.charCodeAt(i) - text.charCodeAt(i - 1) === step ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
  }
  return longest;
}
