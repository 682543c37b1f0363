import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import { back, backAndPaid, delivered, type Loose, o1, timed, u } from './rules/fixtures.ts';
import { claimsRun } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'claims-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function run(argv: string[], input = '') {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const [out, err] = [text(stdout), text(stderr)];
  const code = await claimsRun(argv, { stdin: Readable.from([input]), stdout, stderr });
  stdout.end();
  stderr.end();
  const rows = (await out).split('\n').filter((row) => row !== '');
  return { code, rows: rows.map((row): Loose => JSON.parse(row)), err: await err };
}

const e5 = (id: unknown) =>
  JSON.stringify({ id, order: o1(), commands: timed([delivered, back([u('A', 1)], 'BUYER'), ...backAndPaid()]) });

const refundOf = ({ rows }: { rows: Loose[] }, at = 0) => rows[at]!.books.refunded;

test('cases come from a file or from standard input, one result a line, and a bad line stops nothing', async () => {
  const cases = `\uFEFF${e5('a')}\r\n\nnonsense\n{"id":"b","order":{}}\n${e5('c')}`;
  const fromFile = await run([file('cases.jsonl', cases)]);
  expect(fromFile.code).toBe(0);
  expect(fromFile.rows.map(({ id, refusal }) => [id, refusal?.code])).toEqual([
    ['a', undefined],
    [null, 'bad_input'],
    ['b', 'bad_input'],
    ['c', undefined],
  ]);
  expect(refundOf(fromFile, 3)).toEqual({ t1: 1_669, t2: 21_894 });
  for (const argv of [[], ['-']]) expect((await run(argv, cases)).rows).toEqual(fromFile.rows);
});

test('--policy lies under the cases, and one that is none is told with its field in both languages', async () => {
  const cashFirst = file('policy.json', '\uFEFF{"tenderMode":"CASH_FIRST"}');
  expect(refundOf(await run(['--policy', cashFirst], e5(1)))).toEqual({ t2: 23_563 });
  const own = JSON.stringify({ ...JSON.parse(e5(1)), policy: { tenderMode: 'PROPORTIONAL' } });
  expect(refundOf(await run(['--policy', cashFirst], own))).toEqual({ t1: 1_669, t2: 21_894 });
  const wrong = await run(['--policy', file('wrong.json', '{"colour":1}')], e5(1));
  expect([wrong.code, wrong.rows]).toEqual([2, []]);
  expect(wrong.err).toMatch(/형식.*policy\.colour.*not well formed/);
});

test('--explain gives each figure its rule in Korean, or in English', async () => {
  for (const [argv, words] of [
    [['--explain'], '환불액'],
    [['--explain', 'en'], 'refund'],
  ] as const) {
    const { explain, quote } = (await run([...argv], e5(1))).rows[0]!.steps.at(-1);
    expect(explain).toContainEqual(expect.objectContaining({ figure: 'refund', won: 23_563, rule: 'M6', text: words }));
    for (const [figure, won] of Object.entries(quote))
      if (typeof won === 'number' && won !== 0) expect(explain.map((row: Loose) => row.figure)).toContain(figure);
  }
});

test('--diff tells where results differ, which cases one side lacks, and is 0 only when nothing does', async () => {
  const cases = [e5('a'), e5('b'), e5('b')].join('\n');
  const results = (await run([], cases)).rows.map((row) => JSON.stringify(row));
  const same = await run(['--diff', file('same.jsonl', results.join('\n'))], cases);
  expect([same.code, same.rows, same.err]).toEqual([0, [], '3 cases, 0 differ\n']);
  const [a, b] = results as [string, string];
  const others = [a.replace('"fees":3000', '"fees":2000'), b, '{', '{"id":"z"}'].join('\n');
  const other = await run([`--diff`, file('other.jsonl', others)], cases);
  expect(other.code).toBe(1);
  expect(other.rows).toEqual([
    { id: 'a', differences: [{ path: 'books.fees', ours: 3_000, theirs: 2_000 }] },
    { id: 'b', differences: [{ path: '', ours: 'case', theirs: null }] },
    { id: 'z', differences: [{ path: '', ours: null, theirs: 'case' }] },
  ]);
  expect(other.err).toMatch(/^no JSON in .*: \{\n3 cases, 3 differ\n$/);
});

test('a command line that is wrong says what is wrong and how it is written', async () => {
  for (const [argv, message] of [
    [['--nope'], 'unknown option --nope'],
    [['--policy'], '--policy needs a file'],
    [['--diff', join(folder, 'none')], 'no file'],
    [[folder], 'no file'],
    [['--diff', folder], 'no file'],
    [['--policy', file('half.json', '[1')], 'no JSON in'],
    [['a', 'b'], 'one file only, not b'],
  ] as const) {
    const { code, rows, err } = await run([...argv], e5(1));
    expect([code, rows]).toEqual([2, []]);
    expect(err).toContain(message);
    expect(err).toContain('haedap claims run');
  }
});
