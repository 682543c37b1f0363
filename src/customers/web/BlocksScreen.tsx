import { useNavigate } from '@tanstack/react-router';
import { useLanguage, useText } from '#platform/language.tsx';
import type { ItemOf } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { ChoiceFilter, type Column, useList } from '#ui/index.tsx';
import { ListPage } from '#ui/ListPage.tsx';
import { conductText } from './conduct-text.ts';

type Row = ItemOf<'customers.blocks'>;
const STATES = ['asked', 'blocked', 'denied', 'lifted'] as const;

/** Blocks that agents asked for; a row opens the customer, where a manager sees the evidence and decides. */
export function Screen() {
  const t = useText(conductText);
  const list = useList({
    id: 'blocks',
    filters: ['state'],
    ask: ({ state = 'asked' }) => ({
      operation: 'customers.blocks' as const,
      input: state === 'all' ? {} : { state },
    }),
  });
  const columns = useColumns();
  const navigate = useNavigate();
  return (
    <ListPage
      list={list}
      title={t.requests}
      about={t.requestsAbout}
      empty={{ icon: 'lock', title: t.noRequests, about: t.noRequestsAbout, noHit: t.noRequests, noHitAbout: '' }}
      filters={
        <ChoiceFilter
          list={list}
          name="state"
          label={t.state}
          all={t.block_asked}
          options={[...STATES.slice(1).map((state) => [state, t[`block_${state}`]] as const), ['all', t.allStates]]}
        />
      }
      columns={columns}
      onOpen={(row) => void navigate({ to: `/customers/${row.customer.id}` })}
    />
  );
}

function useColumns(): readonly Column<Row>[] {
  const t = useText(conductText);
  const language = useLanguage();
  const at = (row: Row) => moment(new Date(row.askedAt), language);
  return [
    {
      id: 'customer',
      title: t.customer,
      width: 120,
      cell: (row) => row.customer.name,
      text: (row) => row.customer.name,
    },
    { id: 'state', title: t.state, width: 100, cell: (row) => t[`block_${row.state}`], text: (row) => row.state },
    { id: 'reason', title: t.reason, width: 420, grow: true, cell: (row) => row.reason, text: (row) => row.reason },
    { id: 'asked', title: t.asked, width: 220, cell: (row) => `${row.askedBy} · ${at(row)}`, text: at },
  ];
}
