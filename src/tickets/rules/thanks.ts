/** Words of a mere thank-you and their endings, longest first; what they leave of a message asks or tells something. */
const WORDS = new RegExp(
  [
    ...['좋은하루', '좋은주말', '행복한하루', '많으셨습니다', '하십시오', '보내세요', '상담사님', '담당자님', '선생님'],
    ...['잘받았', '받았', '해결', '감사', '고마워', '고맙', '고마', '땡큐', '수고', '확인', '알겠', '알았', '되세요'],
    ...['하세요', '하셨', '습니다', '합니다', '드립니다', '드려요', '니다', '덕분에', '너무', '많이', '진짜', '정말'],
    ...['매우', '항상', '답변', '친절', '빠른', '처리', '되었', '세요', '해요', '어요', '했', '됐', '드려', '님', '께'],
    ...['네', '예', '넵', '넹', '아', '오', '요', '용', '여', '욤', '어', 'ㄳ', 'ㄱㅅ', 'ㅎ', 'ㅋ', '도', '잘'],
    ...['thanks', 'thank', 'you', 'very', 'much', 'okay', 'ok', 'so', 'a', 'lot'],
  ].join('|'),
  'g',
);
/** A thank-you that says more than this asks something as well. */
const MOST_CHARACTERS = 40;
const SAYS_THANKS = /감사|고마|고맙|땡큐|thank|ㄳ|ㄱㅅ|수고/i;
const MARKS = /[\s.,!~^♡♥:)("'…;-]|\p{Extended_Pictographic}|\u{FE0F}/gu;

/**
 * Whether a message says thanks and nothing else. It is made to miss one rather than to take a question for one: a
 * single word that it does not know, and it is a message like others.
 */
export function saysOnlyThanks(text: string): boolean {
  const trimmed = text.trim().toLowerCase();
  if (trimmed.length > MOST_CHARACTERS || !SAYS_THANKS.test(trimmed) || /\d/.test(trimmed)) return false;
  return trimmed.replaceAll(MARKS, '').replaceAll(WORDS, '') === '';
}
