import { sql } from 'kysely';
import { implement } from './context.ts';
import { type DatabaseConfig, openDatabase } from './db.ts';
import { startJobs } from './jobs.ts';
import { pause } from './leader.ts';
import { contract } from './operation.ts';
import { createPipeline } from './pipeline.ts';
import { createRegistry } from './registry.ts';

/** A server process for jobs.test.ts to kill: takes the job `sleep`, leaves a mark, and never ends it. */
const database = openDatabase(JSON.parse(process.env.HAEDAP_TEST_DATABASE ?? '') as DatabaseConfig, { max: 4 });
const room = implement(
  contract('lab', { title: { ko: '시험', en: 'Lab' }, permissions: {}, operations: {} }),
  {},
  {
    jobs: {
      sleep: async (ctx, payload) => {
        await sql`insert into mark values (${payload.job}, 'first', ${ctx.attempt})`.execute(ctx.db);
        await pause(600_000, new AbortController().signal);
      },
    },
  },
);
await startJobs({
  database,
  pipeline: createPipeline({ database, registry: createRegistry([room]) }),
  onProblem: (message, error) => process.stderr.write(`${message} ${error}\n`),
});
