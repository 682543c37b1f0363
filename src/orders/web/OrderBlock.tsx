import { Link } from '@tanstack/react-router';
import { useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { clock, moment, money, shortDay, won } from '#ui/format.ts';
import { Icon, tell, Won } from '#ui/index.tsx';
import styles from './Order.module.css';
import { type Order, spokenNo, useAnswer, useCarrier } from './order-words.ts';
import { StageWord } from './StageWord.tsx';
import { text } from './text.ts';

/** What can be said to the customer now: always first. */
export function AnswerCard({ order }: { order: Order }) {
  const { headline, detail } = useAnswer()(order);
  return (
    <div className={styles.answer}>
      <p className="f18 bold">{headline}</p>
      {detail && <p className="t2">{detail}</p>}
    </div>
  );
}

/** An order as it stands in a panel or on its page: head, items, sums, delivery. */
export function OrderBlock({ order, link, bare }: { order: Order; link?: boolean; bare?: boolean }) {
  const t = useText(text);
  const language = useLanguage();
  const mallName = useMallName();
  return (
    <div className={styles.order}>
      <div className={styles.head} hidden={bare}>
        {link ? (
          <Link to={`/orders/${order.id}`} title={t.openOrder} className={styles.no}>
            {order.mallOrderNo}
          </Link>
        ) : (
          <b>{order.mallOrderNo}</b>
        )}
        <span className="t3 f12">
          {mallName(order.mall)} · {moment(new Date(order.orderedAt), language)}
        </span>
      </div>
      <Items order={order} />
      <Delivery order={order} />
    </div>
  );
}

/** What the pieces of a line cost after all discounts, KRW. */
const paidFor = ({ units }: NonNullable<Order['allocation']>, line: string): number =>
  units.reduce((sum, unit) => sum + (unit.line === line ? unit.net : 0), 0);

function Items({ order }: { order: Order }) {
  const t = useText(text);
  return (
    <table className={styles.items}>
      <caption className="sr">{t.items2}</caption>
      <colgroup>
        <col />
        <col width="76" />
        <col width="96" />
      </colgroup>
      <tbody>
        {order.lines.map((line) => {
          const stages = order.units.filter((unit) => unit.line === line.id).map((unit) => unit.stage);
          return (
            <tr key={line.id}>
              <td>
                <p className="el">
                  {line.product ? (
                    <Link className="med" to={`/products/${line.product}`}>
                      {line.name}
                    </Link>
                  ) : (
                    <b className="med">{line.name}</b>
                  )}{' '}
                  <span className="t2 f12">{line.optionText}</span>
                </p>
                <p className="t3 f12 el">
                  {line.partner?.name ?? t.ownMall} · {t[line.inventoryType]}
                  {line.qty > 1 && ` · ${t.qty(String(line.qty))}`}
                </p>
              </td>
              <td className={styles.stage}>
                {[...new Set(stages)].map((stage) => (
                  <StageWord key={stage} stage={stage} />
                ))}
                {line.rawStatus && <p className="t3 f12 el">{t.mallSays(line.rawStatus)}</p>}
              </td>
              <td className="num">
                <Won krw={line.listPrice * line.qty} />
                {order.allocation && (
                  <p className="t3 f12">
                    {t.paidAmount} <Won krw={paidFor(order.allocation, line.id)} />
                  </p>
                )}
              </td>
            </tr>
          );
        })}
        <Sum order={order} />
      </tbody>
    </table>
  );
}

function Sum({ order }: { order: Order }) {
  const language = useLanguage();
  if (order.total === null) return null;
  const off = order.benefits.map((benefit) => `${benefit.name} ${money(-benefit.amount)}`);
  const paid = order.tenders.map((tender) => `${tender.name} ${money(tender.amount)}`);
  return (
    <tr className={styles.sum}>
      <td colSpan={2} className="t2 f12">
        {[...off, ...paid].join(' · ')}
      </td>
      <td className="num semi">{won(order.total, language)}</td>
    </tr>
  );
}

function Delivery({ order }: { order: Order }) {
  const t = useText(text);
  const carrier = useCarrier();
  const { receiver } = order;
  return (
    <dl className={styles.delivery}>
      {receiver.address && (
        <>
          <dt>{t.address}</dt>
          <dd>
            {receiver.address}{' '}
            <span className="t3">
              {receiver.same === true && t.samePerson}
              {receiver.same === false && t.other(receiver.name)}
              {receiver.same === null && receiver.name}
            </span>
            {receiver.memo && <span className="t3"> · {receiver.memo}</span>}
          </dd>
        </>
      )}
      <dt>{t.shipped}</dt>
      {order.parcels.filter((parcel) => parcel.trackingNo).length === 0 && <dd>{t.noParcel}</dd>}
      {order.parcels
        .filter((parcel) => parcel.trackingNo)
        .map((parcel) => (
          <dd key={parcel.id}>
            {carrier(parcel.carrier)} {spokenNo(parcel.trackingNo ?? '')}{' '}
            <CopyNo trackingNo={parcel.trackingNo ?? ''} />
            <span className="t3">
              {parcel.deliveredAt
                ? t.delivered(shortDay(new Date(parcel.deliveredAt)))
                : parcel.shippedAt
                  ? t.shippedOn(`${shortDay(new Date(parcel.shippedAt))} ${clock(new Date(parcel.shippedAt))}`)
                  : t[parcel.state]}
            </span>
          </dd>
        ))}
    </dl>
  );
}

export function CopyNo({ trackingNo }: { trackingNo: string }) {
  const t = useText(text);
  const copy = () => void navigator.clipboard.writeText(trackingNo).then(() => tell(t.copied));
  return (
    <button type="button" className={styles.copy} aria-label={t.copy} title={t.copy} onClick={copy}>
      <Icon name="copy" />
    </button>
  );
}
