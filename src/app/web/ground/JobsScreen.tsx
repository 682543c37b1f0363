import { useText } from '#platform/language.tsx';
import { useFilter } from '#platform/search-params.ts';
import { type ItemOf, useInfinite, useOperation } from '#platform/web.ts';
import { type Column, Empty, ErrorNote, Moment, Page, Skeleton, Table, Tabs } from '#ui/index.tsx';
import styles from './Ground.module.css';
import { JobDialog } from './JobDialog.tsx';
import { JobState, ProgressBar } from './JobState.tsx';
import { text } from './text.ts';

export type JobRow = ItemOf<'jobs.list'>;
const STATES = ['all', 'running', 'waiting', 'failed', 'done', 'cancelled'] as const;
type View = (typeof STATES)[number];
const REFRESH_MS = 3_000;

/** Work in the background: what runs, what waits, what failed for good. */
export function Screen() {
  const t = useText(text);
  const [filter, setFilter] = useFilter(['state', 'job']);
  const view = STATES.find((state) => state === filter.state) ?? 'all';
  const counts = useOperation('jobs.count', {}, { refetchMs: REFRESH_MS });
  const list = useInfinite('jobs.list', view === 'all' ? {} : { state: view }, { keep: true });
  const columns = useColumns();
  const countOf = (state: View) =>
    state === 'running' || state === 'waiting' || state === 'failed' ? counts.data?.[state] : undefined;
  return (
    <Page title={t.jobs} about={t.jobsAbout}>
      <div className={styles.views}>
        <Tabs
          label={t.state}
          value={view}
          items={STATES.map((state) => ({ value: state, name: t[state], count: countOf(state) }))}
          onChange={(state) => setFilter({ state: state === 'all' ? undefined : state })}
          controls="job-rows"
        />
      </div>
      <div id="job-rows" role="tabpanel" aria-label={t[view]} className={styles.jobs}>
        {list.error && <ErrorNote error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeleton rows={10} />}
        {list.isSuccess && list.items.length === 0 && <Empty icon="play" title={t.noJobs} about={t.noJobsAbout} />}
        {list.items.length > 0 && (
          <Table
            id="jobs"
            label={t.jobs}
            keys="page"
            rows={list.items}
            rowKey={(row) => row.id}
            columns={columns}
            current={filter.job}
            onOpen={(row) => setFilter({ job: row.id })}
            onMore={list.hasNextPage && !list.isFetchingNextPage ? () => void list.fetchNextPage() : undefined}
          />
        )}
      </div>
      {filter.job && <JobDialog id={filter.job} onClose={() => setFilter({ job: undefined })} />}
    </Page>
  );
}

function useColumns(): readonly Column<JobRow>[] {
  const t = useText(text);
  const attempts = (row: JobRow) => `${row.attempts}/${row.maxAttempts}`;
  const when = (row: JobRow) => row.finishedAt ?? row.startedAt ?? row.runAt;
  return [
    {
      id: 'name',
      title: t.name,
      width: 180,
      cell: (row) => <b className="med">{row.name}</b>,
      text: (row) => row.name,
    },
    { id: 'state', title: t.state, width: 110, cell: (row) => <JobState job={row} />, text: (row) => t[row.state] },
    {
      id: 'progress',
      title: t.progress,
      width: 170,
      cell: (row) => <ProgressBar job={row} />,
      text: (row) => String(row.progress ?? ''),
    },
    {
      id: 'error',
      title: t.error,
      width: 220,
      grow: true,
      cell: (row) => <span className="t2 el">{row.error ?? row.note}</span>,
      text: (row) => row.error ?? row.note ?? '',
    },
    { id: 'attempts', title: t.attempts, width: 72, end: true, cell: attempts, text: attempts },
    {
      id: 'by',
      title: t.by,
      width: 110,
      cell: (row) => row.requestedBy?.name ?? <span className="t3">{t.kind_system}</span>,
      text: (row) => row.requestedBy?.name ?? '',
    },
    {
      id: 'at',
      title: t.runAt,
      width: 130,
      end: true,
      cell: (row) => <Moment at={when(row)} />,
      text: (row) => when(row) ?? '',
    },
  ];
}
