import { ProductContacts } from '#catalogue/web/parts.tsx';
import { MallContacts } from '#malls/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { Part } from '#ui/index.tsx';
import type { Order } from './order-words.ts';
import { text } from './text.ts';

/** More goods than these are asked for on their own pages. */
const MOST = 6;

/** Whom to call about this order: for its goods by their inventory type, at its mall, and the carrier. */
export function OrderContacts({ order }: { order: Order }) {
  const t = useText(text);
  const can = useCan();
  if (!can('malls.listContacts')) return null;
  const known = new Map(
    order.lines.flatMap(({ product, name, inventoryType }) =>
      product ? [[product, { id: product, name, inventory: inventoryType }] as const] : [],
    ),
  );
  return (
    <Part title={t.contacts}>
      <ProductContacts products={[...known.values()].slice(0, MOST)} />
      <MallContacts mall={order.mall} />
    </Part>
  );
}
