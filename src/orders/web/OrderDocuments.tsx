import { Link } from '@tanstack/react-router';
import { useText } from '#platform/language.tsx';
import { Facts, Part, Won } from '#ui/index.tsx';
import type { Order } from './order-words.ts';
import { text } from './text.ts';

/** Tenders for which the tax office counts a cash receipt (조세특례제한법 제126조의3). */
const CASH = ['TRANSFER', 'VBANK', 'DEPOSIT', 'GIFTCARD'];

/** What proof of purchase there is, who issues it, and the statement of ours to print. */
export function OrderDocuments({ order }: { order: Order }) {
  const t = useText(text);
  if (order.total === null) return null;
  const byMall = order.authority === 'MALL';
  const cash = order.tenders.filter(({ kind }) => CASH.includes(kind));
  const cards = order.tenders.filter(({ kind }) => kind === 'CARD' || kind === 'EASYPAY');
  return (
    <Part title={t.documents}>
      <Facts
        rows={[
          [
            t.statement,
            order.allocation ? (
              <Link key="s" to={`/orders/${order.id}/statement`}>
                {t.openStatement}
              </Link>
            ) : (
              t.noStatement
            ),
          ],
          ...cards.map(
            ({ id, name }) => [t.cardSlip, `${name} · ${byMall ? t.slipByMall : t.slipByCard}`, id] as const,
          ),
          ...cash.map(
            ({ id, name, amount, cashReceiptId }) =>
              [
                t.cashReceipt,
                <span key={id}>
                  {name} <Won krw={amount} unit /> · {cashReceiptId ?? (byMall ? t.slipByMall : t.noReceipt)}
                </span>,
              ] as const,
          ),
          ...(byMall && cash.length + cards.length === 0 ? [[t.cashReceipt, t.slipByMall] as const] : []),
        ].map(([name, value]) => [name as string, value] as const)}
      />
    </Part>
  );
}
