import { useParams } from '@tanstack/react-router';
import { useText } from '#platform/language.tsx';
import { useSubjectOfPage } from '#platform/subject.ts';
import { useOperation } from '#platform/web.ts';
import { ErrorNote, Page, Scroll, Skeleton } from '#ui/index.tsx';
import styles from './Order.module.css';
import { AnswerCard, OrderBlock } from './OrderBlock.tsx';
import { Parcels } from './Parcels.tsx';
import { text } from './text.ts';

/** Where an order's parcels are. */
export function Screen() {
  const t = useText(text);
  const { orderId = '' } = useParams({ strict: false });
  const order = useOperation('orders.get', { id: orderId });
  const customer = order.data?.customer.id ?? undefined;
  useSubjectOfPage('order', orderId, { customer });
  return (
    <Page title={order.data ? `${t.deliveries} ${order.data.mallOrderNo}` : t.deliveries}>
      {order.error && <ErrorNote error={order.error} onRetry={() => void order.refetch()} />}
      {order.isPending && <Skeleton rows={14} />}
      {order.data && (
        <Scroll>
          <div className={styles.page}>
            <div>
              <AnswerCard order={order.data} />
              <Parcels order={order.data} />
            </div>
            <OrderBlock order={order.data} link />
          </div>
        </Scroll>
      )}
    </Page>
  );
}
