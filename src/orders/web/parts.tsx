import { CustomerFinder, CustomerLine } from '#customers/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type Subject, setSubject } from '#platform/subject.ts';
import { useOperation } from '#platform/web.ts';
import { Empty, ErrorNote, Skeleton } from '#ui/index.tsx';
import { carrierName } from '../rules/delivery/carriers.ts';
import { ChangePart } from './change/ChangePart.tsx';
import { MallSteps } from './MallSteps.tsx';
import styles from './Order.module.css';
import { AnswerCard, OrderBlock } from './OrderBlock.tsx';
import { OrderContacts } from './OrderContacts.tsx';
import { OtherOrders } from './OtherOrders.tsx';
import { Parcels } from './Parcels.tsx';
import { text } from './text.ts';

type Props = { subject: Subject };

/** The orders of the customer of the present work: what can be said first, then the order, then the others. */
export function OrderPanel({ subject }: Props) {
  return <OrdersOf subject={subject} kind="order" />;
}

/** The same orders, by where their parcels are. */
export function DeliveryPanel({ subject }: Props) {
  return <OrdersOf subject={subject} kind="delivery" />;
}

function OrdersOf({ subject, kind }: Props & { kind: 'order' | 'delivery' }) {
  const t = useText(text);
  const can = useCan();
  const { customer } = subject;
  const list = useOperation('orders.list', { customer, limit: 8 }, { enabled: customer !== undefined });
  const id = subject.order ?? list.data?.items[0]?.id;
  const order = useOperation('orders.get', { id }, { enabled: id !== undefined });
  if (!customer && !subject.order)
    return can('customers.search') ? <CustomerFinder /> : <Empty icon="box" title={t.none} />;
  const failed = order.error ?? list.error;
  const rows = list.data?.items ?? [];
  return (
    <>
      {customer && <CustomerLine id={customer} />}
      {failed && <ErrorNote error={failed} onRetry={() => void (order.error ? order : list).refetch()} />}
      {!failed && !order.data && !(list.isSuccess && !id) && <Skeleton rows={10} height={28} />}
      {list.isSuccess && !id && <Empty icon="box" title={t.noOrders} />}
      {order.data && <AnswerCard order={order.data} />}
      {order.data && (kind === 'order' ? <OrderBlock order={order.data} link /> : <Parcels order={order.data} />)}
      {order.data && kind === 'order' && (
        <div className={styles.below}>
          <ChangePart key={order.data.id} order={order.data} layer="panel" />
        </div>
      )}
      {customer && id && (
        <OtherOrders
          rows={rows}
          shown={id}
          customer={customer}
          onShow={(next) => setSubject({ ...subject, order: next })}
        />
      )}
      {order.data && kind === 'order' && (
        <div className={styles.below} key={order.data.id}>
          <OrderContacts order={order.data} />
          <MallSteps order={order.data} />
        </div>
      )}
    </>
  );
}

/** A carrier by the name that customers know. */
export const carrierTitle = (carrier: string, language: 'ko' | 'en'): string => carrierName(carrier, language);
