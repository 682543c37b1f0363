import { type Field, type Preset, plainHeading } from './preset.ts';

/** Fields that a person can map, in the order of the mapping screen. */
export const MAPPABLE = [
  ...['orderNo', 'lineId', 'orderedAt', 'paidAt', 'name', 'optionText', 'sku', 'productNo', 'qty', 'price'],
  ...['discount', 'lineTotal', 'fee', 'remoteFee', 'group', 'customerName', 'customerPhone', 'customerEmail'],
  ...['receiverName', 'receiverPhone', 'receiverPhone2', 'postcode', 'address', 'memo', 'carrierWord', 'trackingNo'],
  ...['shippedAt', 'deliveredAt', 'rawStatus'],
] as const satisfies readonly Field[];
export type Mappable = (typeof MAPPABLE)[number];
/** Field → heading of its column. */
export type Mapping = Partial<Record<Mappable, string>>;

/** Fields without which rows are no orders. `price` may be left out when `lineTotal` is there. */
export const NEEDED: readonly Mappable[] = ['orderNo', 'orderedAt', 'name', 'qty', 'price'];

/** A preset out of what a person mapped. */
export function customPreset(mapping: Mapping): Preset {
  const places = Object.fromEntries(Object.entries(mapping).map(([field, heading]) => [field, [heading]]));
  return {
    id: 'custom',
    title: { ko: '열 연결', en: 'Custom mapping' },
    mall: null,
    signs: [],
    places,
    needs: mapping.price ? NEEDED : ['orderNo', 'orderedAt', 'name', 'qty', 'lineTotal'],
    line: mapping.lineId ? ['lineId'] : 'place',
    ...(mapping.price ? {} : { priceFromTotal: true }),
    ...(mapping.price && mapping.lineTotal && mapping.discount ? { checks: ['lineTotal'] as const } : {}),
    ...(mapping.price && mapping.lineTotal && !mapping.discount ? { discountFromTotal: true } : {}),
  };
}

/** Words by which a heading names a field, the surest first: a proposal, which the person corrects. */
const WORDS: readonly (readonly [Mappable, RegExp])[] = [
  ['lineId', /상품주문번호|주문상품번호|주문상세번호|주문순번|품목.*주문번호|부주문번호|line/i],
  ['orderNo', /^(주문(번호|ID|아이디|no\.?)|order(no|number|id)?)$/i],
  ['customerPhone', /(주문자|구매자|주문한분|고객).*(연락|전화|휴대|핸드)/],
  ['receiverPhone', /(수령|수취|받는).*(휴대|핸드|연락)|^(연락처|휴대폰|휴대전화)/],
  ['receiverPhone2', /(수령|수취|받는).*전화/],
  ['postcode', /우편번호/],
  ['address', /주소|배송지|받는곳/],
  ['receiverName', /^(수령인|수취인|수령자|받는(분|사람))(명|이름|성함)?$/],
  ['customerName', /^(주문자|구매자|주문한분|고객)(명|이름|성함)?$/],
  ['customerEmail', /이메일|email/i],
  ['memo', /배송(메모|메세지|메시지)|요청사항|고객메모/],
  ['trackingNo', /(송장|운송장)(번호)?$/],
  ['carrierWord', /택배|배송(업체|사)$/],
  ['paidAt', /(결제|입금).*(일|날짜|시각)/],
  ['orderedAt', /주문.*(일|날짜|시각|시점)/],
  ['shippedAt', /(출고|발송)(일|일시|완료일시?)$/],
  ['deliveredAt', /배송완료일/],
  ['optionText', /옵션|규격/],
  ['sku', /(자체|판매자|제품|상품).*코드|sku/i],
  ['productNo', /상품(번호|ID)/],
  ['qty', /수량|개수|갯수|qty|quantity/i],
  ['remoteFee', /(도서|제주).*(배송비|추가)/],
  ['fee', /배송(비|요금|료)/],
  ['discount', /할인/],
  ['lineTotal', /(결제|구매|주문|합계).*(금액|합계|액)|^합계$/],
  ['price', /단가|판매가|상품가격|price/i],
  ['name', /상품명|제품명|^(상품|제품|품명)$/],
  ['group', /묶음/],
  ['rawStatus', /상태/],
];

/** What the headings probably mean; each heading at most once. */
export function proposeMapping(headings: readonly string[]): Mapping {
  const mapping: Mapping = {};
  const used = new Set<string>();
  for (const [field, words] of WORDS) {
    const found = headings.find((heading) => heading !== '' && !used.has(heading) && words.test(plainHeading(heading)));
    if (!found || mapping[field]) continue;
    mapping[field] = found;
    used.add(found);
  }
  return mapping;
}
