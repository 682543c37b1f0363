import { createReadStream, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { readPolicy } from '#policies/rules/read-policy.ts';
import { isRefusal } from '#policies/rules/refusal.ts';
import { compareResults } from './rules/compare-results.ts';
import { type Options, type Played, playLine } from './rules/play.ts';

export type Io = { stdin: Readable; stdout: Writable; stderr: Writable };

const USAGE = `haedap claims run [CASES.jsonl | -] [--policy POLICY.json] [--explain [ko|en]] [--diff OTHER.jsonl]
Plays one case a line and prints one result a line. Without a file: standard input.
`;

type Arguments = { file: string | null; policy: string | null; explain: 'ko' | 'en' | null; diff: string | null };

/**
 * `claims run`: the engine without a server. No database, no clock, the same rules. Answers the exit code:
 * 0; 1 when `--diff` found differences; 2 when the command line is wrong.
 */
export async function claimsRun(argv: string[], io: Io): Promise<number> {
  const given = readArguments(argv);
  if (typeof given === 'string') return complain(io, given);
  const options: Options = given.explain ? { explain: given.explain } : {};
  if (given.policy) {
    const policy = await readJson(given.policy);
    if (policy === undefined) return complain(io, `no JSON in ${given.policy}`);
    const checked = readPolicy(policy);
    if (isRefusal(checked)) return complain(io, `${given.policy}: ${checked.text.ko} ${checked.text.en}`);
    options.policy = policy;
  }
  for (const file of [given.file, given.diff]) if (file && !isReadable(file)) return complain(io, `no file ${file}`);
  const input = given.file ? createReadStream(given.file, 'utf8') : io.stdin;
  return given.diff ? diff(input, given.diff, options, io) : print(input, options, io);
}

function readArguments(argv: readonly string[]): Arguments | string {
  const given: Arguments = { file: null, policy: null, explain: null, diff: null };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (word === '--policy' || word === '--diff') {
      const file = argv[++i];
      if (!file) return `${word} needs a file`;
      given[word === '--policy' ? 'policy' : 'diff'] = file;
    } else if (word === '--explain') {
      const language = argv[i + 1];
      given.explain = language === 'en' || language === 'ko' ? language : 'ko';
      if (given.explain === language) i++;
    } else if (word.startsWith('--explain=')) {
      given.explain = word.endsWith('=en') ? 'en' : 'ko';
    } else if (word === '--json') {
    } else if (word.startsWith('--')) return `unknown option ${word}`;
    else if (given.file) return `one file only, not ${word}`;
    else if (word !== '-') given.file = word;
  }
  return given;
}

function complain(io: Io, message: string): number {
  io.stderr.write(`${message}\n${USAGE}`);
  return 2;
}

/** A file or a pipe; a folder is neither. */
function isReadable(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isDirectory() === false;
}

/** JSON without the byte order mark that Windows writes before it. */
function parse(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''));
}

async function readJson(file: string): Promise<unknown> {
  try {
    return parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

async function* played(input: Readable, options: Options): AsyncGenerator<Played> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }))
    if (line.trim() !== '') yield playLine(line, options);
}

const CHUNK = 65_536;

async function print(input: Readable, options: Options, io: Io): Promise<number> {
  let buffer = '';
  for await (const result of played(input, options)) {
    buffer += `${JSON.stringify(result)}\n`;
    if (buffer.length < CHUNK) continue;
    if (!io.stdout.write(buffer)) await new Promise((resolve) => io.stdout.once('drain', resolve));
    buffer = '';
  }
  await new Promise<void>((resolve) => io.stdout.write(buffer, () => resolve()));
  return 0;
}

/** Results of another calculation by the id of their case; several of one id in their order. */
async function readResults(file: string, io: Io): Promise<Map<string, unknown[]>> {
  const results = new Map<string, unknown[]>();
  for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
    if (line.trim() === '') continue;
    try {
      const result = parse(line);
      const key = JSON.stringify((result as { id?: unknown } | null)?.id ?? null);
      results.set(key, [...(results.get(key) ?? []), result]);
    } catch {
      io.stderr.write(`no JSON in ${file}: ${line.slice(0, 60)}\n`);
    }
  }
  return results;
}

/** Prints where results differ from those of another calculation, matched by id, and how many. */
async function diff(input: Readable, other: string, options: Options, io: Io): Promise<number> {
  const theirs = await readResults(other, io);
  let cases = 0;
  let differing = 0;
  for await (const result of played(input, options)) {
    cases++;
    const found = theirs.get(JSON.stringify(result.id ?? null))?.splice(0, 1) ?? [];
    const differences =
      found.length > 0
        ? compareResults(JSON.parse(JSON.stringify(result)), found[0])
        : [{ path: '', ours: 'case', theirs: null }];
    if (differences.length === 0) continue;
    differing++;
    io.stdout.write(`${JSON.stringify({ id: result.id, differences })}\n`);
  }
  for (const [id, rows] of theirs)
    for (const _ of rows) {
      differing++;
      io.stdout.write(
        `${JSON.stringify({ id: JSON.parse(id), differences: [{ path: '', ours: null, theirs: 'case' }] })}\n`,
      );
    }
  io.stderr.write(`${cases} cases, ${differing} differ\n`);
  return differing === 0 ? 0 : 1;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await claimsRun(process.argv.slice(2), process);
}
