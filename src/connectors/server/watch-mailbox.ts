import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { channels } from '#channels/contract.ts';
import { channelOn, sourceIds, sourceNow } from '#channels/server/read.ts';
import { SYSTEM } from '#platform/actors.ts';
import type { Database } from '#platform/db.ts';
import { storeFile } from '#platform/files.ts';
import { lead, pause } from '#platform/leader.ts';
import type { Input, Operation, OperationSpec } from '#platform/operation.ts';
import type { Pipeline } from '#platform/pipeline.ts';
import type { Open } from '#platform/scope.ts';
import { newId } from '#platform/values.ts';
import { failureOf, type MailCursor, type OpenMailbox, openMailbox } from '../mail/imap-client.ts';
import type { Mailbox, MailSettings } from '../mail/mailboxes.ts';
import { receivedMail, unreadableMail } from '../mail/received-mail.ts';
import type { Failure } from '../port.ts';
import { waitAfter } from '../rules/mail-waits.ts';

export type MailHost = {
  database: Database;
  pipeline: Pipeline;
  settings: MailSettings | null;
  onProblem: (error: unknown) => void;
};

/** A look at the mailbox when nothing was told for so long: notices get lost. */
const LOOK_EVERY_MS = 60_000;
const ASK_EVERY_MS = 1_000;
const TRIES = 3;

/** Watches all mailboxes, each in one process of the cluster. Answers how to stop. */
export function startMailboxes(host: MailHost): () => Promise<void> {
  const mailboxes = host.settings?.mailboxes ?? [];
  const known = new Set(mailboxes.map(({ id }) => id));
  const gone = tellGone(host, known).catch(host.onProblem);
  const stops = mailboxes.map((mailbox) =>
    lead(host.database, lockOf(mailbox.id), (signal) => watch(host, mailbox, signal), host.onProblem),
  );
  return async () => void (await Promise.all([gone, ...stops.map((stop) => stop())]));
}

/** An advisory lock of 31 bits for each mailbox. */
const lockOf = (id: string) => createHash('sha256').update(`mailbox ${id}`).digest().readUInt32BE(0) & 0x7fffffff;

const openDb = ({ database }: MailHost) => database.write as unknown as Kysely<Open>;

async function run<S extends OperationSpec>(host: MailHost, operation: Operation<S>, input: Input<S>): Promise<void> {
  const call = { operation: operation.name, input, actor: SYSTEM, language: SYSTEM.language, requestId: newId() };
  const { status, body } = await host.pipeline.execute(call);
  if (status !== 200) throw new Refused((body as { code: string }).code);
}

/** Channels refused what it was told. */
class Refused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Mailboxes that were taken out of the settings are off. */
async function tellGone(host: MailHost, known: ReadonlySet<string>): Promise<void> {
  for (const id of await sourceIds(openDb(host), 'email')) {
    if (!known.has(id)) await tell(host, { id, address: id.slice(6), mall: '' }, off, 0, null);
  }
}

type State = {
  state: Input<typeof channels.operations.tellSource>['state'];
  why: string | null;
  detail: string | null;
};
const off: State = { state: 'off', why: null, detail: null };
const well: State = { state: 'ok', why: null, detail: null };

const tell = (
  host: MailHost,
  { id, address, mall }: Pick<Mailbox, 'id' | 'address' | 'mall'>,
  state: State,
  failures: number,
  resumeAt: Date | null,
) =>
  run(host, channels.operations.tellSource, {
    ...{ source: id, channel: 'email', mall, mailbox: address, ...state, failures },
    resumeAt: resumeAt?.toISOString() ?? null,
  });

const stateOf = ({ kind, code, message }: Failure): State => ({
  state: kind === 'auth' ? 'refused' : kind === 'permanent' ? 'blocked' : 'down',
  why: code,
  detail: message.slice(0, 200) || null,
});

