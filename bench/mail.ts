/**
 * Mails through postfix and dovecot while the server is killed: none may be lost, filed twice or on the wrong ticket.
 * `node bench/mail.ts [mails] [kills]` (10,000 and 10 unless told), as root, with dovecot-imapd and postfix installed.
 */
import { sql } from 'kysely';
import { openDatabase } from '#platform/db.ts';
import { migrate } from '#platform/migrate.ts';
import { temporaryServer } from '#platform/testing-server.ts';
import { flood } from '../src/connectors/testing-mail-flood.ts';
import { startMailServers } from '../src/connectors/testing-mail-servers.ts';

const messages = Number(process.argv[2] ?? 10_000);
const kills = Number(process.argv[3] ?? 10);
const postgres = await temporaryServer('bench');
const servers = await startMailServers();
const database = openDatabase(postgres.config, { max: 4 });
try {
  await migrate(postgres.config);
  await sql`insert into centre (id, name_ko, name_en, kind) values ('own', '본사', 'Own', 'own') on conflict do nothing`.execute(
    database.write,
  );
  await sql`insert into mall (id, name_ko, name_en, short_ko, link, default_centre, sort_no)
    values ('own', '자사몰', 'Own mall', '자사', 'full', 'own', 1)`.execute(database.write);
  const began = performance.now();
  const timeoutMs = 30 * 60_000;
  const result = await flood({ db: database.write, config: postgres.config, servers, messages, kills, timeoutMs });
  const seconds = (performance.now() - began) / 1_000;
  console.log(`${messages} mails, ${kills} kills: ${seconds.toFixed(1)} s, ${(messages / seconds).toFixed(0)} mails/s`);
  const { filed, lost, twice, wrongThread } = result;
  console.log(`filed ${filed}, lost ${lost.length}, twice ${twice.length}, in the wrong thread ${wrongThread.length}`);
  if (filed !== messages || lost.length + twice.length + wrongThread.length > 0) process.exitCode = 1;
} finally {
  await database.close();
  await servers.stop();
  await postgres.stop();
}
