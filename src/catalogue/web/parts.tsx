import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { useOperation } from '#platform/web.ts';
import { ErrorLine } from '#ui/index.tsx';
import { ContactLine } from './ContactLine.tsx';
import styles from './Product.module.css';
import { text } from './text.ts';

type Props = { products: readonly { id: string; name: string; inventory: 'CONSIGN' | 'DIRECT' | 'FULFIL' }[] };

/** The right contact for each product of an order (C7), by its inventory type. */
export function ProductContacts({ products }: Props) {
  const can = useCan();
  if (!can('catalogue.contacts')) return null;
  return (
    <ul className={styles.rows}>
      {products.map((product) => (
        <RightContact key={product.id} product={product} />
      ))}
    </ul>
  );
}

function RightContact({ product }: { product: Props['products'][number] }) {
  const t = useText(text);
  const found = useOperation('catalogue.contacts', { product: product.id });
  const [first] = found.data?.items ?? [];
  return (
    <li className={styles.contact}>
      <p className="t2 f12 el">
        {product.name} · {t[product.inventory]}
      </p>
      <p className={styles.line}>
        <ErrorLine error={found.error} />
        {first && <ContactLine contact={first} />}
        {found.isSuccess && !first && <span className="t3">{t.noContact}</span>}
      </p>
    </li>
  );
}
