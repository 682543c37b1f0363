import { implement, type Room } from '../context.ts';
import { audit } from '../contract/audit.ts';
import { jobs } from '../contract/jobs.ts';
import type { Contract } from '../operation.ts';
import { cancelJob } from './cancel-job.ts';
import { discardJob } from './discard-job.ts';
import { exportAudit, exportJob } from './export-audit.ts';
import { getAudit } from './get-audit.ts';
import { getJob } from './get-job.ts';
import { listAudit } from './list-audit.ts';
import { countJobs, listJobs, listMyJobs } from './list-jobs.ts';
import { operationTitles } from './operation-titles.ts';
import { readExport } from './read-export.ts';
import { retryJob } from './retry-job.ts';
import { tidyJob } from './tidy.ts';
import { verifyAll, verifyChain, verifyJob } from './verify-audit.ts';

type PlatformDeps = { anchorFile?: string | undefined; contracts?: () => readonly Contract[] };

/**
 * The platform's own rooms: audit and jobs. `anchorFile` keeps the audit chain's head outside of the database;
 * `contracts`: of all rooms, whose titles the audit shows.
 */
export function platformRooms({ anchorFile, contracts }: PlatformDeps): Room[] {
  const titles = operationTitles(contracts ?? (() => [audit, jobs]));
  return [
    implement(
      audit,
      {
        list: listAudit(titles),
        get: getAudit(titles),
        verify: verifyChain(anchorFile),
        verifyAll,
        export: exportAudit,
        readExport,
      },
      { jobs: { 'audit.verify': verifyJob(anchorFile), 'audit.export': exportJob(titles) } },
    ),
    implement(
      jobs,
      {
        list: listJobs,
        count: countJobs,
        get: getJob,
        mine: listMyJobs,
        retry: retryJob,
        cancel: cancelJob,
        discard: discardJob,
      },
      { jobs: { 'jobs.tidy': tidyJob }, clock: { 'jobs.tidy': '23 * * * *' } },
    ),
  ];
}
