/** Where a parcel goes, as far as its time on the way depends on it: a province, Jeju, or an island or mountain. */
export const REGIONS = [
  ...(['서울', '경기', '인천', '부산', '대구', '광주', '대전', '울산', '세종', '강원', '충북', '충남'] as const),
  ...(['전북', '전남', '경북', '경남', '제주', '도서산간', '기타'] as const),
] as const;
export type Region = (typeof REGIONS)[number];

const LONG: Record<string, Region> = {
  충청북: '충북',
  충청남: '충남',
  전라북: '전북',
  전라남: '전남',
  경상북: '경북',
  경상남: '경남',
};
const PROVINCES = new Set<string>(REGIONS.slice(0, 17));

/** Counties and townships that lie on islands, where carriers need a boat. */
const ISLANDS =
  /(^|\s)(울릉군|옹진군|신안군|강화군 (서도면|삼산면|교동면)|진도군 조도면|완도군 \S+면|통영시 (한산면|욕지면|사량면)|여수시 (남면|삼산면|화정면)|보령시 오천면|군산시 옥도면|부안군 위도면|영광군 낙월면|사천시 (신수|마도)동)/;
/** Postcodes of islands outside of Jeju, from and to, as carriers list them for their surcharge (도서산간). */
const ISLAND_POSTCODES = [
  ...[
    [22386, 22388],
    [23004, 23010],
    [23100, 23116],
    [23124, 23136],
    [31708, 31708],
    [32133, 32133],
    [33411, 33411],
  ],
  ...[
    [40200, 40240],
    [46768, 46771],
    [52570, 52571],
    [53031, 53033],
    [53089, 53104],
    [54000, 54000],
    [56347, 56349],
  ],
  ...[
    [57068, 57069],
    [58760, 58762],
    [58800, 58810],
    [58816, 58818],
    [58826, 58826],
    [58832, 58832],
    [58839, 58841],
  ],
  ...[
    [58843, 58866],
    [58953, 58958],
    [59102, 59103],
    [59106, 59106],
    [59127, 59127],
    [59129, 59129],
    [59137, 59145],
  ],
  ...[
    [59149, 59170],
    [59421, 59421],
    [59531, 59531],
    [59551, 59551],
    [59563, 59563],
    [59568, 59568],
    [59650, 59650],
  ],
  ...[
    [59766, 59766],
    [59781, 59790],
  ],
] as [number, number][];
const JEJU_POSTCODES = [63000, 63644] as const;

/**
 * The region of an address. Islands come first, by township or postcode, then Jeju, then the province of the address's
 * first word in its short or long form; `기타` when the address says none.
 */
export function regionOf(address: string | null, postcode: string | null): Region {
  const text = (address ?? '').normalize('NFC').trim().replace(/\s+/g, ' ');
  const code = /^\d{5}$/.test(postcode ?? '') ? Number(postcode) : null;
  if (ISLANDS.test(text)) return '도서산간';
  if (code !== null && ISLAND_POSTCODES.some(([from, to]) => code >= from && code <= to)) return '도서산간';
  if (code !== null && code >= JEJU_POSTCODES[0] && code <= JEJU_POSTCODES[1]) return '제주';
  const first = (text.split(' ')[0] ?? '').replace(/(특별자치도|특별자치시|특별시|광역시|도|시)$/, '');
  const province = LONG[first] ?? first;
  return PROVINCES.has(province) ? (province as Region) : '기타';
}
