import { useNavigate } from '@tanstack/react-router';
import { useText } from '#platform/language.tsx';
import { useFilter } from '#platform/search-params.ts';
import { setSubject } from '#platform/subject.ts';
import { type InputOf, type OutputOf, useInfinite, useOperation, usePrefetch } from '#platform/web.ts';
import { Age, Empty, ErrorNote, Page, Skeleton, Table, Tabs } from '#ui/index.tsx';
import styles from './Delivery.module.css';
import { DeliveryFilters } from './DeliveryFilters.tsx';
import { DeliveryHits } from './DeliveryHits.tsx';
import { deliveryText } from './delivery-text.ts';
import type { DeliveryRow } from './delivery-words.ts';
import { TrackerNote } from './TrackerNote.tsx';
import { useDeliveryColumns } from './useDeliveryColumns.tsx';

type Counts = OutputOf<'orders.countDeliveries'>;
type Kind = NonNullable<InputOf<'orders.listDeliveries'>['kind']>;
const ROWS = 'delivery-rows';

/** Parcels that have not arrived: those to look after first, by why, and those that come as they should. */
export function Screen() {
  const t = useText(deliveryText);
  const [given, setFilter] = useFilter(['q', 'view', 'mall', 'carrier', 'partner', 'days']);
  const { q, view = 'stuck', mall, carrier, partner } = given;
  const days = Number(given.days) || undefined;
  const narrow = { mall, carrier, partner, olderDays: days } as InputOf<'orders.countDeliveries'>;
  const counts = useOperation('orders.countDeliveries', narrow, { refetchMs: 60_000 });
  const upTo = counts.data?.upTo;
  return (
    <Page
      title={t.deliveries}
      about={t.about}
      actions={
        <span className="t3 f12">
          {counts.isSuccess && !upTo && t.notCounted}
          {upTo && (
            <>
              {t.countedUpTo} <Age at={upTo} />
            </>
          )}
        </span>
      }
    >
      <TrackerNote />
      <DeliveryFilters filter={given} counts={counts.data} onChange={setFilter} />
      {q ? (
        <DeliveryHits q={q} mall={mall} />
      ) : (
        <>
          <div className={styles.views}>
            <Tabs
              label={t.views}
              value={view}
              items={viewsOf(counts.data, t)}
              controls={ROWS}
              onChange={(next) => setFilter({ view: next === 'stuck' ? undefined : next })}
            />
          </div>
          <Rows view={view} narrow={narrow} />
        </>
      )}
    </Page>
  );
}

type Words = (typeof deliveryText)['ko'];

function viewsOf(counts: Counts | undefined, t: Words) {
  const stuck = counts?.stuck ?? [];
  const all = counts && stuck.reduce((sum, { parcels }) => sum + parcels, 0);
  return [
    { value: 'stuck', name: t.stuck, count: all },
    ...stuck.map(({ kind, parcels }) => ({ value: kind as string, name: t[kind], count: parcels })),
    { value: 'moving', name: t.moving, count: counts?.moving },
  ];
}

function Rows({ view, narrow }: { view: string; narrow: InputOf<'orders.countDeliveries'> }) {
  const t = useText(deliveryText);
  const show = view === 'moving' ? 'moving' : 'stuck';
  const kind = view === 'stuck' || view === 'moving' ? undefined : (view as Kind);
  const list = useInfinite('orders.listDeliveries', { ...narrow, show, kind }, { keep: true });
  const columns = useDeliveryColumns();
  const navigate = useNavigate();
  const prefetch = usePrefetch();
  const look = (row: DeliveryRow) => {
    setSubject({ order: row.order, ...(row.customer ? { customer: row.customer } : {}) });
    void prefetch('orders.getDelivery', { order: row.order });
  };
  return (
    <div id={ROWS} role="tabpanel" aria-label={t.deliveries} className={styles.rows}>
      {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton rows={16} />}
      {list.isSuccess && list.items.length === 0 && (
        <Empty
          icon="truck"
          title={show === 'moving' ? t.noneMoving : t.none}
          about={show === 'moving' ? t.noneMovingAbout : t.noneAbout}
        />
      )}
      {list.items.length > 0 && (
        <Table
          id="deliveries"
          label={t.deliveries}
          keys="page"
          rows={list.items}
          rowKey={(row) => `${row.order} ${row.parcel}`}
          columns={columns}
          onActive={look}
          onOpen={(row) => void navigate({ to: `/deliveries/${row.order}` })}
          onMore={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
        />
      )}
    </div>
  );
}
