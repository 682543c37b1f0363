import { DAY, HOUR, hourOf, MINUTE, midnight, nextWorking } from './calendar.ts';
import { STRIKE_CARRIER } from './incidents.ts';
import type { Group, Line } from './money.ts';
import type { Place } from './places.ts';
import { type Rng, weighted } from './random.ts';

export const CARRIERS: Record<string, string> = {
  'kr.cjlogistics': 'CJ대한통운',
  'kr.hanjin': '한진택배',
  'kr.lotte': '롯데택배',
  'kr.epost': '우체국택배',
  [STRIKE_CARRIER]: '새길택배',
};
const drawCarrier = weighted([
  ['kr.cjlogistics', 46],
  ['kr.hanjin', 19],
  ['kr.lotte', 17],
  ['kr.epost', 8],
  [STRIKE_CARRIER, 10],
] as const);

export type Step = { at: number; kind: string; place: string; note: string | null };
export type Parcel = {
  id: string;
  group: string;
  units: { line: string; unitNos: number[] }[];
  carrier: string | null;
  trackingNo: string | null;
  state: string;
  preparedAt: number | null;
  waybillAt: number | null;
  shippedAt: number | null;
  deliveredAt: number | null;
  steps: Step[];
};

export type ShippingOptions = { paidAt: number; now: number; place: Place; strike: { from: number; until: number } };

/** Packs an order: a parcel for each group, now and then two, each with its way to the customer as far as it got. */
export function parcelsOf(
  lines: readonly Line[],
  groups: readonly Group[],
  options: ShippingOptions,
  rng: Rng,
): Parcel[] {
  const parcels: Parcel[] = [];
  for (const group of groups) {
    const units = lines
      .filter((line) => line.group === group.id)
      .flatMap((line) => Array.from({ length: line.qty }, (_, i) => [line.id, i + 1] as const));
    const cut = units.length > 1 && rng.chance(0.11) ? rng.int(1, units.length - 1) : units.length;
    const late = rng.chance(0.05) ? rng.int(2, 5) * DAY : 0;
    for (const part of [units.slice(0, cut), units.slice(cut)]) {
      if (part.length > 0) parcels.push(parcelOf(`p${parcels.length + 1}`, group.id, part, late, options, rng));
    }
  }
  return parcels;
}

function parcelOf(
  id: string,
  group: string,
  part: readonly (readonly [string, number])[],
  late: number,
  options: ShippingOptions,
  rng: Rng,
): Parcel {
  const { paidAt, now, place, strike } = options;
  const units = [...new Set(part.map(([line]) => line))].map((line) => ({
    line,
    unitNos: part.filter((one) => one[0] === line).map((one) => one[1]),
  }));
  const carrier = drawCarrier(rng);
  const prepared = nextWorking(paidAt + rng.int(20, 300) * MINUTE) + rng.int(0, 120) * MINUTE;
  const waybill = nextWorking(prepared + late + rng.int(60, 420) * MINUTE);
  const noScan = rng.chance(0.008);
  const shipped = midnight(waybill) + rng.int(1080, 1260) * MINUTE + (hourOf(waybill) >= 17.5 ? DAY : 0);
  const plan: Parcel = {
    id,
    group,
    units,
    carrier: null,
    trackingNo: null,
    state: 'PLANNED',
    preparedAt: null,
    waybillAt: null,
    shippedAt: null,
    deliveredAt: null,
    steps: [],
  };
  if (prepared > now) return plan;
  plan.preparedAt = prepared;
  plan.state = 'PACKED';
  if (waybill > now) return plan;
  plan.waybillAt = waybill;
  plan.carrier = carrier;
  plan.trackingNo = trackingNo(carrier, rng);
  if (shipped > now || (noScan && now - waybill < 6 * DAY)) return plan;
  plan.shippedAt = noScan ? shipped + rng.int(2, 4) * DAY : shipped;
  if (plan.shippedAt > now) plan.shippedAt = null;
  if (plan.shippedAt === null) return plan;
  const hit = carrier === STRIKE_CARRIER && plan.shippedAt > strike.from - DAY && plan.shippedAt < strike.until;
  travel(plan, place, hit, now, rng);
  return plan;
}

const HUBS = ['대전 허브', '군포 허브', '이천 허브', '옥천 허브', '칠곡 허브', '장성 허브'];

/** Writes the steps of a parcel up to now; on an island a day more, in the strike four to eight. */
function travel(parcel: Parcel, place: Place, strike: boolean, now: number, rng: Rng): void {
  const from = parcel.shippedAt as number;
  const hub = rng.pick(HUBS);
  const branch = `${place.branch} 대리점`;
  const slow = strike ? rng.int(4, 8) : rng.chance(0.06) ? rng.int(1, 3) : 0;
  const days = 1 + (rng.chance(0.24) ? 1 : 0) + (place.remote ? rng.int(1, 2) : 0) + slow;
  const last = midnight(from) + days * DAY;
  const sunday = new Date(last + 9 * HOUR).getUTCDay() === 0 ? DAY : 0;
  const delivered = last + sunday + rng.int(620, 1200) * MINUTE;
  const steps: Step[] = [
    {
      at: from,
      kind: 'pickup',
      place: rng.pick(['출고지 집화', '파주 집화센터', '김포 집화센터', '용인 집화센터']),
      note: null,
    },
    { at: from + rng.int(150, 330) * MINUTE, kind: 'hub_in', place: hub, note: null },
  ];
  for (let i = 1; i <= slow && slow > 0; i++) {
    steps.push({
      at: from + i * DAY + rng.int(60, 400) * MINUTE,
      kind: 'delayed',
      place: hub,
      note: strike ? '파업으로 배송 지연' : '물량 증가로 지연',
    });
  }
  steps.push({ at: delivered - rng.int(180, 420) * MINUTE, kind: 'out_for_delivery', place: branch, note: null });
  steps.push({
    at: delivered,
    kind: 'delivered',
    place: branch,
    note: rng.pick(['문 앞', '문 앞', '문 앞', '본인', '경비실', '무인택배함']),
  });
  parcel.steps = steps.filter((step) => step.at <= now).sort((a, b) => a.at - b.at);
  parcel.state = delivered <= now ? 'DELIVERED' : 'SHIPPED';
  parcel.deliveredAt = delivered <= now ? delivered : null;
}

/** Twelve digits, at the post office thirteen; written without hyphens, as scanners read them. */
function trackingNo(carrier: string, rng: Rng): string {
  const first =
    carrier === 'kr.cjlogistics'
      ? '65'
      : carrier === 'kr.hanjin'
        ? '52'
        : carrier === 'kr.lotte'
          ? '40'
          : carrier === 'kr.epost'
            ? '601'
            : '77';
  let number = first;
  while (number.length < (carrier === 'kr.epost' ? 13 : 12)) number += String(rng.int(0, 9));
  return number;
}
