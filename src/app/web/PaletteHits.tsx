import { Command } from 'cmdk';
import { MallTagOf } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useOperation } from '#platform/web.ts';
import { shortDay, won } from '#ui/format.ts';
import { Icon } from '#ui/index.tsx';
import styles from './Palette.module.css';
import { text } from './text.ts';

type Props = { query: string; onGo: (to: string) => void };
const MOST = 6;

/** People, orders and tickets that the query finds. */
export function PaletteHits({ query, onGo }: Props) {
  const can = useCan();
  if (query.length < 2) return null;
  return (
    <>
      {can('customers.search') && <Customers query={query} onGo={onGo} />}
      {can('orders.search') && <Orders query={query} onGo={onGo} />}
      {can('tickets.list') && <Tickets query={query} onGo={onGo} />}
    </>
  );
}

function Customers({ query, onGo }: Props) {
  const t = useText(text);
  const found = useOperation('customers.search', { q: query, limit: MOST }, { keep: true });
  const items = found.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Command.Group heading={t.customers}>
      {items.map((row) => (
        <Command.Item
          key={row.id}
          value={`customer ${row.id}`}
          className={styles.item}
          onSelect={() => onGo(`/customers/${row.id}`)}
        >
          <Icon name="user" />
          <span className="med">{row.name}</span>
          <span className="t2 grow el">{row.phone ?? row.email}</span>
          {row.malls[0] && <MallTagOf mall={row.malls[0]} />}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Orders({ query, onGo }: Props) {
  const t = useText(text);
  const language = useLanguage();
  const found = useOperation('orders.search', { q: query, limit: MOST }, { keep: true });
  const items = found.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Command.Group heading={t.orders}>
      {items.map((row) => (
        <Command.Item
          key={row.id}
          value={`order ${row.id}`}
          className={styles.item}
          onSelect={() => onGo(`/orders/${row.id}`)}
        >
          <Icon name="box" />
          <MallTagOf mall={row.mall} />
          <span className="med nw">{row.mallOrderNo}</span>
          <span className="t2 grow el">
            {row.customer.name} · {row.summary}
          </span>
          <span className="t3 nw">{shortDay(new Date(row.orderedAt))}</span>
          {row.total !== null && <span className="nw">{won(row.total, language)}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Tickets({ query, onGo }: Props) {
  const t = useText(text);
  const found = useOperation('tickets.list', { q: query, limit: MOST }, { keep: true });
  const items = found.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Command.Group heading={t.area_desk}>
      {items.map((row) => (
        <Command.Item
          key={row.id}
          value={`ticket ${row.id}`}
          className={styles.item}
          onSelect={() => onGo(`/tickets/${row.id}`)}
        >
          <Icon name="head" />
          <MallTagOf mall={row.mall} />
          <span className="med nw">{row.customer.name}</span>
          <span className="t2 grow el">{row.subject}</span>
          <span className="t3 nw">{shortDay(new Date(row.updatedAt))}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
