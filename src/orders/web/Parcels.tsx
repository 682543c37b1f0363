import { useLanguage, useText } from '#platform/language.tsx';
import { useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { DeliveryState } from './DeliveryState.tsx';
import type { OrderDelivery } from './delivery-words.ts';
import styles from './Order.module.css';
import { CopyNo } from './OrderBlock.tsx';
import { type Order, type Parcel, spokenNo, useCarrier, useParcelState, useStepName } from './order-words.ts';
import { text } from './text.ts';

/** Where each parcel of an order is, step by step, newest first. */
export function Parcels({ order }: { order: Order }) {
  const t = useText(text);
  const delivery = useOperation('orders.getDelivery', { order: order.id }, { enabled: order.parcels.length > 0 });
  const stateOf = (id: string) => delivery.data?.parcels.find(({ parcel }) => parcel === id);
  if (order.parcels.length === 0) return <p className={`${styles.parcel} t2`}>{t.noParcel}</p>;
  return order.parcels.map((parcel) => (
    <ParcelSteps key={parcel.id} order={order} parcel={parcel} delivery={stateOf(parcel.id)} />
  ));
}

type Props = { order: Order; parcel: Parcel; delivery: OrderDelivery | undefined };

function ParcelSteps({ order, parcel, delivery }: Props) {
  const t = useText(text);
  const language = useLanguage();
  const carrier = useCarrier();
  const stateOf = useParcelState();
  const stepName = useStepName();
  const names = parcel.units.map(({ line }) => order.lines.find((one) => one.id === line)?.name).filter(Boolean);
  const steps = parcel.steps.toReversed();
  return (
    <section className={styles.parcel} aria-label={t.parcelOf(parcel.trackingNo ?? parcel.id)}>
      <div className={styles.head}>
        <b>{parcel.trackingNo ? `${carrier(parcel.carrier)} ${spokenNo(parcel.trackingNo)}` : t.noParcel}</b>
        {parcel.trackingNo && <CopyNo trackingNo={parcel.trackingNo} />}
        <span className="grow" />
        <span className={parcel.state === 'SHIPPED' ? 'acc med' : 't2'}>{stateOf(parcel)}</span>
      </div>
      <p className="t3 f12 el">{names.join(', ')}</p>
      {delivery && <DeliveryState delivery={delivery} />}
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <li key={`${step.at} ${step.kind}`} data-last={index === 0 ? '' : undefined}>
            <time dateTime={step.at}>{moment(new Date(step.at), language)}</time>
            <span>{stepName(step)}</span>
            <span className="t3 el">{[step.place, step.note].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
        {steps.length === 0 && parcel.trackingNo && <li className="t3">{t.noScan}</li>}
      </ol>
    </section>
  );
}
