import { useText } from '#platform/language.tsx';
import { useFilter } from '#platform/search-params.ts';
import { type ItemOf, useOperation } from '#platform/web.ts';
import { type Column, Moment, Tabs, useList } from '#ui/index.tsx';
import { ListPage } from '#ui/ListPage.tsx';
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
  const counts = useOperation('jobs.count', {}, { refetchMs: REFRESH_MS });
  const list = useList({
    id: 'jobs',
    filters: ['state'],
    keeps: ['state'],
    ask: ({ state }) => ({ operation: 'jobs.list' as const, input: state ? { state } : {} }),
  });
  const [{ job: opened }, open] = useFilter(['job']);
  const view = STATES.find((state) => state === list.filter.state) ?? 'all';
  const columns = useColumns();
  const countOf = (state: View) =>
    state === 'running' || state === 'waiting' || state === 'failed' ? counts.data?.[state] : undefined;
  return (
    <ListPage
      list={list}
      title={t.jobs}
      about={t.jobsAbout}
      empty={{ icon: 'play', title: t.noJobs, about: t.noJobsAbout }}
      above={
        <div className={styles.views}>
          <Tabs
            label={t.state}
            value={view}
            items={STATES.map((state) => ({ value: state, name: t[state], count: countOf(state) }))}
            onChange={(state) => list.setFilter({ state: state === 'all' ? undefined : state })}
            controls="list-rows"
          />
        </div>
      }
      tab={t[view]}
      columns={columns}
      current={opened}
      onOpen={(row) => open({ job: row.id })}
    >
      {opened && <JobDialog id={opened} onClose={() => open({ job: undefined })} />}
    </ListPage>
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
