import { useLanguage, useText } from '#platform/language.tsx';
import type { ItemOf, OutputOf } from '#platform/web.ts';
import { count, weekday } from '#ui/format.ts';
import { deliveryText } from './delivery-text.ts';
import { useCarrier } from './order-words.ts';

export type DeliveryRow = ItemOf<'orders.listDeliveries'>;
export type OrderDelivery = OutputOf<'orders.getDelivery'>['parcels'][number];
type Measured = Pick<OrderDelivery, 'basis' | 'carrier' | 'region' | 'weekday' | 'line'>;

/** 2026-11-22 is a Sunday. */
const SUNDAY = Date.UTC(2026, 10, 22);
const DAY_MS = 86_400_000;

/** What a parcel is measured by, in a sentence with its numbers; null before the first scan. */
export function useBasis(): (parcel: Measured) => string | null {
  const t = useText(deliveryText);
  const language = useLanguage();
  const carrierName = useCarrier();
  return ({ basis, carrier, region, weekday: day, line }) => {
    if (day === null) return null;
    if (!basis) return line.at(-1)?.state === 'done' ? null : t.noNorm;
    const name = carrierName(carrier);
    const on = weekday(new Date(SUNDAY + day * DAY_MS), language);
    const lane =
      basis.level === 'weekday'
        ? t.lane(name, region, on)
        : basis.level === 'region'
          ? t.laneRegion(name, region)
          : name;
    const thin = count(basis.thin ?? 0);
    const wider =
      basis.level === 'region' ? t.thinDay(on, thin) : basis.level === 'carrier' ? t.thinRegion(region, thin) : '';
    const norm = t.norm(lane, count(basis.n), count(basis.p95Hours), count(basis.p50Hours));
    return [wider, norm].filter(Boolean).join(' ');
  };
}
