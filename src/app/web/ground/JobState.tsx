import { useText } from '#platform/language.tsx';
import { Chip } from '#ui/index.tsx';
import styles from './Ground.module.css';
import type { JobRow } from './JobsScreen.tsx';
import { text } from './text.ts';

type Shown = Pick<JobRow, 'state' | 'cancelRequested' | 'progress' | 'name'>;

/** How far a job is, in a word; only failures are marked. */
export function JobState({ job }: { job: Shown }) {
  const t = useText(text);
  if (job.state === 'failed') {
    return (
      <Chip tone="danger" icon="warn">
        {t.failed}
      </Chip>
    );
  }
  if (job.state === 'running' && job.cancelRequested) return <span className="warn med">{t.cancelling}</span>;
  return <span className={job.state === 'running' ? 'acc med' : 't2'}>{t[job.state]}</span>;
}

/** The share that is done, for jobs that tell it. */
export function ProgressBar({ job }: { job: Shown }) {
  const t = useText(text);
  if (job.progress === null) return <span className="t3">–</span>;
  const percent = Math.round(job.progress * 100);
  return (
    <>
      <span
        className={styles.bar}
        role="progressbar"
        aria-label={`${job.name} ${t.progress}`}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ width: `${percent}%` }} />
      </span>
      <span className="f12 t2">{percent}%</span>
    </>
  );
}
