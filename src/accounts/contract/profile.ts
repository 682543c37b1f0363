import { z } from 'zod';
import { refusal } from '#platform/operation.ts';
import { text } from '#platform/values.ts';

/** A key that a person gave another place: `keys` of a `layer` are pressed as `to`. Written as on the `?` page. */
export const Rebound = z.strictObject({
  layer: z.enum(['frame', 'page', 'panel']),
  keys: text(30),
  to: text(30),
});

/** `list.orders`, `cases`, `draft.<ticket>.reply`. */
export const PreferenceName = z.string().regex(/^[a-z]{1,20}(\.[A-Za-z0-9_-]{1,60}){0,3}$/);
const MOST_CHARACTERS = 64_000;
/** Any JSON that its screen understands; null forgets it. */
export const Preference = z.unknown().refine((value) => (JSON.stringify(value) ?? '').length <= MOST_CHARACTERS, {
  error: `Too long: expected at most ${MOST_CHARACTERS} characters of JSON`,
});

const keys = { keys: z.string() };

export const profileRefusals = {
  keys_malformed: refusal(
    { ko: "'{keys}': 키 이름이 아닙니다. 'Alt+J'처럼 써 주세요.", en: "'{keys}' is no key. Write it as in 'Alt+J'." },
    keys,
  ),
  keys_reserved: refusal(
    {
      ko: '{keys}: 브라우저가 쓰거나 이동·입력에 쓰는 키라 지정할 수 없습니다. 다른 키를 골라 주세요.',
      en: '{keys} belongs to the browser, or moves or types. Choose another key.',
    },
    keys,
  ),
  keys_twice: refusal(
    {
      ko: '{keys}: 두 동작에 지정했습니다. 하나는 다른 키로 바꿔 주세요.',
      en: '{keys} is given to two actions. Give one of them another key.',
    },
    keys,
  ),
  preferences_full: refusal({
    ko: '화면 설정과 임시 저장한 글이 너무 많아 더 저장할 수 없습니다. 필요 없는 임시 저장 글을 지워 주세요.',
    en: 'Too many screen settings and drafts are kept. Please clear drafts that you do not need.',
  }),
};
