import { useParams } from '@tanstack/react-router';
import { useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { useMe } from '#platform/me.tsx';
import { useOperation } from '#platform/web.ts';
import { longDay, won } from '#ui/format.ts';
import { Button, Empty, ErrorNote, Page, Scroll, Skeleton, Won } from '#ui/index.tsx';
import { type Statement, statementOf } from '../rules/statement.ts';
import styles from './Order.module.css';
import type { Order } from './order-words.ts';
import { text } from './text.ts';

/** The statement of an order (거래명세서), to be printed or kept as PDF. */
export function Screen() {
  const t = useText(text);
  const { orderId = '' } = useParams({ strict: false });
  const order = useOperation('orders.get', { id: orderId });
  const statement = order.data && statementOf(order.data);
  return (
    <Page
      title={t.statement}
      about={order.data?.mallOrderNo}
      actions={
        statement && (
          <Button look="primary" onClick={() => window.print()}>
            {t.print}
          </Button>
        )
      }
    >
      {order.error && <ErrorNote error={order.error} onRetry={() => void order.refetch()} />}
      {order.isPending && <Skeleton rows={10} />}
      {order.data && !statement && <Empty icon="box" title={t.noStatement} />}
      {order.data && statement && (
        <Scroll>
          <Sheet order={order.data} statement={statement} />
        </Scroll>
      )}
    </Page>
  );
}

function Sheet({ order, statement }: { order: Order; statement: Statement }) {
  const t = useText(text);
  const language = useLanguage();
  const mallName = useMallName();
  const company = useMe().company?.name ?? '';
  return (
    <article className={styles.sheet} data-print="">
      <h2>{t.statement}</h2>
      <dl>
        <dt>{t.orderNo}</dt>
        <dd>
          {mallName(order.mall)} {order.mallOrderNo}
        </dd>
        <dt>{t.orderedAt}</dt>
        <dd>{longDay(new Date(order.orderedAt), language)}</dd>
        <dt>{t.supplier}</dt>
        <dd>{company}</dd>
        <dt>{t.buyer}</dt>
        <dd>{order.orderer?.name ?? '–'}</dd>
      </dl>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.items}</th>
            <th scope="col" className="num">
              {t.quantity}
            </th>
            <th scope="col" className="num">
              {t.listPrice}
            </th>
            <th scope="col" className="num">
              {t.paidAmount}
            </th>
          </tr>
        </thead>
        <tbody>
          {statement.lines.map((line) => (
            <tr key={line.line}>
              <td>
                {line.name} <span className="t2">{line.option}</span> {!line.taxed && <span>({t.exemptGoods})</span>}
              </td>
              <td className="num">{line.qty}</td>
              <td className="num">
                <Won krw={line.listPrice} />
              </td>
              <td className="num">
                <Won krw={line.paid} />
              </td>
            </tr>
          ))}
          <tr>
            <td colSpan={3}>{t.shippingFee}</td>
            <td className="num">
              <Won krw={statement.shipping} />
            </td>
          </tr>
        </tbody>
        <tfoot>
          {(
            [
              [t.supply, statement.supply],
              [t.vat, statement.vat],
              ...(statement.exempt > 0 ? [[t.exemptGoods, statement.exempt] as const] : []),
            ] as const
          ).map(([name, krw]) => (
            <tr key={name}>
              <td colSpan={3}>{name}</td>
              <td className="num">
                <Won krw={krw} />
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row" colSpan={3}>
              {t.total}
            </th>
            <td className="num semi">{won(statement.total, language)}</td>
          </tr>
        </tfoot>
      </table>
      <p className="t3 f12">{t.statementNote}</p>
    </article>
  );
}
