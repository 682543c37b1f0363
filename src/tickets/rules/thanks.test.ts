import { expect, test } from 'vitest';
import { saysOnlyThanks } from './thanks.ts';

test.each([
  ...['감사합니다', '네 감사합니다!', '네네~ 확인했습니다. 감사합니다 ^^', '빠른 답변 감사드려요 🙏', '수고하세요~'],
  ...[
    '넵 고맙습니다 ㅎㅎ',
    '친절한 답변 감사합니다'.replace('한', ''),
    'Thank you so much!',
    '잘 받았습니다. 감사합니다.',
  ],
])('%s says thanks and nothing else', (text) => expect(saysOnlyThanks(text)).toBe(true));

test.each([
  ...['감사합니다. 그런데 언제 오나요?', '감사합니다 근데 색상이 달라요', '네', '확인했습니다', '교환 감사합니다'],
  ...[
    '감사하지만 환불해 주세요',
    '감사합니다 10시 이후에 와 주세요',
    '',
    '감사합니다'.repeat(20),
    '아직 못 받았는데 감사는요',
  ],
  ...['수고하세요 주소도 바꿔 주세요', 'thanks but where is it', '감사 인사 말고 답을 주세요'],
])('%s says more, or nothing of the kind', (text) => expect(saysOnlyThanks(text)).toBe(false));

test('a long run of its own words is read at once', () => {
  const start = performance.now();
  saysOnlyThanks(`${'네'.repeat(30)}감사x`);
  expect(performance.now() - start).toBeLessThan(50);
});
