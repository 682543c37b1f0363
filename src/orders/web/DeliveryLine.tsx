import { useLanguage, useText } from '#platform/language.tsx';
import { clock, moment, shortDay } from '#ui/format.ts';
import styles from './Delivery.module.css';
import { deliveryText } from './delivery-text.ts';
import type { OrderDelivery } from './delivery-words.ts';

type Dot = OrderDelivery['line'][number];

/** A dot in words: `집화 11/24 화 19:00 파주`. */
function useDotWords(): (dot: Dot) => string {
  const t = useText(deliveryText);
  const language = useLanguage();
  return ({ kind, at, place, state }) =>
    [t[kind], state === 'ahead' ? t.ahead : at && moment(new Date(at), language), place].filter(Boolean).join(' ');
}

/** A parcel's way as five dots in a row of a list. */
export function DeliveryLine({ line }: { line: readonly Dot[] }) {
  const t = useText(deliveryText);
  const words = useDotWords();
  return (
    <span className={styles.line} role="img" aria-label={t.wayOf(line.map(words).join(', '))}>
      {line.map((dot) => (
        <i key={dot.kind} data-state={dot.state} title={words(dot)} />
      ))}
    </span>
  );
}

/** The same way with its words below, for a panel or page. */
export function DeliveryWay({ line }: { line: readonly Dot[] }) {
  const t = useText(deliveryText);
  const words = useDotWords();
  return (
    <ol className={styles.wide}>
      {line.map((dot) => (
        <li key={dot.kind} data-state={dot.state} title={words(dot)}>
          <b>{t[dot.kind]}</b>
          <span>{dot.at ? `${shortDay(new Date(dot.at))} ${clock(new Date(dot.at))}` : ' '}</span>
          <span>{dot.place ?? ' '}</span>
        </li>
      ))}
    </ol>
  );
}
