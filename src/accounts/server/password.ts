import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);
/** OWASP's first choice for argon2id: 19 MiB, two passes; 50–65 ms on a small server. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

const bare = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

/** Hashes a password as a PHC string, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, in the thread pool. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await derive('argon2id', { ...COST, message: password.normalize('NFKC'), nonce });
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${bare(nonce)}$${bare(hash)}`;
}

/** Whether a password is the one of `hash`; a hash that is none of ours fits nothing. */
export async function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [, kind, , cost, salt, tag] = hash.split('$');
  const parsed = /^m=(\d+),t=(\d+),p=(\d+)$/.exec(cost ?? '');
  if (kind !== 'argon2id' || !parsed || !salt || !tag) return false;
  const expected = Buffer.from(tag, 'base64');
  const found = await derive('argon2id', {
    message: password.normalize('NFKC'),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(parsed[1]),
    passes: Number(parsed[2]),
    parallelism: Number(parsed[3]),
    tagLength: expected.length,
  });
  return timingSafeEqual(found, expected);
}
