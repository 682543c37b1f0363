import { addUser, createKeyFor } from '#accounts/cli.ts';
import { type Break, type Verdict, verifyAudit } from '#platform/audit-verify.ts';
import { Fault, type Tell } from '#platform/fault.ts';
import type { Words } from '#platform/operation.ts';
import type { CliCommand } from './cli.ts';
import { type Company, openCompany } from './open-company.ts';
import { readOptions } from './options.ts';
import { progressBar, tellLine } from './progress.ts';
import { loadIntoEmpty } from './sample.ts';

const QUIET: Tell = () => undefined;
const json = { json: { type: 'boolean', default: false } } as const;
const list = (given: string | undefined): string[] | null => (given ? given.split(',').map((one) => one.trim()) : null);

/** Opens the company, beside a running Haedap or alone, for one piece of work. */
async function withCompany<T>(purpose: string, quiet: boolean, work: (company: Company) => Promise<T>): Promise<T> {
  const company = await openCompany({ purpose, tell: quiet ? QUIET : tellLine });
  try {
    return await work(company);
  } finally {
    await company.close();
  }
}

/** Prints a result: one JSON line for scripts, else the text for people. */
function print(asJson: boolean, result: object, text: string): void {
  process.stdout.write(asJson ? `${JSON.stringify(result)}\n` : `${text}\n`);
}

function required(given: string | undefined, option: string): string {
  if (given) return given;
  throw new Fault(
    'option_missing',
    { ko: `--${option}을(를) 적어 주세요.`, en: `--${option} is missing.` },
    { exitCode: 2 },
  );
}

/** `haedap migrate`: opening a company migrates it. */
export const migrateCommand: CliCommand = async (argv) => {
  const { values } = readOptions(argv, json);
  await withCompany('haedap migrate', values.json, async () => undefined);
  print(values.json, { ok: true }, '데이터베이스가 이 버전에 맞습니다. · The database is at this version.');
  return 0;
};

function positive(given: string, option: string): number {
  const value = Number(given);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Fault(
    'bad_option',
    { ko: `--${option} ${given}: 0보다 큰 수여야 합니다.`, en: `--${option} ${given}: must be a number above 0.` },
    { exitCode: 2 },
  );
}

/** `haedap sample`. Fault: `not_empty`, since nobody's data is ever overwritten. */
export const sampleCommand: CliCommand = async (argv) => {
  const { values } = readOptions(argv, {
    scale: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    ...json,
  });
  const scale = positive(values.scale, 'scale');
  const seed = positive(values.seed, 'seed');
  const onProgress = values.json ? () => undefined : progressBar({ ko: '예시 회사', en: 'Sample company' });
  const loaded = await withCompany('haedap sample', values.json, (company) =>
    loadIntoEmpty(company, { scale, seed, onProgress }),
  );
  if (!loaded) {
    throw new Fault('not_empty', {
      ko: '이 데이터 폴더에는 이미 회사가 있습니다. 빈 폴더를 HAEDAP_DATA로 지정하세요. 바뀐 것은 없습니다.',
      en: 'This data folder holds a company already. Name an empty one with HAEDAP_DATA. Nothing was changed.',
    });
  }
  const { describeLoaded } = await import('../../sample/load.ts');
  print(
    values.json,
    { ok: true, scale, seed },
    describeLoaded(loaded)
      .map((line) => `  ${line}`)
      .join('\n'),
  );
  return 0;
};

/** `haedap user add`. */
export const userAddCommand: CliCommand = async (argv) => {
  const { values } = readOptions(argv, {
    email: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
    malls: { type: 'string' },
    centres: { type: 'string' },
    partners: { type: 'string' },
    ...json,
  });
  const person = {
    email: required(values.email, 'email'),
    name: required(values.name, 'name'),
    role: required(values.role, 'role'),
    malls: list(values.malls),
    centres: list(values.centres),
    partners: list(values.partners),
  };
  const made = await withCompany('haedap user add', true, ({ database }) => addUser(database.write, person));
  print(values.json, made, `${made.email}\n첫 비밀번호 · first password: ${made.password}`);
  return 0;
};

/** `haedap key create`. */
export const keyCreateCommand: CliCommand = async (argv) => {
  const { values } = readOptions(argv, {
    email: { type: 'string' },
    name: { type: 'string', default: 'haedap key create' },
    ...json,
  });
  const email = required(values.email, 'email');
  const made = await withCompany('haedap key create', true, ({ database }) =>
    createKeyFor(database.write, email, { name: values.name }),
  );
  print(values.json, made, `${made.key}\n한 번만 보입니다. · Shown once.`);
  return 0;
};

const BROKEN: Record<Break['kind'], Words> = {
  changed: { ko: '기록이나 봉인의 내용이 바뀌었습니다', en: 'the record or its seal was changed' },
  removed: { ko: '기록이나 봉인이 지워졌습니다', en: 'a record or seal was removed' },
  inserted: { ko: '명령 없이 끼워 넣은 기록입니다', en: 'a record was inserted that no command wrote' },
  relinked: { ko: '앞의 봉인과 이어지지 않습니다', en: 'the seal does not continue the one before it' },
  backdated: { ko: '앞선 기록보다 지나치게 오래된 시각입니다', en: 'the record says it is older than those before it' },
  rewritten: {
    ko: '사슬 전체가 다시 쓰였습니다(audit-anchor와 다릅니다)',
    en: 'the whole chain was written anew (it differs from audit-anchor)',
  },
};

function verdictText({ checked, broken, sealedUntil, unsealed }: Verdict): string {
  const until = sealedUntil?.toISOString() ?? '-';
  if (!broken) {
    return `감사 기록 ${checked}건, 이상 없음 (봉인 ${until}까지, 봉인 전 ${unsealed}건) · ${checked} audit records, unbroken, sealed until ${until}, ${unsealed} not sealed yet`;
  }
  const { kind, seq, recordId, at, operation } = broken;
  const where = [seq && `#${seq}`, recordId, at, operation].filter(Boolean).join(' · ');
  return [
    `감사 기록이 어긋났습니다: ${BROKEN[kind].ko} · The audit chain is broken: ${BROKEN[kind].en}`,
    `  ${where}`,
    `  그 앞의 ${checked}건은 ${until}까지 이상 없음 · the ${checked} before it are whole, sealed until ${until}`,
  ].join('\n');
}

/** `haedap audit verify`: exit code 1 when the chain is broken. */
export const auditVerifyCommand: CliCommand = async (argv) => {
  const { values } = readOptions(argv, json);
  const verdict = await withCompany('haedap audit verify', values.json, ({ database, folder }) =>
    verifyAudit(database.read, { anchorFile: folder.file('audit-anchor') }),
  );
  print(values.json, verdict, verdictText(verdict));
  return verdict.ok ? 0 : 1;
};
