import { readFileSync } from 'node:fs';
import { josa } from 'es-hangul';
import type { Kind } from './goods.ts';
import type { Rng } from './random.ts';
import { CIRCUMSTANCES, CLOSINGS, OPENINGS, ORDER_DETAILS, PRODUCT_DETAILS, type Style } from './wording.ts';

export type Contact = 'phone' | 'email' | 'chat' | 'form' | 'kakao' | 'talktalk' | 'sns' | 'board' | 'manual';
export type BaseText = {
  code: string;
  channel: string;
  mood: string;
  text: string;
  kinds: readonly Kind[];
  specific: boolean;
};

const STYLE: Record<Contact, Style> = {
  phone: 'speech',
  manual: 'speech',
  chat: 'chat',
  kakao: 'chat',
  sns: 'chat',
  talktalk: 'seller',
  board: 'seller',
  email: 'formal',
  form: 'formal',
};
/** Which of the written texts read right in a channel. */
const SOURCES: Record<Contact, readonly string[]> = {
  phone: ['phone'],
  manual: ['phone'],
  chat: ['chat', 'kakao'],
  kakao: ['kakao', 'chat'],
  sns: ['chat', 'kakao'],
  talktalk: ['talktalk'],
  board: ['talktalk', 'form'],
  email: ['email'],
  form: ['form'],
};

export const styleOf = (channel: Contact): Style => STYLE[channel];

/** Words that say what kind of goods a text is about, so that it is not put on an order of something else. */
const KIND_WORDS: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [
    /사이즈|치수|니트|바지|셔츠|원피스|외투|코트|패딩|옷|청바지|허리둘레|기모|입어|입으|입고 나|내복|교복|단체복|상의|하의|청바지|정장|점퍼|스웨터|어깨|총장/,
    ['fashion'],
  ],
  [/신발|구두|운동화|켤레|발볼|굽|부츠|구두|깔창/, ['shoes']],
  [/가방|지갑|머플러|목도리|장갑|모자|파우치|벨트|우산|반지|목걸이|귀걸이|시계|안경|선글라스|보석/, ['bag']],
  [
    /김치|고기|한우|사과|감귤|딸기|과일|달걀|계란|쌀|떡|과자|빵|커피|냉동|냉장|배추|장어|생선|고등어|먹어도|먹을|먹던|먹는|맛이|반찬|유통기한|만두|고춧가루|도시락|식품|사탕|분유|음료|견과|옥수수|감자|우유|젤라틴|간식/,
    ['food'],
  ],
  [/홍삼|비타민|유산균|영양제|오메가|알약|캡슐|건강기능|정제|두 알|몇 알|한약/, ['health']],
  [/이불|베개|매트리스|커튼|침구|토퍼|베갯잇|담요/, ['bedding']],
  [/냄비|프라이팬|그릇|머그컵|유리컵|접시|텀블러|도마|부엌칼|압력솥|밀폐|주방|식기|솥/, ['kitchen']],
  [/책상|의자|식탁|침대|소파|책장|옷장|가구|조립|선반|진열장|서랍/, ['furniture']],
  [/디퓨저|세제|휴지|화장지|건조대|욕실|샤워기|수납|조명|전구|화분|꽃|씨앗|식물|방향제|매트/, ['living']],
  [
    /청소기|가습기|냉장고|세탁기|에어컨|밥솥|선풍기|정수기|에어프라이어|믹서|공기청정기|전기|가전|히터|텔레비전|티브이|리모컨|필터|안마기|수리|AS|고장|작동|전원|모터|컴퓨터|노트북|태블릿|프린터|멀티탭|정수기|온수|보청기/,
    ['appliance'],
  ],
  [
    /이어폰|충전|배터리|스피커|키보드|케이스|휴대폰 케이스|게임기|모니터|메모리|스마트워치|블루투스|단자|스캐너|폰케이스|삼각대|카메라/,
    ['digital'],
  ],
  [/크림|화장품|선크림|앰플|립|샴푸|향수|마스크팩|바르|피부|염색|클렌징|21호|쿠션/, ['beauty']],
  [/아기|유모차|기저귀|젖병|장난감|블록|퍼즐|돌잔치|턱받이|카시트/, ['kids']],
  [/강아지|고양이|사료|펫|반려/, ['pet']],
  [/텐트|캠핑|등산|낚싯|요가|아령|자전거|침낭|킥보드|폴대/, ['camping']],
  [/책이|책을|책과|교재|공연|숙박|체험권|티켓|예매|여행|게임 쿠폰|상품권|구독|정기배송|보석|보험|연구비|스트리밍/, []],
];
/** Texts that say which order, or that there is none: no order is named besides. */
const NAMES_ORDER =
  /주문번호|\{orderno\}|\{tracking\}|비회원|까먹|처음 사|사려|살까|사기 전|구매 전|주문하려|주문하면|시키면|보고 있|고민|안 ?시켰|시킨 적|산 적|주문을 안|세 건|네 건|두 건|여러 건|일곱|열두|발주|납품|{date}|어제|오늘 (산|주문|시킨)|아까|방금|지난달|작년|그제|두 번|세 번/;

