import type { Language } from '#platform/operation.ts';

const ZONE = 'Asia/Seoul';
const locale = (language: Language) => (language === 'ko' ? 'ko-KR' : 'en-GB');

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale(language), { timeZone: ZONE, ...options });
  formats.set(key, known);
  return known;
}

const part = (
  at: Date,
  options: Intl.DateTimeFormatOptions,
  type: Intl.DateTimeFormatPartTypes,
  language: Language = 'ko',
) =>
  format(language, options)
    .formatToParts(at)
    .find((p) => p.type === type)?.value ?? '';

/** `2026-11-25`, in Seoul. */
export const dayKey = (at: Date): string => {
  const numeric = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return `${part(at, numeric, 'year')}-${part(at, numeric, 'month')}-${part(at, numeric, 'day')}`;
};

/** `11/25`, with the year when it is another one. */
export function shortDay(at: Date, now = new Date()): string {
  const [year, month, day] = dayKey(at).split('-');
  const monthDay = `${Number(month)}/${Number(day)}`;
  return year === dayKey(now).slice(0, 4) ? monthDay : `${year?.slice(2)}/${monthDay}`;
}

/** `수` or `Wed`. */
export const weekday = (at: Date, language: Language): string => format(language, { weekday: 'short' }).format(at);

/** `17:50`. */
export const clock = (at: Date): string =>
  format('en', { hour: '2-digit', minute: '2-digit', hour12: false }).format(at);

/** `11월 25일 수` or `Wed 25 Nov`. */
export function longDay(at: Date, language: Language): string {
  const [year, month, day] = dayKey(at).split('-');
  const other = year === dayKey(new Date()).slice(0, 4) ? '' : language === 'ko' ? `${year}년 ` : ` ${year}`;
  if (language === 'ko') return `${other}${Number(month)}월 ${Number(day)}일 ${weekday(at, language)}`;
  return `${weekday(at, language)} ${Number(day)} ${format('en', { month: 'short' }).format(at)}${other}`;
}

/** `11/25 수 17:50`: a moment in a line. */
export const moment = (at: Date, language: Language): string => `${shortDay(at)} ${weekday(at, language)} ${clock(at)}`;

const MINUTE = 60_000;
const STEPS: [number, number, Record<Language, (n: number) => string>][] = [
  [MINUTE, 1_000, { ko: (n) => `${n}초`, en: (n) => `${n} s` }],
  [60 * MINUTE, MINUTE, { ko: (n) => `${n}분`, en: (n) => `${n} min` }],
  [48 * 60 * MINUTE, 60 * MINUTE, { ko: (n) => `${n}시간`, en: (n) => `${n} h` }],
  [60 * 24 * 60 * MINUTE, 24 * 60 * MINUTE, { ko: (n) => `${n}일`, en: (n) => `${n} d` }],
  [730 * 24 * 60 * MINUTE, 30 * 24 * 60 * MINUTE, { ko: (n) => `${n}개월`, en: (n) => `${n} mo` }],
];

/** A span in its largest unit: `6분`, `2시간`, `3일`. */
export function span(ms: number, language: Language): string {
  const size = Math.max(0, ms);
  const [, unit, words] = STEPS.find(([limit]) => size < limit) ?? [
    0,
    365 * 24 * 60 * MINUTE,
    { ko: (n: number) => `${n}년`, en: (n: number) => `${n} y` },
  ];
  return words[language](Math.floor(size / unit));
}

/** How long ago, for an age: `12초 전`. */
export const ago = (at: Date, now: number, language: Language): string =>
  language === 'ko' ? `${span(now - at.getTime(), language)} 전` : `${span(now - at.getTime(), language)} ago`;

/** `1,204`. */
export const count = (n: number): string => n.toLocaleString('ko-KR');

/** `79,600`, a negative sum with U+2212. The currency stands only on sums and buttons: `won`. */
export const money = (krw: number): string => (krw < 0 ? `−${count(-krw)}` : count(krw));
export const won = (krw: number, language: Language): string =>
  language === 'ko' ? `${money(krw)}원` : `₩${money(krw)}`;

/** `2:05`, `1:22:00`: the length of a call. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
