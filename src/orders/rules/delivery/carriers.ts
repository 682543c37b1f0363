/** A carrier by the id that delivery-tracker uses, which is ours too. */
export type Carrier = {
  id: string;
  ko: string;
  en: string;
  /** Other names under which malls and files know it, without spaces, in lower case. */
  also: readonly string[];
  /** The page where anybody sees a parcel; `{no}` is its number. Null: the carrier has none that takes a number. */
  page: string | null;
};

/**
 * The carriers that Korean shops use. Ids: delivery-tracker's folder of carriers (connectors.md §7). Pages: as public
 * shops link them (looked up 2026-11); a carrier may move its page at any time.
 */
export const CARRIERS: readonly Carrier[] = [
  {
    id: 'kr.cjlogistics',
    ko: 'CJ대한통운',
    en: 'CJ Logistics',
    also: ['cj택배', '대한통운', 'cj', 'cj대한통운택배', 'cjlogistics'],
    page: 'https://trace.cjlogistics.com/next/tracking.html?wblNo={no}',
  },
  {
    id: 'kr.hanjin',
    ko: '한진택배',
    en: 'Hanjin',
    also: ['한진', '(주)한진', 'hanjin'],
    page: 'https://www.hanjin.com/kor/CMS/DeliveryMgr/WaybillResult.do?mCode=MN038&schLang=KR&wblnumText2={no}',
  },
  {
    id: 'kr.lotte',
    ko: '롯데택배',
    en: 'Lotte',
    also: ['롯데', '롯데글로벌로지스', '현대택배', 'hyundai', 'lotte'],
    page: 'https://www.lotteglogis.com/home/reservation/tracking/linkView?InvNo={no}',
  },
  {
    id: 'kr.epost',
    ko: '우체국택배',
    en: 'Korea Post',
    also: ['우체국', '우체국소포', '우편', 'epost'],
    page: 'https://service.epost.go.kr/trace.RetrieveDomRigiTraceList.comm?sid1={no}',
  },
  {
    id: 'kr.logen',
    ko: '로젠택배',
    en: 'Logen',
    also: ['로젠', 'kgb택배', 'kgb', 'logen'],
    page: 'https://www.ilogen.com/web/personal/trace/{no}',
  },
  {
    id: 'kr.kdexp',
    ko: '경동택배',
    en: 'Kyungdong',
    also: ['경동', '합동택배', 'kdexp'],
    page: 'https://kdexp.com/basicNewDelivery.kd?barcode={no}',
  },
  {
    id: 'kr.daesin',
    ko: '대신택배',
    en: 'Daesin',
    also: ['대신', 'daesin'],
    page: 'https://www.ds3211.co.kr/freight/internalFreightSearch.ht?billno={no}',
  },
  {
    id: 'kr.ilyanglogis',
    ko: '일양로지스',
    en: 'Ilyang Logis',
    also: ['일양택배', '일양', 'ilyang'],
    page: 'https://www.ilyanglogis.com/functionality/card_form_waybill.asp?hawb_no={no}',
  },
  {
    id: 'kr.cvsnet',
    ko: 'GS25 편의점택배',
    en: 'GS25 (CVSnet)',
    also: ['cvsnet', 'cvsnet편의점택배', 'gs편의점택배', 'gs25', 'gspostbox', '편의점택배', 'gspostbox택배'],
    page: 'https://www.cvsnet.co.kr/invoice/tracking.do?invoice_no={no}',
  },
  {
    id: 'kr.cupost',
    ko: 'CU 편의점택배',
    en: 'CU Post',
    also: ['cupost', 'cu편의점', 'cupost택배', 'cu'],
    page: 'https://www.cupost.co.kr/postbox/delivery/localResult.cupost?invoice_no={no}',
  },
  {
    id: 'kr.chunilps',
    ko: '천일택배',
    en: 'Chunil',
    also: ['천일', 'chunil'],
    page: 'https://www.chunil.co.kr/HTrace/HTrace.jsp?transNo={no}',
  },
  { id: 'kr.coupangls', ko: '쿠팡로지스틱스', en: 'Coupang Logistics', also: ['쿠팡', '로켓배송', 'cls'], page: null },
  { id: 'kr.honamlogis', ko: '호남택배', en: 'Honam', also: ['호남'], page: null },
  { id: 'kr.kunyoung', ko: '건영택배', en: 'Kunyoung', also: ['건영'], page: null },
  { id: 'kr.homepick', ko: '홈픽택배', en: 'Homepick', also: ['홈픽'], page: null },
  { id: 'kr.todaypickup', ko: '오늘의픽업', en: 'Today Pickup', also: ['카카오t당일배송'], page: null },
  { id: 'kr.slx', ko: 'SLX택배', en: 'SLX', also: ['slx'], page: null },
  // A carrier of the sample company: it does not exist.
  { id: 'kr.saegil', ko: '새길택배', en: 'Saegil', also: ['새길'], page: null },
];

const byId = new Map(CARRIERS.map((carrier) => [carrier.id, carrier]));
const plain = (name: string) =>
  name
    .normalize('NFC')
    .replace(/[\s·_-]+/g, '')
    .toLowerCase();
const byName = new Map(
  CARRIERS.flatMap((carrier) => [carrier.ko, carrier.en, ...carrier.also].map((name) => [plain(name), carrier.id])),
);

/** Our id of a carrier, from an id or from a name as people and files write it; null when nobody knows it. */
export function carrierIdOf(name: string): string | null {
  return byId.has(name) ? name : (byName.get(plain(name)) ?? null);
}

/** A carrier's name for people; an id that is not listed stands for itself, without its country. */
export function carrierName(id: string, language: 'ko' | 'en'): string {
  return byId.get(id)?.[language] ?? id.replace(/^[a-z]{2}\./, '');
}

/** The carrier's own page for one parcel; null without one, or when the number holds anything but letters and digits. */
export function trackingPage(carrier: string, trackingNo: string): string | null {
  const page = byId.get(carrier)?.page;
  const number = trackingNo.replace(/[\s-]/g, '');
  return page && /^[0-9A-Za-z]{6,40}$/.test(number) ? page.replace('{no}', number) : null;
}