function readTexts(): Map<string, BaseText[]> {
  const lines = readFileSync(new URL('./voc_ko/texts.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  const byCode = new Map<string, BaseText[]>();
  for (const line of lines) {
    const [code = '', channel = '', mood = '', text = ''] = line.split('\t');
    const hits = KIND_WORDS.filter(([words]) => words.test(text));
    const base = { code, channel, mood, text, kinds: hits.flatMap(([, kinds]) => kinds), specific: hits.length > 0 };
    byCode.set(code, [...(byCode.get(code) ?? []), base]);
  }
  return byCode;
}
const TEXTS = readTexts();

export function drawBase(code: string, channel: Contact, rng: Rng): BaseText {
  const all = TEXTS.get(code) ?? [];
  const fitting = all.filter((base) => SOURCES[channel].includes(base.channel));
  return rng.pick(fitting.length > 0 ? fitting : all);
}

/** Codes whose contacts are about an order that exists. */
const ABOUT_ORDER =
  /^(DLV-(INFO-TRACK|LATE|ERR|SVC-DRIVER)|ORD-MOD|PAY-DOC-(CASH|TAX|STMT)|CAN-(REQ|STATE-(CHECK|UNDO))|RTN|EXC|RFD|PKP|PRD-(DEFECT|FUNC|EVAL)|PRC-(PRICE-DROP|PROMO-GIFT)|STK-SOLDOUT-AFTERORD)/;
const ABOUT_PRODUCT = /^(PIQ|STK-AVAIL-RESTOCK)/;
/** Codes whose texts mostly describe the thing itself: it is named only where the text surely means such a thing. */
const DESCRIBES =
  /^(DLV-ERR|PRD|EXC|RTN-(REQUEST-(DEFECT|WRONG)|DISPUTE)|PIQ|STK-AVAIL|ASR|ORD-MOD-OPTION|PRC-PROMO-GIFT)/;
/** Nobody decorates these. */
const AS_IT_IS = /^(ETC-MISC|CRI-ABUSE|CRI-SAFE|ETC-THANKS|SVC-AGENT-PRAISE)/;

export const aboutOrder = (code: string): boolean => ABOUT_ORDER.test(code);
/** Whether a product may be named beside this text. */
export const mayName = (base: BaseText): boolean =>
  base.text.includes('{product}') || (ABOUT_ORDER.test(base.code) && !base.specific && !DESCRIBES.test(base.code));
export const aboutProduct = (code: string): boolean => ABOUT_PRODUCT.test(code);

/** Values for the slots; null where the contact has none. */
export type Facts = Record<string, string | null>;

/**
 * What somebody writes or says first: the text of a real reason, placed and ended in their own way. Pieces are added
 * only where they cannot contradict the text.
 */
export function composeText(base: BaseText, channel: Contact, facts: Facts, rng: Rng): string {
  const style = STYLE[channel];
  const pieces: string[] = [];
  const plain = AS_IT_IS.test(base.code);
  const greets = /안녕|여보세요|수고|담당자님|판매자님|사장님|귀중|귀하|수신|제목:|문의드|여쭙/.test(
    base.text.slice(0, 30),
  );
  if (style === 'speech' ? rng.chance(0.7) : !greets && rng.chance(plain ? 0.3 : 0.6))
    pieces.push(rng.pick(OPENINGS[style]));
  const early = plain ? [] : placing(base, style, facts, rng);
  const before = style === 'formal' || style === 'speech' || rng.chance(0.4);
  if (before) pieces.push(...early);
  pieces.push(endSentence(base.text, style, before));
  if (!before) pieces.push(...early);
  const closes = /(부탁|감사합니다|바랍니다|주십시오|기다리겠|주세요|수고)[^가-힣]{0,3}$/.test(base.text);
  if (!plain && rng.chance(closes ? 0.3 : 0.72)) pieces.push(closing(base, style, rng));
  return fillSlots(joinPieces(pieces, style, rng), facts);
}

function placing(base: BaseText, style: Style, facts: Facts, rng: Rng): string[] {
  const pieces: string[] = [];
  const ordered = aboutOrder(base.code) && facts.orderno && !NAMES_ORDER.test(base.text);
  if (ordered && rng.chance(0.5)) pieces.push(rng.pick(ORDER_DETAILS[style]));
  const named = base.text.includes('{product}');
  if (facts.about && !named && (ordered || aboutProduct(base.code)) && rng.chance(0.42))
    pieces.push(rng.pick(PRODUCT_DETAILS[style]));
  if (pieces.length === 0 || rng.chance(0.2)) {
    if (rng.chance(0.55)) pieces.unshift(rng.pick(CIRCUMSTANCES[style]));
  }
  return pieces;
}

function closing(base: BaseText, style: Style, rng: Rng): string {
  const upset = base.mood === 'angry' ? rng.chance(0.75) : base.mood === 'hurried' ? rng.chance(0.35) : false;
  return rng.pick(CLOSINGS[style][upset ? 'upset' : 'calm']);
}

/** A short line without its end mark gets one where more follows. */
const endSentence = (text: string, style: Style, last: boolean): string =>
  style === 'speech' || last || /[.!?~^)ㅎㅋㅠㅜ]$/.test(text) ? text : `${text}.`;

function joinPieces(pieces: readonly string[], style: Style, rng: Rng): string {
  if (style === 'speech') return pieces.join(' ');
  if (style === 'formal') return pieces.map((piece) => (/[.!?)^~]$/.test(piece) ? piece : `${piece}.`)).join(' ');
  // After a greeting people put what they like; later pieces are sentences of their own.
  const mark = rng.pick(['. ', ' ', '\n'] as const);
  return pieces.reduce((text, piece, i) => {
    if (text === '') return piece;
    if (/[.!?~^)ㅎㅋㅠㅜ,]$/.test(text)) return `${text} ${piece}`;
    return `${text}${i === 1 && text.length < 14 ? rng.pick(['~ ', '! ', '. ', ' ', '\n']) : mark}${piece}`;
  }, '');
}

