import { useLanguage, useText } from '#platform/language.tsx';
import { won } from '#ui/format.ts';
import { Facts, Part, Won } from '#ui/index.tsx';
import { MallSteps } from './MallSteps.tsx';
import { OrderContacts } from './OrderContacts.tsx';
import type { Order } from './order-words.ts';
import { Parcels } from './Parcels.tsx';
import { text } from './text.ts';

/** Payment, people and parcels beside the order. */
export function OrderSides({ order }: { order: Order }) {
  const t = useText(text);
  const { orderer, receiver } = order;
  return (
    <div>
      {order.total !== null && <Payment order={order} />}
      <Part title={t.people} about={order.authority === 'MALL' ? t.fromMall : t.ownAuthority}>
        <Facts
          rows={[
            ...(orderer
              ? [[t.orderer, [orderer.name, orderer.phone, orderer.email].filter(Boolean).join(' · ')] as const]
              : []),
            [t.receiver, receiver.same ? t.asOrderer : [receiver.name, receiver.phone].filter(Boolean).join(' · ')],
            [t.address, [receiver.postcode, receiver.address].filter(Boolean).join(' ') || '–'],
            ...(receiver.memo ? [[t.memo, receiver.memo] as const] : []),
          ]}
        />
      </Part>
      <Part title={t.parcels}>
        <Parcels order={order} />
      </Part>
      <OrderContacts order={order} />
      <MallSteps order={order} />
    </div>
  );
}

function Payment({ order }: { order: Order }) {
  const t = useText(text);
  const language = useLanguage();
  const fees = order.groups.reduce((sum, group) => sum + group.paid + group.remotePaid, 0);
  const how = (months: number | null) => (months && months > 1 ? t.instalments(String(months)) : t.lumpSum);
  return (
    <Part title={t.payment} about={order.total === null ? undefined : won(order.total, language)}>
      <Facts
        rows={[
          ...order.tenders.map(
            (tender) =>
              [
                tender.name,
                <span key={tender.id}>
                  <Won krw={tender.amount} />
                  {tender.kind === 'CARD' && <span className="t3"> {how(tender.instalments)}</span>}
                </span>,
              ] as const,
          ),
          ...order.benefits.map((benefit) => [benefit.name, <Won key={benefit.id} krw={-benefit.amount} />] as const),
          [t.shippingFee, <Won key="fee" krw={fees} />],
        ]}
      />
    </Part>
  );
}
