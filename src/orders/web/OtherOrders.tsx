import { Link } from '@tanstack/react-router';
import { MallTagOf } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import type { ItemOf } from '#platform/web.ts';
import { shortDay, weekday } from '#ui/format.ts';
import { Won } from '#ui/index.tsx';
import styles from './Order.module.css';
import { text } from './text.ts';

type Props = { rows: readonly ItemOf<'orders.list'>[]; shown: string; customer: string; onShow: (id: string) => void };

/** The customer's other orders in all malls; a press shows one above. */
export function OtherOrders({ rows, shown, customer, onShow }: Props) {
  const t = useText(text);
  const language = useLanguage();
  const others = rows.filter((row) => row.id !== shown);
  if (others.length === 0) return null;
  return (
    <section className={styles.others} aria-label={t.others}>
      <div className={styles.head}>
        <b>{t.others}</b>
        <span className="grow" />
        <Link to="/orders" search={{ customer } as never} className="f12">
          {t.othersMore}
        </Link>
      </div>
      <table>
        <colgroup>
          <col width="64" />
          <col width="44" />
          <col />
          <col width="64" />
          <col width="64" />
        </colgroup>
        <tbody>
          {others.map((row) => (
            <tr key={row.id}>
              <td>
                {shortDay(new Date(row.orderedAt))} {weekday(new Date(row.orderedAt), language)}
              </td>
              <td>
                <MallTagOf mall={row.mall} />
              </td>
              <td>
                <button type="button" onClick={() => onShow(row.id)}>
                  {row.summary}
                </button>
              </td>
              <td className="t2">{t[row.stage]}</td>
              <td className="num">{row.total === null ? '' : <Won krw={row.total} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
