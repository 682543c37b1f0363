import type { Rng } from './random.ts';
import { weighted } from './random.ts';

/** Names are put together from syllables: whoever bears one by chance is not meant. */
const SURNAMES = weighted<readonly [string, string]>([
  [['김', 'kim'], 21],
  [['이', 'lee'], 14.7],
  [['박', 'park'], 8.4],
  [['최', 'choi'], 4.7],
  [['정', 'jung'], 4.3],
  [['강', 'kang'], 2.4],
  [['조', 'cho'], 2.1],
  [['윤', 'yoon'], 2.1],
  [['장', 'jang'], 2],
  [['임', 'lim'], 1.7],
  [['한', 'han'], 1.5],
  [['오', 'oh'], 1.5],
  [['서', 'seo'], 1.5],
  [['신', 'shin'], 1.5],
  [['권', 'kwon'], 1.4],
  [['황', 'hwang'], 1.4],
  [['안', 'ahn'], 1.4],
  [['송', 'song'], 1.4],
  [['전', 'jeon'], 1.1],
  [['홍', 'hong'], 1.1],
  [['유', 'yoo'], 1],
  [['고', 'ko'], 0.9],
  [['문', 'moon'], 0.9],
  [['양', 'yang'], 0.9],
  [['손', 'son'], 0.9],
  [['배', 'bae'], 0.8],
  [['백', 'baek'], 0.8],
  [['허', 'heo'], 0.7],
  [['노', 'noh'], 0.6],
  [['남', 'nam'], 0.6],
  [['심', 'shim'], 0.5],
  [['하', 'ha'], 0.5],
  [['곽', 'kwak'], 0.4],
  [['성', 'sung'], 0.4],
  [['차', 'cha'], 0.4],
  [['주', 'joo'], 0.4],
  [['우', 'woo'], 0.4],
  [['구', 'koo'], 0.4],
  [['나', 'na'], 0.3],
  [['민', 'min'], 0.3],
  [['진', 'jin'], 0.3],
  [['지', 'ji'], 0.3],
  [['엄', 'eom'], 0.3],
  [['채', 'chae'], 0.3],
  [['원', 'won'], 0.2],
  [['천', 'cheon'], 0.2],
  [['방', 'bang'], 0.2],
  [['공', 'kong'], 0.2],
  [['변', 'byun'], 0.2],
  [['함', 'ham'], 0.15],
  [['남궁', 'namgung'], 0.1],
  [['황보', 'hwangbo'], 0.05],
  [['제갈', 'jegal'], 0.03],
  [['선우', 'sunwoo'], 0.03],
]);

type Part = readonly [string, string];
const split = (text: string): Part[] => text.split(' ').map((pair) => pair.split(':') as unknown as Part);

const YOUNG_WOMEN = [
  split('서:seo 지:ji 하:ha 민:min 수:su 예:ye 채:chae 유:yu 다:da 소:so 윤:yoon 시:si 나:na 가:ga'),
  split('연:yeon 윤:yoon 은:eun 아:a 현:hyun 진:jin 린:rin 원:won 빈:bin 솔:sol 인:in 율:yul'),
] as const;
const OLDER_WOMEN = [
  split('은:eun 미:mi 혜:hye 영:young 정:jung 선:sun 현:hyun 경:kyung 명:myung 순:soon 인:in 숙:sook'),
  split('숙:sook 희:hee 경:kyung 자:ja 주:joo 영:young 옥:ok 정:jung 미:mi 애:ae 례:rye'),
] as const;
const YOUNG_MEN = [
  split('도:do 민:min 서:seo 지:ji 준:jun 현:hyun 시:si 건:gun 태:tae 재:jae 승:seung 하:ha 은:eun 우:woo'),
  split('윤:yoon 준:jun 우:woo 현:hyun 호:ho 민:min 훈:hoon 진:jin 빈:bin 혁:hyuk 원:won 율:yul'),
] as const;
const OLDER_MEN = [
  split('성:sung 동:dong 영:young 정:jung 상:sang 병:byung 기:ki 종:jong 광:kwang 용:yong 재:jae 창:chang'),
  split('호:ho 수:soo 철:chul 규:kyu 석:seok 식:sik 환:hwan 만:man 섭:sup 범:bum 균:kyun 택:taek'),
] as const;

export type PersonName = { name: string; latin: string };

/** A full name; older people bear other syllables than younger ones. */
export function personName(rng: Rng, birthYear: number): PersonName {
  const [surname, surnameLatin] = SURNAMES(rng);
  const older = birthYear < 1976 ? 0.85 : birthYear < 1984 ? 0.3 : 0.02;
  const woman = rng.chance(0.62);
  const [first, second] = rng.chance(older) ? (woman ? OLDER_WOMEN : OLDER_MEN) : woman ? YOUNG_WOMEN : YOUNG_MEN;
  const [a, aLatin] = rng.pick(first);
  let [b, bLatin] = rng.pick(second);
  while (b === a) [b, bLatin] = rng.pick(second);
  return { name: `${surname}${a}${b}`, latin: `${aLatin}${bLatin}.${surnameLatin}` };
}