/** Reads a mailbox until the signal: connects, files what is there, waits; after a failure waits and begins again. */
async function watch(host: MailHost, mailbox: Mailbox, signal: AbortSignal): Promise<void> {
  for (let failures = 0, toldOff = false; !signal.aborted; ) {
    if (!(await channelOn(openDb(host), 'email'))) {
      // Told once: each telling is a command with its record.
      if (!toldOff) await tell(host, mailbox, off, 0, null);
      toldOff = true;
      await pause(ASK_EVERY_MS * 5, signal);
      continue;
    }
    toldOff = false;
    const failure = await session(host, mailbox, signal, () => (failures = 0));
    if (signal.aborted || !failure) continue;
    failures += 1;
    const state = stateOf(failure);
    const resumeAt = new Date(Date.now() + waitAfter(state.state, failures, Math.random()));
    await tell(host, mailbox, state, failures, resumeAt);
    await untilAsked(host, mailbox, resumeAt, signal);
  }
}

/** Waits, or less when somebody has asked to try at once. */
async function untilAsked(host: MailHost, { id }: Mailbox, until: Date, signal: AbortSignal): Promise<void> {
  const since = new Date();
  while (!signal.aborted && Date.now() < until.getTime()) {
    await pause(Math.min(ASK_EVERY_MS, until.getTime() - Date.now()), signal);
    const { retryAskedAt } = await sourceNow(openDb(host), id);
    if (retryAskedAt && retryAskedAt > since) return;
  }
}

/** One connection, from its begin to its end; answers why it ended. */
async function session(
  host: MailHost,
  mailbox: Mailbox,
  signal: AbortSignal,
  connected: () => void,
): Promise<Failure | null> {
  const box = await openMailbox(mailbox, host.settings!.inside);
  if ('ok' in box) return box;
  try {
    await tell(host, mailbox, well, 0, null);
    connected();
    while (!signal.aborted && (await channelOn(openDb(host), 'email'))) {
      await fileAll(host, mailbox, box, signal);
      await box.wait(LOOK_EVERY_MS, signal);
    }
    return null;
  } catch (error) {
    if (error instanceof Refused) return { ok: false, kind: 'permanent', code: error.code, message: '' };
    return failureOf(error);
  } finally {
    await box.close();
  }
}

async function cursorOf(host: MailHost, mailbox: Mailbox, box: OpenMailbox): Promise<MailCursor> {
  const { cursor } = await sourceNow(openDb(host), mailbox.id);
  const known = cursor as MailCursor | null;
  if (known?.validity === box.validity) return known;
  // Numbered anew: all of it is read again, and what was filed is known by its key.
  const fresh = known ? { validity: box.validity, uid: 0, since: known.since } : await box.begin(new Date());
  await run(host, channels.operations.moveCursor, { source: mailbox.id, cursor: fresh });
  return fresh;
}

/** Files all that lies behind the cursor, one by one; only then the mailbox learns that it was read. */
async function fileAll(host: MailHost, mailbox: Mailbox, box: OpenMailbox, signal: AbortSignal): Promise<void> {
  let cursor = await cursorOf(host, mailbox, box);
  for (;;) {
    const uids = await box.uidsAfter(cursor.uid);
    const filed: number[] = [];
    for (const uid of uids.slice(0, 50)) {
      if (signal.aborted) break;
      cursor = { ...cursor, uid };
      await fileOne(host, mailbox, box, cursor);
      filed.push(uid);
    }
    await box.markSeen(filed);
    // More may have come while these were filed.
    if (signal.aborted || uids.length === 0) return;
  }
}

async function fileOne(host: MailHost, mailbox: Mailbox, box: OpenMailbox, cursor: MailCursor): Promise<void> {
  const fetched = await box.fetch(cursor.uid);
  if (!fetched || fetched.at.getTime() < cursor.since) {
    return run(host, channels.operations.moveCursor, { source: mailbox.id, cursor });
  }
  const store = async (bytes: Buffer) => (await storeFile(openDb(host), bytes)).sha256;
  const where = { source: mailbox.id, mall: mailbox.mall, cursor };
  for (let attempt = 1; ; attempt++) {
    try {
      const { key, mail } = await (attempt < TRIES ? receivedMail : unreadableMail)(fetched, store);
      return await run(host, channels.operations.acceptMail, { ...where, key, mail });
    } catch (error) {
      // A wrong setting, or a database that is away, is not the message's fault: it is read again later.
      const away = /^(08|57P|53|ECONN|EPIPE|ENOENT)/.test(String((error as { code?: unknown }).code ?? ''));
      if (away || attempt >= TRIES || (error instanceof Refused && error.code === 'mall_unknown')) throw error;
      host.onProblem(error);
    }
  }
}
