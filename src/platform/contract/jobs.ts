import { z } from 'zod';
import { pagingBy } from '../keyset.ts';
import { command, contract, query, refusal } from '../operation.ts';
import { Instant, page } from '../values.ts';

const JobId = z.string().regex(/^\d{1,18}$/);
export const JOB_STATES = ['waiting', 'running', 'failed', 'done', 'cancelled'] as const;

const Job = z.strictObject({
  id: JobId,
  name: z.string(),
  /** `failed`: a dead letter, all its attempts are used up. `done` and `cancelled` are kept for jobs with a bar. */
  state: z.enum(JOB_STATES),
  /** 0–1 for jobs that tell how far they are, else null. */
  progress: z.number().min(0).max(1).nullable(),
  note: z.string().nullable(),
  attempts: z.int(),
  maxAttempts: z.int(),
  /** Why the newest attempt failed; personal data masked. */
  error: z.string().nullable(),
  requestedBy: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  cancelRequested: z.boolean(),
  /** When it starts, or starts again. */
  runAt: Instant.nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
});

const JobEntry = Job.extend({
  /** What it was given, personal data masked. */
  payload: z.unknown(),
  /** What it made: counts, a file's name. */
  result: z.record(z.string(), z.unknown()).nullable(),
});

const byId = z.strictObject({ id: JobId });
const After = z.strictObject({ id: JobId, state: z.enum(JOB_STATES) });

const running = {
  running: refusal({
    ko: '지금 실행 중인 작업입니다. 먼저 취소해 주세요.',
    en: 'The job is running. Please cancel it first.',
  }),
};
const ended = {
  ended: refusal({ ko: '이미 끝난 작업입니다.', en: 'The job has ended.' }),
};

const RUNNING = 'jobs are of the installation; only who runs it reads them';

export const jobs = contract('jobs', {
  title: { ko: '작업', en: 'Jobs' },
  permissions: {
    'jobs.read': { title: { ko: '작업 조회', en: 'See jobs' }, roles: ['admin', 'head', 'planner'] },
    'jobs.manage': { title: { ko: '작업 관리', en: 'Manage jobs' }, roles: ['admin'] },
  },
  companyWide: { discarded: RUNNING, retried: RUNNING, cancelled: RUNNING },
  operations: {
    list: query({
      title: { ko: '작업 목록', en: 'List jobs' },
      may: 'jobs.read',
      input: z.strictObject({
        state: z.enum(JOB_STATES).optional(),
        name: z.string().trim().min(1).max(100).optional(),
        ...pagingBy('int'),
      }),
      output: page(Job),
      example: () => ({}),
    }),
    count: query({
      title: { ko: '작업 수', en: 'Count jobs' },
      may: 'jobs.read',
      input: z.strictObject({}),
      output: z.strictObject({ waiting: z.int(), running: z.int(), failed: z.int() }),
      example: () => ({}),
    }),
    get: query({
      title: { ko: '작업 보기', en: 'Show a job' },
      may: 'jobs.read',
      input: byId,
      output: JobEntry,
      example: (known) => ({ id: known.jobId }),
    }),
    mine: query({
      title: { ko: '내 작업', en: 'My jobs' },
      may: 'signed_in',
      input: z.strictObject({}),
      /** Long jobs that the caller started: those that run, and those that ended in the last day. */
      output: z.strictObject({ items: z.array(JobEntry) }),
      example: () => ({}),
    }),
    retry: command({
      title: { ko: '작업 다시 실행', en: 'Run a job again' },
      may: 'jobs.manage',
      input: byId,
      output: After,
      refusals: { ...running, ...ended },
      example: (known) => ({ id: known.jobId }),
    }),
    cancel: command({
      title: { ko: '작업 취소', en: 'Cancel a job' },
      may: 'jobs.read',
      input: byId,
      /** A running job stops at its next step; until then its state is still `running`. */
      output: After,
      example: (known) => ({ id: known.jobId }),
    }),
    discard: command({
      title: { ko: '실패한 작업 버리기', en: 'Discard a failed job' },
      may: 'jobs.manage',
      input: byId,
      output: After,
      refusals: running,
      example: (known) => ({ id: known.jobId }),
    }),
  },
});
