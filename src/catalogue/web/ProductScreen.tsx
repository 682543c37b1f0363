import { useParams } from '@tanstack/react-router';
import { useText } from '#platform/language.tsx';
import { type OutputOf, useOperation } from '#platform/web.ts';
import { Chip, ErrorNote, Facts, Page, Scroll, Skeleton, Won } from '#ui/index.tsx';
import { ProductBlocks } from './ProductBlocks.tsx';
import { text } from './text.ts';

type Product = OutputOf<'catalogue.getProduct'>;

/** One product: what is asked of it on a call, and whom to ask. */
export function Screen() {
  const t = useText(text);
  const { productId = '' } = useParams({ strict: false });
  const product = useOperation('catalogue.getProduct', { id: productId });
  const shown = product.data;
  return (
    <Page
      title={shown ? shown.name : t.products}
      about={shown && [shown.option, shown.sku].filter(Boolean).join(' · ')}
      actions={shown?.needsReview && <Chip tone="warn">{t.needsReview}</Chip>}
    >
      {product.error && <ErrorNote error={product.error} onRetry={() => void product.refetch()} />}
      {product.isPending && <Skeleton rows={14} />}
      {shown && (
        <Scroll narrow>
          <ProductFactsList product={shown} />
          <ProductBlocks id={shown.id} />
        </Scroll>
      )}
    </Page>
  );
}

function ProductFactsList({ product }: { product: Product }) {
  const t = useText(text);
  return (
    <Facts
      rows={[
        [t.price, <Won key="price" krw={product.listPrice} unit />],
        [t.status, t[product.status]],
        [t.inventory, t[product.inventoryType]],
        [t.partner, product.partner?.name ?? t.own],
        [t.group, product.group],
        ...(product.brand ? [[t.brand, product.brand] as const] : []),
        [t.tax, t[product.taxKind]],
        [t.returns, t[product.returnability]],
      ]}
    />
  );
}
