import { implement, type Room } from '../context.ts';
import { audit } from '../contract/audit.ts';
import { jobs } from '../contract/jobs.ts';
import { cancelJob } from './cancel-job.ts';
import { discardJob } from './discard-job.ts';
import { exportAudit, exportJob } from './export-audit.ts';
import { getAudit } from './get-audit.ts';
import { getJob } from './get-job.ts';
import { listAudit } from './list-audit.ts';
import { countJobs, listJobs, listMyJobs } from './list-jobs.ts';
import { readExport } from './read-export.ts';
import { retryJob } from './retry-job.ts';
import { tidyJob } from './tidy.ts';
import { verifyAll, verifyChain, verifyJob } from './verify-audit.ts';

export type PlatformOptions = {
  /** Where exported files lie; processes on several machines share it. */
  filesFolder: string;
  /** File outside of the database that keeps the audit chain's head. */
  anchorFile?: string | undefined;
};

/** The platform's own rooms: audit and jobs. */
export function platformRooms({ filesFolder, anchorFile }: PlatformOptions): Room[] {
  return [
    implement(
      audit,
      {
        list: listAudit,
        get: getAudit,
        verify: verifyChain(anchorFile),
        verifyAll,
        export: exportAudit,
        readExport: readExport(filesFolder),
      },
      { jobs: { 'audit.verify': verifyJob(anchorFile), 'audit.export': exportJob(filesFolder) } },
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
      { jobs: { 'jobs.tidy': tidyJob(filesFolder) }, clock: { 'jobs.tidy': '23 * * * *' } },
    ),
  ];
}
