import { useParams } from '@tanstack/react-router';
import { useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { useSubjectOfPage } from '#platform/subject.ts';
import { useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { ErrorNote, Page, Scroll, Skeleton } from '#ui/index.tsx';
import { ChangePart } from './change/ChangePart.tsx';
import styles from './Order.module.css';
import { AnswerCard, OrderBlock } from './OrderBlock.tsx';
import { OrderDocuments } from './OrderDocuments.tsx';
import { OrderFileRows } from './OrderFileRows.tsx';
import { OrderShares } from './OrderShares.tsx';
import { OrderSides } from './OrderSides.tsx';
import type { Order } from './order-words.ts';
import { text } from './text.ts';

/** One order: what can be said now, its items, who pays how, who gets it, and where it is. */
export function Screen() {
  const t = useText(text);
  const language = useLanguage();
  const mallName = useMallName();
  const { orderId = '' } = useParams({ strict: false });
  const order = useOperation('orders.get', { id: orderId });
  const customer = order.data?.customer.id ?? undefined;
  const at = ({ mall, orderedAt }: Order) => `${mallName(mall)} · ${moment(new Date(orderedAt), language)}`;
  useSubjectOfPage('order', orderId, { customer });
  return (
    <Page title={order.data ? `${t.orders} ${order.data.mallOrderNo}` : t.orders} about={order.data && at(order.data)}>
      {order.error && <ErrorNote error={order.error} onRetry={() => void order.refetch()} />}
      {order.isPending && <Skeleton rows={14} />}
      {order.data && (
        <Scroll>
          <div className={styles.page}>
            <div>
              <AnswerCard order={order.data} />
              <OrderBlock order={order.data} bare />
              <ChangePart key={order.data.id} order={order.data} layer="page" />
              <OrderShares order={order.data} />
              <OrderDocuments order={order.data} />
              <OrderFileRows id={order.data.id} />
            </div>
            <OrderSides order={order.data} />
          </div>
        </Scroll>
      )}
    </Page>
  );
}
