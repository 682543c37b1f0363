import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Debian's dovecot and postfix on loopback, in a folder of their own, with mailboxes for a few addresses. */
export type MailServers = {
  imapPort: number;
  smtpPort: number;
  password: string;
  /** Raw mails that lie in a mailbox, oldest first. */
  mailsOf: (name: string) => string[];
  /** As if the mailbox had been put back from a copy: all uids are new. */
  renumber: (name: string) => void;
  stopDovecot: () => Promise<void>;
  startDovecot: () => Promise<void>;
  stop: () => Promise<void>;
};

export const MAIL_PASSWORD = 'a_mailbox_pass_phrase';
const NAMES = ['help', 'kim', 'lee'];
const NOBODY = 65534;

/** postfix starts as root only; dovecot runs as `nobody` here. */
export async function startMailServers(): Promise<MailServers> {
  const folder = mkdtempSync('/tmp/haedap-mail-');
  chmodSync(folder, 0o755);
  const [imapPort, smtpPort] = [await freePort(), await freePort()];
  const home = join(folder, 'mail');
  for (const path of [home, ...NAMES.map((name) => join(home, name))]) makeFor(path);
  const dovecot = { folder: join(folder, 'dovecot'), home, port: imapPort };
  const postfix = { folder: join(folder, 'postfix'), home, port: smtpPort };
  writeDovecot(dovecot);
  writePostfix(postfix);
  let imap = await startDovecot(dovecot);
  const smtp = await startPostfix(postfix);
  const mailFolders = (name: string) => ['cur', 'new'].map((part) => join(home, name, part)).filter(existsSync);
  const stopDovecot = async () => void (await ended(imap, 'SIGTERM'));
  return {
    ...{ imapPort, smtpPort, password: MAIL_PASSWORD, stopDovecot },
    mailsOf: (name) =>
      mailFolders(name)
        .flatMap((path) => readdirSync(path).map((file) => join(path, file)))
        .sort((a, b) => (a.split('/').at(-1)! < b.split('/').at(-1)! ? -1 : 1))
        .map((path) => readFileSync(path, 'latin1')),
    renumber(name) {
      for (const file of readdirSync(join(home, name)).filter((it) => /^dovecot/.test(it))) {
        rmSync(join(home, name, file), { recursive: true });
      }
    },
    async startDovecot() {
      imap = await startDovecot(dovecot);
    },
    async stop() {
      await stopDovecot();
      spawnSync('/usr/sbin/postfix', ['-c', postfix.folder, 'stop']);
      await ended(smtp, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

function makeFor(path: string): void {
  mkdirSync(path, { recursive: true });
  chownSync(path, NOBODY, NOBODY);
}

type Place = { folder: string; home: string; port: number };

function writeDovecot({ folder, home, port }: Place): void {
  makeFor(folder);
  writeFileSync(
    join(folder, 'dovecot.conf'),
    `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = nobody
default_internal_group = nogroup
default_login_user = nobody
first_valid_uid = 1
mail_fsync = never
mail_location = maildir:${home}/%n
service anvil { 
  chroot = 
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service stats {
  chroot =
}
passdb {
  driver = static
  args = password=${MAIL_PASSWORD}
}
userdb {
  driver = static
  args = uid=${NOBODY} gid=${NOBODY} home=${home}/%n
}
`,
  );
  for (const part of ['run', 'state']) makeFor(join(folder, part));
}

async function startDovecot({ folder, port }: Place): Promise<ChildProcess> {
  const child = spawn('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], {
    uid: NOBODY,
    gid: NOBODY,
    detached: true,
    stdio: 'ignore',
  });
  await listening(port, () => readFileSync(join(folder, 'log'), 'utf8'));
  return child;
}

function writePostfix({ folder, home, port }: Place): void {
  for (const path of [folder, join(folder, 'queue'), join(folder, 'data')]) mkdirSync(path, { recursive: true });
  chownSync(join(folder, 'data'), idOf('postfix'), -1);
  writeFileSync(
    join(folder, 'main.cf'),
    `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
shlib_directory = /usr/lib/postfix
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.shop.example
mydestination =
mynetworks = 127.0.0.0/8
recipient_delimiter = +
virtual_mailbox_domains = shop.example, example.com
virtual_mailbox_base = ${home}
virtual_mailbox_maps = texthash:${folder}/mailboxes
virtual_uid_maps = static:${NOBODY}
virtual_gid_maps = static:${NOBODY}
transport_maps = texthash:${folder}/transport
message_size_limit = 60000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_client_connection_rate_limit = 0
smtpd_recipient_restrictions = permit_mynetworks, reject
bounce_queue_lifetime = 1h
maillog_file = ${folder}/log
maillog_file_prefixes = ${folder}
`,
  );
  writeFileSync(
    join(folder, 'mailboxes'),
    `help@shop.example help/\nkim@example.com kim/\nlee@example.com lee/\ncomes-back@example.com back/\n`,
  );
  // Taken at the door, and returned later: what a bounce is.
  writeFileSync(join(folder, 'transport'), 'comes-back@example.com error:5.1.1 no such user here\n');
  const inner = [
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
  ];
  const plain = ['bounce', 'defer', 'trace'].map((name) => `${name} unix - - n - 0 bounce`);
  const rest = ['proxymap unix - - n - - proxymap', 'error unix - - n - - error', 'retry unix - - n - - error'];
  const ends = [
    'virtual unix - n n - - virtual',
    'anvil unix - - n - 1 anvil',
    'postlog unix-dgram n - n - 1 postlogd',
    'smtp unix - - n - - smtp',
  ];
  const lines = [`127.0.0.1:${port} inet n - n - - smtpd`, ...inner, ...plain, ...rest, ...ends];
  writeFileSync(join(folder, 'master.cf'), `${lines.join('\n')}\n`);
}

const idOf = (user: string) => Number(spawnSync('id', ['-u', user], { encoding: 'utf8' }).stdout);

async function startPostfix({ folder, port }: Place): Promise<ChildProcess> {
  const child = spawn('/usr/sbin/postfix', ['-c', folder, 'start-fg'], {
    detached: true,
    stdio: 'ignore',
  });
  await listening(port, () => readFileSync(join(folder, 'log'), 'utf8'));
  return child;
}

/** The whole group: dovecot's processes of open connections would live on for ten seconds. */
async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || !child.pid) return;
  const over = new Promise((done) => child.once('exit', done));
  process.kill(-child.pid, signal);
  await Promise.race([over, sleep(5_000)]);
}

async function listening(port: number, log: () => string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => done(true));
      socket.on('error', () => done(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return;
    await sleep(50);
  }
  throw new Error(`the mail server did not start: ${log().slice(-2_000)}`);
}
