/** Names of carriers as malls write them, blanks left out, and the ids of the delivery-tracker protocol. */
const CARRIERS: readonly (readonly [RegExp, string])[] = [
  [/^(CJ대한통운|대한통운|CJ택배|CJGLS)/i, 'kr.cjlogistics'],
  [/^롯데(글로벌로지스|택배)|^롯데$/, 'kr.lotte'],
  [/^한진/, 'kr.hanjin'],
  [/^(우체국|우편등기|등기우편)/, 'kr.epost'],
  [/^로젠/, 'kr.logen'],
  [/^경동/, 'kr.kdexp'],
  [/^대신/, 'kr.daesin'],
  [/^일양/, 'kr.ilyanglogis'],
  [/^합동/, 'kr.hdexp'],
  [/^천일/, 'kr.chunilps'],
  [/^건영/, 'kr.kunyoung'],
  [/^(CU|CVSnet편의점CU|CU편의점)/i, 'kr.cupost'],
  [/^(GS|CVSnet|GS25|GSPostbox)/i, 'kr.cvsnet'],
  [/^홈픽/, 'kr.homepick'],
  [/^(쿠팡로지스틱스|CLS|쿠팡CLS)/i, 'kr.coupangls'],
];

/** The carrier of a name; null for a mall's own code and for names that we do not know. */
export function carrierOf(word: string | null): string | null {
  if (word === null || word === 'CJGLS' || /^[A-Z]*\d*$/.test(word)) return null;
  const plain = word.replace(/\s/g, '');
  return CARRIERS.find(([name]) => name.test(plain))?.[1] ?? null;
}

const MALLS: readonly (readonly [RegExp, string])[] = [
  [/스마트스토어|네이버|naver/i, 'naver'],
  [/쿠팡|coupang/i, 'coupang'],
  [/옥션|auction/i, 'auction'],
  [/지마켓|G마켓|gmarket/i, 'gmarket'],
  [/11번가|11st/i, '11st'],
  [/카카오|톡스토어|kakao/i, 'kakao'],
  [/카페24|cafe24/i, 'cafe24'],
  [/SSG|신세계|이마트몰/i, 'ssg'],
  [/토스/i, 'toss'],
  [/오늘의집|ohouse/i, 'ohouse'],
  [/메두사|medusa/i, 'medusa'],
  [/자사몰|자체몰|공식몰/, 'own'],
];

/** The mall that a word of an order-gathering solution means (`스마트스토어`), or null. */
export const mallOf = (word: string | null): string | null =>
  word === null ? null : (MALLS.find(([name]) => name.test(word.replace(/\s/g, '')))?.[1] ?? null);
