import { useLanguage, useText } from '#platform/language.tsx';
import type { OutputOf } from '#platform/web.ts';
import { moment, shortDay, weekday } from '#ui/format.ts';
import { carrierName } from '../rules/delivery/carriers.ts';
import { text } from './text.ts';

export type Order = OutputOf<'orders.get'>;
export type Parcel = Order['parcels'][number];
export type Step = Parcel['steps'][number];

/** A carrier by the name that customers know. */
export function useCarrier(): (carrier: string | null) => string {
  const language = useLanguage();
  return (carrier) => (carrier ? carrierName(carrier, language) : '');
}

/** `1234-5678-9012`: as it is read out. */
export const spokenNo = (trackingNo: string): string =>
  trackingNo.replace(/^(\d{4})(\d{4})(\d{4})$|^(\d{5})(\d{4})(\d{4})$/, (_, ...parts: (string | undefined)[]) =>
    parts.slice(0, 6).filter(Boolean).join('-'),
  );

/** What can be said to the customer now, from what is known of the order, and when it was so. */
export function useAnswer(): (order: Order) => { headline: string; detail: string | null } {
  const t = useText(text);
  const language = useLanguage();
  const step = useStepName();
  return (order) => {
    const moving = order.parcels.find((parcel) => parcel.shippedAt && !parcel.deliveredAt);
    const waybill = order.parcels.find((parcel) => parcel.trackingNo && !parcel.shippedAt);
    const last = moving?.steps.at(-1);
    const scan = last ? `${t.lastScan(last.place)} · ${step(last)} ${moment(new Date(last.at), language)}` : null;
    const deliveredAt = order.parcels
      .map((parcel) => parcel.deliveredAt)
      .filter((at) => at !== null)
      .toSorted()
      .at(-1);
    const day = deliveredAt ? `${shortDay(new Date(deliveredAt))} ${weekday(new Date(deliveredAt), language)}` : '';
    if (order.stage === 'CANCELLED') return { headline: t.answerCancelled, detail: null };
    if (order.stage === 'RETURNED') return { headline: t.RETURNED, detail: null };
    if (order.stage === 'CONFIRMED') return { headline: t.answerConfirmed, detail: day ? t.delivered(day) : null };
    if (order.stage === 'DELIVERED') return { headline: t.answerDelivered(day), detail: null };
    if (moving) return { headline: t.answerShipped, detail: scan ?? t.noScan };
    if (order.hold) return { headline: t.answerHeld, detail: order.hold.reason };
    if (waybill) return { headline: t.answerNoScan, detail: null };
    if (order.stage === 'PREPARING') return { headline: t.answerPreparing, detail: null };
    return { headline: order.stage === 'UNPAID' ? t.answerUnpaid : t.answerPaid, detail: null };
  };
}

export function useStepName(): (step: Step) => string {
  const t = useText(text);
  return (step) => (step.kind === 'delivered' ? t.step_delivered : t[step.kind]);
}

/** A parcel's state in the words of the desk. */
export function useParcelState(): (parcel: Parcel) => string {
  const t = useText(text);
  return ({ state }) => t[state];
}
