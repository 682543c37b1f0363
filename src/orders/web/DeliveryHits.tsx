import { useNavigate } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useText } from '#platform/language.tsx';
import { type ItemOf, useInfinite } from '#platform/web.ts';
import { type Column, Empty, ErrorNote, Skeleton, Table } from '#ui/index.tsx';
import { deliveryText } from './delivery-text.ts';
import { StageWord } from './StageWord.tsx';
import { text } from './text.ts';

type Row = ItemOf<'orders.search'>;

/** Orders that a search finds, arrived or not; a row opens its delivery. */
export function DeliveryHits({ q, mall }: { q: string; mall: string | undefined }) {
  const t = useText(deliveryText);
  const columns = useColumns();
  const navigate = useNavigate();
  const found = useInfinite('orders.search', { q: useDeferredValue(q), mall: mall as Row['mall'] }, { keep: true });
  if (found.error) return <ErrorNote error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton rows={12} />;
  if (found.items.length === 0) return <Empty icon="truck" title={t.noHit} about={t.noHitAbout} />;
  return (
    <Table
      id="delivery-hits"
      label={t.deliveries}
      keys="page"
      rows={found.items}
      rowKey={(row) => row.id}
      columns={columns}
      onOpen={(row) => void navigate({ to: `/deliveries/${row.id}` })}
      onMore={found.hasNextPage && !found.isFetchingNextPage ? () => void found.fetchNextPage() : undefined}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useText(text);
  const mallName = useMallName();
  const column = (id: string, title: string, width: number, of: Column<Row>['text']): Column<Row> => ({
    ...{ id, title, width, text: of },
    cell: (row) => <span className="el">{of(row)}</span>,
  });
  return [
    { ...column('mall', t.mall, 56, (row) => mallName(row.mall)), cell: (row) => <MallTagOf mall={row.mall} /> },
    column('no', t.orderNo, 172, (row) => row.mallOrderNo),
    column('to', t.receiver, 84, (row) => row.receiverName),
    { ...column('what', t.items, 240, (row) => row.summary), grow: true },
    { ...column('stage', t.stage, 104, (row) => t[row.stage]), cell: (row) => <StageWord stage={row.stage} /> },
  ];
}
