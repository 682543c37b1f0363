import { useNavigate } from '@tanstack/react-router';
import { useText } from '#platform/language.tsx';
import { type ItemOf, usePrefetch } from '#platform/web.ts';
import { ChoiceFilter, type Column, SearchFilter, useList, Won } from '#ui/index.tsx';
import { ListPage } from '#ui/ListPage.tsx';
import { text } from './text.ts';

type Row = ItemOf<'catalogue.listProducts'>;
const INVENTORY_TYPES = ['CONSIGN', 'DIRECT', 'FULFIL'] as const;
const STATUSES = ['on_sale', 'paused', 'sold_out', 'ended'] as const;

/** Every product, found by a part of its name or number. */
export function Screen() {
  const t = useText(text);
  const list = useList({
    id: 'products',
    filters: ['q', 'inventoryType', 'status'],
    keeps: ['inventoryType', 'status'],
    ask: (filter) => ({ operation: 'catalogue.listProducts' as const, input: filter }),
  });
  const columns = useColumns();
  const navigate = useNavigate();
  const prefetch = usePrefetch();
  return (
    <ListPage
      list={list}
      title={t.products}
      about={t.about}
      empty={{ icon: 'box', title: t.none, about: t.noneAbout, noHit: t.noHit, noHitAbout: t.noHitAbout }}
      filters={
        <>
          <SearchFilter list={list} name="q" label={t.search} />
          <ChoiceFilter
            list={list}
            name="inventoryType"
            label={t.inventory}
            all={t.allInventory}
            options={INVENTORY_TYPES.map((type) => [type, t[type]])}
          />
          <ChoiceFilter
            list={list}
            name="status"
            label={t.status}
            all={t.allStatuses}
            options={STATUSES.map((status) => [status, t[status]])}
          />
        </>
      }
      columns={columns}
      onActive={(row) => void prefetch('catalogue.getProduct', { id: row.id })}
      onOpen={(row) => void navigate({ to: `/products/${row.id}` })}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useText(text);
  return [
    {
      id: 'name',
      title: t.name,
      width: 280,
      grow: true,
      cell: (row) => (
        <>
          <b className="med">{row.name}</b> <span className="t2 f12">{row.option}</span>
        </>
      ),
      text: (row) => `${row.name} ${row.option ?? ''}`,
    },
    { id: 'sku', title: t.sku, width: 130, cell: (row) => row.sku, text: (row) => row.sku },
    { id: 'group', title: t.group, width: 110, cell: (row) => row.group, text: (row) => row.group },
    {
      id: 'inventory',
      title: t.inventory,
      width: 90,
      cell: (row) => t[row.inventoryType],
      text: (row) => t[row.inventoryType],
    },
    {
      id: 'partner',
      title: t.partner,
      width: 150,
      cell: (row) => row.partner?.name ?? t.own,
      text: (row) => row.partner?.name ?? t.own,
    },
    { id: 'status', title: t.status, width: 90, cell: (row) => t[row.status], text: (row) => t[row.status] },
    {
      id: 'price',
      title: t.price,
      width: 100,
      end: true,
      cell: (row) => <Won krw={row.listPrice} />,
      text: (row) => String(row.listPrice),
    },
  ];
}
