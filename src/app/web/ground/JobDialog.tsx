import { useText } from '#platform/language.tsx';
import { useCan } from '#platform/me.tsx';
import { type OutputOf, useCommand, useOperation } from '#platform/web.ts';
import { Button, Dialog, ErrorNote, Facts, Moment, Part, Skeleton, tell } from '#ui/index.tsx';
import { Json } from './AuditEntryDialog.tsx';
import { fetchExport } from './fetch-export.ts';
import { JobState, ProgressBar } from './JobState.tsx';
import { text } from './text.ts';

type Job = OutputOf<'jobs.get'>;
const REFRESH_MS = 1_500;

/** One job: what it was given, how far it is, why it failed, what it made. */
export function JobDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useText(text);
  const job = useOperation('jobs.get', { id }, { refetchMs: REFRESH_MS });
  return (
    <Dialog
      title={job.data?.name ?? t.jobs}
      wide
      onClose={onClose}
      actions={job.data && <JobActions job={job.data} onGone={onClose} />}
    >
      <ErrorNote error={job.error} onRetry={() => void job.refetch()} />
      {job.isPending && <Skeleton rows={6} />}
      {job.data && <JobFacts job={job.data} />}
    </Dialog>
  );
}

function JobFacts({ job }: { job: Job }) {
  const t = useText(text);
  return (
    <div>
      <Facts
        rows={[
          [t.state, <JobState key="state" job={job} />],
          [
            t.progress,
            <span key="progress" className="row">
              <ProgressBar job={job} />
              {job.note}
            </span>,
          ],
          [t.attempts, `${job.attempts}/${job.maxAttempts}`],
          ...(job.error ? [[t.error, job.error] as const] : []),
          [t.by, job.requestedBy?.name ?? t.kind_system],
          [t.createdAt, <Moment key="created" at={job.createdAt} />],
          [t.finishedAt, <Moment key="finished" at={job.finishedAt} />],
        ]}
      />
      <Part title={t.payload}>
        <Json value={job.payload} label={t.payload} />
      </Part>
      {job.result && (
        <Part title={t.result}>
          <Json value={job.result} label={t.result} />
        </Part>
      )}
    </div>
  );
}

function JobActions({ job, onGone }: { job: Job; onGone: () => void }) {
  const t = useText(text);
  const can = useCan();
  const retry = useCommand('jobs.retry');
  const cancel = useCommand('jobs.cancel');
  const discard = useCommand('jobs.discard');
  const onError = (error: Error) => tell(error.message, { tone: 'danger' });
  const told = (message: string) => ({ onSuccess: () => tell(message), onError });
  const id = { id: job.id };
  const gone = () => {
    tell(t.discarded);
    onGone();
  };
  return (
    <>
      {job.name === 'audit.export' && job.state === 'done' && can('audit.readExport') && (
        <Button look="primary" icon="down" onClick={() => void fetchExport(job.id).catch(onError)}>
          {t.download}
        </Button>
      )}
      {(job.state === 'waiting' || job.state === 'running') && can('jobs.cancel') && (
        <Button
          icon="x"
          busy={cancel.isPending}
          disabled={job.cancelRequested}
          onClick={() => cancel.mutate(id, told(t.cancelAsked))}
        >
          {t.cancelJob}
        </Button>
      )}
      {job.state === 'failed' && can('jobs.discard') && (
        <Button look="danger" busy={discard.isPending} onClick={() => discard.mutate(id, { onSuccess: gone, onError })}>
          {t.discard}
        </Button>
      )}
      {(job.state === 'failed' || job.state === 'waiting') && can('jobs.retry') && (
        <Button icon="refresh" busy={retry.isPending} onClick={() => retry.mutate(id, told(t.retried))}>
          {t.retry}
        </Button>
      )}
    </>
  );
}