const PARTICLES: Record<string, Parameters<typeof josa>[1]> = {
  은: '은/는',
  는: '은/는',
  이: '이/가',
  가: '이/가',
  을: '을/를',
  를: '을/를',
  과: '와/과',
  와: '와/과',
  으로: '으로/로',
  로: '으로/로',
  이나: '이나/나',
  나: '이나/나',
  이랑: '이랑/랑',
  랑: '이랑/랑',
  이에요: '이에요/예요',
  예요: '이에요/예요',
  이라: '이라/라',
  라: '이라/라',
};
const PARTICLE = /^(이에요|예요|이나|이랑|으로|은|는|이|가|을|를|과|와|로|나|랑)(?![가-힣])/;
/** After a name these stand without 이 when it ends in a vowel: 니트고요, 셔츠고요. */
const COPULA = /^이(고요|죠|지요|라서|네요)/;

/** Fills `{slots}` and gives what follows the particle that fits the last sound: {product}이에요 → 니트예요. */
export function fillSlots(text: string, facts: Facts): string {
  let out = '';
  let rest = text;
  for (;;) {
    const found = rest.match(/\{(\w+)\}/);
    if (!found || found.index === undefined) return out + rest;
    const value = facts[found[1] as string] ?? '';
    out += rest.slice(0, found.index) + value;
    rest = rest.slice(found.index + found[0].length);
    if (value === '') continue;
    const particle = rest.match(PARTICLE)?.[1];
    if (particle) {
      out += josa.pick(spoken(value), PARTICLES[particle] as Parameters<typeof josa.pick>[1]);
      rest = rest.slice(particle.length);
    } else if (COPULA.test(rest) && josa.pick(spoken(value), '이/가') === '가') {
      rest = rest.slice(1);
    }
  }
}

const DIGITS = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];
const UNITS: Record<string, string> = {
  kg: '킬로',
  g: '그램',
  L: '리터',
  ml: '밀리',
  cm: '센티',
  p: '피',
  m: '미터',
  W: '와트',
  M: '엠',
  S: '에스',
  XL: '엑스엘',
};
/** The end of a word as it is spoken, for its particle: 5kg → 킬로, 4127 → 칠. */
function spoken(value: string): string {
  const unit = value.match(/(kg|ml|cm|XL|g|L|p|m|W|M|S)\)?$/)?.[1];
  if (unit) return UNITS[unit] ?? value;
  const digit = value.match(/(\d)\)?$/)?.[1];
  return digit ? (DIGITS[Number(digit)] ?? value) : value.replace(/[^가-힣]+$/, '') || value;
}
