import { DAY, type Day, HOUR, koreanDate, midnight } from './calendar.ts';

/** Something that went wrong in the company's year, put there so that analysis can be checked against it. */
export type Incident = {
  id: 'defect' | 'strike' | 'payment' | 'coupon';
  ko: string;
  en: string;
  from: string;
  until: string;
  /** VOC codes that rise, and how many tickets it adds at scale 1. */
  codes: string[];
  tickets: number;
  mall: string | null;
  sku: string | null;
  carrier: string | null;
};

export const DEFECT_SKU = 'CB-TS-0002';
export const STRIKE_CARRIER = 'kr.saegil';

/** The four planted incidents, at fixed distances from the end of the year. */
export function plantedIncidents(now: number): Incident[] {
  const today = midnight(now);
  const at = (ms: number) => new Date(Math.min(ms, now)).toISOString();
  const outage = today - 33 * DAY + 20 * HOUR + 10 * 60_000;
  return [
    {
      id: 'defect',
      ko: '코튼 스트라이프 티셔츠 네이비/M, 로트 B2611: 옆선 터짐',
      en: 'Side seam bursts: cotton striped T-shirt navy/M, lot B2611',
      from: at(today - 5 * DAY + 9 * HOUR),
      until: at(now),
      codes: ['PRD-DEFECT-SURFACE', 'RTN-REQUEST-DEFECT', 'EXC-REQUEST-DEFECT'],
      tickets: 96,
      mall: null,
      sku: DEFECT_SKU,
      carrier: null,
    },
    {
      id: 'strike',
      ko: '새길택배 파업: 배송이 4~8일 늦어짐',
      en: 'Strike of the carrier Saegil: parcels 4 to 8 days late',
      from: at(today - 76 * DAY),
      until: at(today - 69 * DAY),
      codes: ['DLV-LATE-TRANSIT', 'DLV-INFO-TRACK', 'CAN-REQ-MIND'],
      tickets: 320,
      mall: null,
      sku: null,
      carrier: STRIKE_CARRIER,
    },
    {
      id: 'payment',
      ko: '온결몰 결제 장애 (카드 승인 실패)',
      en: 'Payment outage of the own mall (card approvals failed)',
      from: at(outage),
      until: at(outage + 2.5 * HOUR),
      codes: ['PAY-PROC-FAIL', 'PAY-PROC-DUP'],
      tickets: 140,
      mall: 'own',
      sku: null,
      carrier: null,
    },
    {
      id: 'coupon',
      ko: '온결몰 앱 개편 뒤 쿠폰이 적용되지 않음',
      en: 'Coupons fail after the redesign of the own app',
      from: at(today - 6 * DAY + 10 * HOUR),
      until: at(now),
      codes: ['PRC-COUPON-NOAPPLY'],
      tickets: 60,
      mall: 'own',
      sku: null,
      carrier: null,
    },
  ];
}

export type Promotion = { ko: string; from: number; until: number; lift: number };

/** Sales and gift seasons: fixed days of the calendar year, so that they recur. */
export function promotions(days: readonly Day[]): Promotion[] {
  const spans: [string, number, number, number, number, number][] = [
    ['새해 첫 세일', 1, 2, 1, 6, 1.35],
    ['설 선물전', 1, 27, 2, 10, 1.5],
    ['새봄 새학기전', 2, 24, 3, 4, 1.25],
    ['가정의 달', 5, 1, 5, 10, 1.5],
    ['여름 시즌오프', 7, 10, 7, 16, 1.4],
    ['추석 선물전', 9, 8, 9, 20, 1.55],
    ['온결 데이', 10, 12, 10, 15, 1.45],
    ['그랜드 세일', 11, 1, 11, 11, 1.9],
    ['블랙 위크', 11, 21, 11, 27, 1.5],
    ['연말 결산전', 12, 18, 12, 25, 1.35],
  ];
  return spans.flatMap(([ko, fromMonth, fromDay, untilMonth, untilDay, lift]) => {
    const first = days.find((day) => day.month === fromMonth && day.dayOfMonth === fromDay);
    const last = days.find(
      (day) => day.month === untilMonth && day.dayOfMonth === untilDay && day.index >= (first?.index ?? 0),
    );
    return first ? [{ ko, from: first.start, until: (last?.start ?? first.start + 9 * DAY) + DAY, lift }] : [];
  });
}

export const liftOf =
  (planned: readonly Promotion[]) =>
  (day: Day): number =>
    planned.reduce(
      (most, { from, until, lift }) => (day.start >= from && day.start < until ? Math.max(most, lift) : most),
      1,
    );

/** The incidents as a person reads them. */
export const describeIncidents = (incidents: readonly Incident[]): string[] =>
  incidents.map(
    ({ ko, from, until, tickets }) =>
      `${koreanDate(Date.parse(from))}~${koreanDate(Date.parse(until))} ${ko} (상담 ${tickets}건)`,
  );
