import pino from 'pino';
import { createServer } from '#app/server.ts';
import { openDatabase } from '#platform/db.ts';
import { connectorSettings } from './settings.ts';

/** A server of its own process, for tests and benches that kill it: MAIL_PROCESS says on which database. */
const { database: config, secret } = JSON.parse(process.env.MAIL_PROCESS ?? '{}');
const server = await createServer({
  ...{ database: openDatabase(config, { max: 4 }), secret, baseUrl: 'http://127.0.0.1' },
  logger: pino({ level: process.env.TEST_LOG ?? 'silent' }),
  connectors: connectorSettings(process.env),
});
await server.listen(0, '127.0.0.1');
process.stdout.write('ready\n');
