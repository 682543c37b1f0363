import { useNavigate } from '@tanstack/react-router';
import { MallTagOf, useMallName } from '#malls/web/parts.tsx';
import { useLanguage, useText } from '#platform/language.tsx';
import { useFilter } from '#platform/search-params.ts';
import { type ItemOf, useOperation } from '#platform/web.ts';
import { moment } from '#ui/format.ts';
import { Chip, type Column, Empty, ErrorNote, Page, Skeleton, Table, Tabs } from '#ui/index.tsx';
import { CallBacksList } from './CallBacksList.tsx';
import styles from './Followups.module.css';
import { PromisesList } from './PromisesList.tsx';
import { useChannelName } from './promise-words.ts';
import { RatesTable } from './RatesTable.tsx';
import { text } from './text.ts';

const TABS = ['mine', 'promises', 'callBacks', 'rates'] as const;
type Tab = (typeof TABS)[number];
type Item = ItemOf<'followups.todo'>;

/** What I have to do by its time; beside it all promises and call-backs of the centre, and how well promises are kept. */
export function Screen() {
  const t = useText(text);
  const [filter, setFilter] = useFilter(['tab', 'view', 'mall', 'days']);
  const tab = TABS.find((one) => one === filter.tab) ?? 'mine';
  const todo = useOperation('followups.todo', {});
  const counts: Partial<Record<Tab, number | undefined>> = {
    mine: todo.data?.items.length,
    callBacks: todo.data?.callBacksDue,
  };
  const above = (
    <div className={styles.tabs}>
      <Tabs
        label={t.view}
        value={tab}
        items={TABS.map((value) => ({ value, name: t[value], count: counts[value] }))}
        onChange={(next) => setFilter({ tab: next === 'mine' ? undefined : next, view: undefined, mall: undefined })}
        controls="list-rows"
      />
    </div>
  );
  if (tab === 'promises') return <PromisesList above={above} />;
  if (tab === 'callBacks') return <CallBacksList above={above} />;
  if (tab === 'rates') return <RatesTable above={above} />;
  return (
    <Page title={t.todo}>
      {above}
      <div id="list-rows" role="tabpanel" aria-label={t.mine} className={styles.body}>
        {todo.error && <ErrorNote error={todo.error} onRetry={() => void todo.refetch()} />}
        {todo.isPending && <Skeleton rows={12} />}
        {todo.data && todo.data.items.length === 0 && <Empty icon="check" title={t.nothing} about={t.nothingAbout} />}
        {todo.data && todo.data.items.length > 0 && <Mine items={todo.data.items} />}
      </div>
    </Page>
  );
}

function Mine({ items }: { items: Item[] }) {
  const t = useText(text);
  const navigate = useNavigate();
  const columns = useColumns();
  return (
    <Table
      id="todo"
      label={t.todo}
      keys="page"
      rows={items}
      rowKey={(row) => row.id}
      columns={columns}
      onOpen={(row) => void (row.ticket && navigate({ to: `/tickets/${row.ticket.id}` }))}
    />
  );
}

function useColumns(): readonly Column<Item>[] {
  const t = useText(text);
  const language = useLanguage();
  const channelName = useChannelName();
  const mallName = useMallName();
  const when = (row: Item) => moment(new Date(row.at), language);
  const what = (row: Item) =>
    row.kind === 'promise' ? t.promise : `${t.callBack}${row.missed ? ` ${t.missed(String(row.missed))}` : ''}`;
  return [
    {
      id: 'when',
      title: t.when,
      width: 160,
      cell: (row) => (
        <span className={row.overdue ? 'danger semi' : 'semi'}>
          {when(row)} {row.overdue && <Chip tone="danger">{t.late}</Chip>}
        </span>
      ),
      text: when,
    },
    { id: 'what', title: t.what, width: 130, cell: what, text: what },
    {
      id: 'channel',
      title: t.channel,
      width: 90,
      cell: (row) => channelName(row.channel),
      text: (row) => channelName(row.channel),
    },
    {
      id: 'mall',
      title: t.mall,
      width: 60,
      cell: (row) => <MallTagOf mall={row.mall} />,
      text: (row) => mallName(row.mall),
    },
    {
      id: 'customer',
      title: t.customer,
      width: 100,
      cell: (row) => <b className="med">{row.customer.name}</b>,
      text: (row) => row.customer.name,
    },
    {
      id: 'subject',
      title: t.subject,
      width: 240,
      grow: true,
      cell: (row) => row.ticket?.subject,
      text: (row) => row.ticket?.subject ?? '',
    },
    {
      id: 'note',
      title: t.note,
      width: 260,
      cell: (row) => (
        <>
          {row.coverFor && <Chip tone="warn">{t.coverFor(row.coverFor)}</Chip>} {row.note}
        </>
      ),
      text: (row) => row.note ?? '',
    },
  ];
}
