import { useLanguage, useText } from '#platform/language.tsx';
import { moment } from '#ui/format.ts';
import { Age, Chip, IconButton, Waiting } from '#ui/index.tsx';
import styles from './Delivery.module.css';
import { DeliveryWay } from './DeliveryLine.tsx';
import { deliveryText } from './delivery-text.ts';
import { type OrderDelivery, useBasis } from './delivery-words.ts';
import { useCheckParcel } from './useCheckParcel.ts';

/** How a parcel stands against what is usual: its way, until when it is expected, how old the data is. */
export function DeliveryState({ delivery }: { delivery: OrderDelivery }) {
  const t = useText(deliveryText);
  const language = useLanguage();
  const basis = useBasis()(delivery);
  const check = useCheckParcel();
  const { stuck, expectedBy, checkedAt, deliveredAt, tookHours, page } = delivery;
  if (!delivery.trackingNo) return null;
  return (
    <>
      <DeliveryWay line={delivery.line} />
      {stuck && (
        <p className={styles.why}>
          <Chip tone="danger" icon="warn">
            {t[stuck.kind]}
          </Chip>{' '}
          <span className="danger">
            {t[`${stuck.kind}_why`]} (<Waiting since={stuck.since} />)
          </span>
        </p>
      )}
      {!stuck && expectedBy && (
        <p className={styles.why}>
          <b className="med">{t.by(moment(new Date(expectedBy), language))}</b>
        </p>
      )}
      {tookHours !== null && <p className={`${styles.why} t2`}>{t.tookHours(String(tookHours))}</p>}
      {basis && <p className={`${styles.why} t3`}>{basis}</p>}
      <div className={styles.told}>
        {page && (
          <a href={page} target="_blank" rel="noreferrer">
            {t.page}
          </a>
        )}
        <span className="grow" />
        {!deliveredAt &&
          (checkedAt ? (
            <span>
              <Age at={checkedAt} /> {t.checkedAgo}
            </span>
          ) : (
            <span>{t.neverChecked}</span>
          ))}
        {!deliveredAt && check && (
          <IconButton icon="refresh" label={t.checkNow} onClick={() => check(delivery.order, delivery.parcel)} />
        )}
      </div>
    </>
  );
}
