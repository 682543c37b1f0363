import type { Rng } from './random.ts';
import { weighted } from './random.ts';

export type Place = { address: string; postcode: string; remote: boolean; branch: string; region: string };

const DISTRICTS = weighted<string>([
  ['서울 성동구', 4],
  ['서울 마포구', 5],
  ['서울 송파구', 7],
  ['서울 노원구', 5],
  ['서울 관악구', 5],
  ['서울 강서구', 5],
  ['서울 은평구', 4],
  ['서울 강동구', 4],
  ['경기 수원시 영통구', 6],
  ['경기 성남시 분당구', 6],
  ['경기 고양시 일산동구', 5],
  ['경기 용인시 수지구', 5],
  ['경기 부천시 원미구', 4],
  ['경기 화성시', 5],
  ['경기 남양주시', 4],
  ['경기 평택시', 3],
  ['인천 부평구', 4],
  ['인천 연수구', 4],
  ['부산 해운대구', 4],
  ['부산 사하구', 3],
  ['부산 북구', 3],
  ['대구 수성구', 4],
  ['대구 달서구', 3],
  ['광주 북구', 3],
  ['대전 유성구', 4],
  ['울산 남구', 3],
  ['세종시', 2],
  ['강원 춘천시', 2],
  ['강원 원주시', 2],
  ['충북 청주시 흥덕구', 3],
  ['충남 천안시 서북구', 3],
  ['충남 아산시', 2],
  ['전북 전주시 완산구', 3],
  ['전남 순천시', 2],
  ['경북 포항시 북구', 2],
  ['경북 구미시', 2],
  ['경남 창원시 성산구', 3],
  ['경남 김해시', 3],
]);
const REMOTE = weighted<string>([
  ['제주 제주시', 10],
  ['제주 서귀포시', 5],
  ['경북 울릉군', 1],
  ['인천 옹진군', 1],
  ['전남 신안군', 1.5],
  ['경남 통영시', 1],
]);
/** No such roads exist: an address cannot be anybody's. */
const ROADS = [
  '온결로',
  '해답로',
  '가온누리로',
  '별빛마루길',
  '푸른샘로',
  '하늘모루길',
  '달무리로',
  '솔바람터길',
  '새벽이슬로',
  '은하수뜰로',
  '꽃잠길',
  '나래울로',
  '도담터로',
  '라온제나길',
  '마루한로',
  '바람꽃뜰길',
  '사이시옷로',
  '아라누리로',
  '잔물결로',
  '초승달터길',
  '큰숨로',
  '토담마을길',
  '파란들로',
  '햇귀로',
  '너울가지길',
  '미리내터로',
  '여울목마루길',
  '우듬지로',
  '윤슬로',
  '온새미로길',
];
const HOMES = [
  (rng: Rng) => `${rng.int(101, 128)}동 ${rng.int(1, 25)}0${rng.int(1, 6)}호`,
  (rng: Rng) => `${rng.int(101, 112)}동 ${rng.int(1, 20)}0${rng.int(1, 4)}호`,
  (rng: Rng) => `${rng.int(2, 5)}0${rng.int(1, 4)}호`,
  (rng: Rng) => `${rng.int(1, 4)}층`,
  () => '',
];

/** Where somebody lives; 3.5 % on an island or in the mountains, where carriers charge more. */
export function placeOf(rng: Rng): Place {
  const remote = rng.chance(0.035);
  const region = remote ? REMOTE(rng) : DISTRICTS(rng);
  const house = `${rng.int(2, 340)}${rng.chance(0.4) ? `-${rng.int(1, 45)}` : ''}`;
  const home = rng.pick(HOMES)(rng);
  const address = `${region} ${rng.pick(ROADS)} ${house}${home ? `, ${home}` : ''}`;
  const branch =
    region
      .split(' ')
      .at(-1)
      ?.replace(/(시|군|구)$/, '') ?? region;
  return { address, postcode: `00${rng.int(100, 999)}`, remote, branch, region };
}

/** A region as people say where they live: 경기 성남시. */
export const regionOf = (rng: Rng): string => DISTRICTS(rng).split(' ').slice(0, 2).join(' ');

export const DELIVERY_NOTES = [
  '문 앞에 놓아 주세요',
  '문 앞',
  '경비실에 맡겨 주세요',
  '배송 전에 연락 주세요',
  '택배함에 넣어 주세요',
  '벨 누르지 말아 주세요',
  '부재 시 문 앞에 두고 문자 주세요',
  '무인택배함 이용해 주세요',
  '현관 비밀번호는 문자로 드릴게요',
  '강아지가 있어 벨 대신 노크 부탁드려요',
  '파손 주의해 주세요',
  '아기가 자고 있어요, 조용히 부탁드려요',
];
