import { type ReactNode, useState } from 'react';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useOperation } from '#platform/web.ts';
import { count, shortDay } from '#ui/format.ts';
import { Age, Button, Chip, Empty, ErrorNote, Facts, Part, Skeleton, useNow, Won } from '#ui/index.tsx';
import { ContactLine } from './ContactLine.tsx';
import styles from './Product.module.css';
import { StockDialog } from './StockDialog.tsx';
import { text } from './text.ts';

type Told = OutputOf<'catalogue.productFacts'>;

/** Stock, contacts, promotions, prices and the notice of a product: on its page and wherever else it is shown. */
export function ProductBlocks({ id }: { id: string }) {
  const facts = useOperation('catalogue.productFacts', { id });
  return (
    <>
      {facts.error && <ErrorNote error={facts.error} onRetry={() => void facts.refetch()} />}
      {facts.isPending && <Skeleton rows={8} />}
      {facts.data && <Stock id={id} stock={facts.data.stock} />}
      <Contacts id={id} />
      {facts.data && <Promotions rows={facts.data.promotions} />}
      {facts.data && <Prices rows={facts.data.prices} />}
      {facts.data && <Notified rows={facts.data.notified} />}
    </>
  );
}

function Stock({ id, stock }: { id: string; stock: Told['stock'] }) {
  const t = useText(text);
  const can = useCan();
  const [editing, setEditing] = useState(false);
  return (
    <Part
      title={t.stock}
      about={
        stock && (
          <>
            {t.counted} <Age at={stock.countedAt} />
          </>
        )
      }
      actions={
        can('catalogue.recordStock') && (
          <Button small look="quiet" onClick={() => setEditing(true)}>
            {t.edit}
          </Button>
        )
      }
    >
      {stock ? (
        <Facts
          rows={[
            [t.free, <b key="free">{t.pieces(count(stock.free))}</b>],
            ...(stock.onWay > 0 ? [[t.onWay, t.pieces(count(stock.onWay))] as const] : []),
            ...(stock.free === 0 || stock.restockOn ? [[t.restock, stock.restockOn ?? t.unknownDay] as const] : []),
          ]}
        />
      ) : (
        <p className="t2">{t.noStock}</p>
      )}
      {editing && <StockDialog id={id} stock={stock} onClose={() => setEditing(false)} />}
    </Part>
  );
}

function Contacts({ id }: { id: string }) {
  const t = useText(text);
  const found = useOperation('catalogue.contacts', { product: id });
  return (
    <Part title={t.contacts} about={t.contactsAbout}>
      {found.error && <ErrorNote error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton rows={2} />}
      {found.data?.items.length === 0 && <p className="t2">{t.noContact}</p>}
      <ul className={styles.rows}>
        {found.data?.items.map((contact) => (
          <li key={`${contact.kind} ${contact.email}`}>
            <ContactLine contact={contact} />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Promotions({ rows }: { rows: Told['promotions'] }) {
  const t = useText(text);
  const now = useNow();
  const mark = (from: string, until: string): ReactNode => {
    if (Date.parse(from) > now) return <Chip>{t.soon}</Chip>;
    return Date.parse(until) > now ? <Chip tone="ok">{t.now}</Chip> : null;
  };
  return (
    <Part title={t.promotions}>
      {rows.length === 0 && <p className="t2">{t.noPromotions}</p>}
      <ul className={styles.rows}>
        {rows.map((row) => (
          <li key={row.from + row.kind}>
            <span className="t2 nw">
              {shortDay(new Date(row.from))}~{shortDay(new Date(Date.parse(row.until) - 1))}
            </span>
            <span className="t2 nw">{t[row.kind]}</span>
            <span className="grow el">
              <b className="med">{row.name}</b> {row.benefit}
            </span>
            {mark(row.from, row.until)}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Prices({ rows }: { rows: Told['prices'] }) {
  const t = useText(text);
  if (rows.length === 0) return null;
  return (
    <Part title={t.prices}>
      <ul className={styles.rows}>
        {rows.map((row) => (
          <li key={row.since}>
            <span className="t2 nw grow">
              {shortDay(new Date(row.since))} {t.since}
            </span>
            <Won krw={row.listPrice} unit />
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Notified({ rows }: { rows: Told['notified'] }) {
  const t = useText(text);
  return (
    <Part title={t.notified}>
      {rows.length === 0 ? (
        <Empty icon="box" title={t.noNotified} />
      ) : (
        <Facts rows={rows.map((row) => [row.label, row.text] as const)} />
      )}
    </Part>
  );
}
