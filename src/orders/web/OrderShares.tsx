import { useText } from '#platform/language.tsx';
import { Part, Won } from '#ui/index.tsx';
import { sharesByLine } from '../rules/statement.ts';
import styles from './Order.module.css';
import type { Order } from './order-words.ts';
import { text } from './text.ts';

/** How each discount was shared over the goods when the order came in: what a refund of a piece is counted from. */
export function OrderShares({ order }: { order: Order }) {
  const t = useText(text);
  const { allocation, benefits, lines } = order;
  if (!allocation || benefits.length === 0) return null;
  const rows = sharesByLine(allocation, lines);
  return (
    <Part title={t.shares} about={t.sharesAbout}>
      <div className={styles.shares} tabIndex={0} role="group" aria-label={t.shares}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.items}</th>
              <th scope="col" className="num">
                {t.listPrice}
              </th>
              {benefits.map(({ id, name }) => (
                <th key={id} scope="col" className="num">
                  {name}
                </th>
              ))}
              <th scope="col" className="num">
                {t.paidAmount}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={row.line}>
                <th scope="row">{lines[i]?.name}</th>
                <td className="num">
                  <Won krw={(lines[i]?.listPrice ?? 0) * (lines[i]?.qty ?? 0)} />
                </td>
                {benefits.map(({ id }) => (
                  <td key={id} className="num t2">
                    {row.benefits[id] ? <Won krw={-row.benefits[id]} /> : '–'}
                  </td>
                ))}
                <td className="num semi">
                  <Won krw={row.net} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  );
}
