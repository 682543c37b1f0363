/**
 * How fast audit records are written, sealed and verified, on a database of its own.
 * `node bench/audit.ts [records]` (100,000 unless told).
 */
import { SYSTEM } from '#platform/actors.ts';
import { writeAudit } from '#platform/audit.ts';
import { sealBatch } from '#platform/audit-sealer.ts';
import { verifyAudit } from '#platform/audit-verify.ts';
import { openDatabase } from '#platform/db.ts';
import { migrate } from '#platform/migrate.ts';
import { temporaryServer } from '#platform/testing-server.ts';

const count = Number(process.argv[2] ?? 100_000);
const server = await temporaryServer('bench');
const database = openDatabase(server.config);

async function timed(what: string, run: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  await run();
  const seconds = (performance.now() - start) / 1_000;
  const memory = Math.round(process.memoryUsage().rss / 1_000_000);
  console.log(`${what}: ${count} records in ${seconds.toFixed(1)} s, ${Math.round(count / seconds)}/s, ${memory} MB`);
}

const record = (n: number) => ({
  actor: SYSTEM,
  origin: { ip: '10.0.0.7', userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0' },
  requestId: `request-${n}`,
  operation: 'tickets.assign',
  subjectId: `ticket-${n}`,
  input: { id: `ticket-${n}`, assignee: 'a', customer: { name: '김서연', phone: '010-0000-1234' }, reason: '재배정' },
  changes: [
    {
      event: 'tickets.assigned',
      subjectId: `ticket-${n}`,
      before: { assignee: null, status: 'open', version: 1 },
      after: { assignee: { id: 'a', name: '정유진' }, status: 'open', version: 2 },
    },
  ],
});

try {
  await migrate(server.config);
  await timed('write, 500 a transaction', async () => {
    for (let n = 0; n < count; n += 500) {
      await database.write.transaction().execute(async (trx) => {
        for (let i = n; i < Math.min(n + 500, count); i++) await writeAudit(trx, record(i));
      });
    }
  });
  await timed('seal', async () => {
    while ((await sealBatch(database.write)).count > 0);
  });
  await timed('verify', async () => {
    const verdict = await verifyAudit(database.read);
    if (!verdict.ok || verdict.checked !== count) throw new Error(JSON.stringify(verdict));
  });
} finally {
  await database.close();
  await server.stop();
}
