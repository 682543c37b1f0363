import { describeFault, Fault } from '#platform/fault.ts';
import type { Words } from '#platform/operation.ts';

/** A command of `npx haedap`: takes what stands behind its name and answers the exit code. */
export type CliCommand = (argv: string[]) => Promise<number>;

type Entry = { usage: string; words: Words; load: () => Promise<CliCommand> };

const COMMANDS: Record<string, Entry> = {
  start: {
    usage: '[--port 3000] [--host 127.0.0.1] [--no-sample] [--no-simulator]',
    words: { ko: 'Haedap을 시작합니다', en: 'Start Haedap' },
    load: async () => (await import('./start.ts')).startCommand,
  },
  migrate: {
    usage: '[--json]',
    words: { ko: '데이터베이스를 이 버전에 맞춥니다', en: 'Bring the database to this version' },
    load: async () => (await import('./maintenance.ts')).migrateCommand,
  },
  sample: {
    usage: '[--scale 1] [--seed 1] [--json]',
    words: { ko: '빈 데이터 폴더에 예시 회사를 만듭니다', en: 'Load the sample company into an empty data folder' },
    load: async () => (await import('./maintenance.ts')).sampleCommand,
  },
  'user add': {
    usage: '--email E --name N --role R [--malls a,b] [--centres a] [--partners id] [--json]',
    words: { ko: '사용자를 추가합니다', en: 'Add a person' },
    load: async () => (await import('./maintenance.ts')).userAddCommand,
  },
  'key create': {
    usage: '--email E [--name N] [--json]',
    words: { ko: 'API 키를 만듭니다 (한 번만 보입니다)', en: 'Create an API key (shown once)' },
    load: async () => (await import('./maintenance.ts')).keyCreateCommand,
  },
  'audit verify': {
    usage: '[--json]',
    words: { ko: '감사 기록의 사슬을 검사합니다', en: 'Check the chain of audit records' },
    load: async () => (await import('./maintenance.ts')).auditVerifyCommand,
  },
  'orders check': {
    usage: '[--json]',
    words: {
      ko: '주문을 이벤트로 다시 만들어 표와 비교합니다',
      en: 'Rebuild orders from their events and compare with the tables',
    },
    load: async () => (await import('./orders-check.ts')).ordersCheckCommand,
  },
  doctor: {
    usage: '[--json]',
    words: { ko: '환경을 점검하고 할 일을 알려 줍니다', en: 'Check the environment and say what to do' },
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  'claims run': {
    usage: 'CASES.jsonl [--policy FILE] [--explain] [--diff OTHER.jsonl]',
    words: {
      ko: '클레임 엔진으로 사례를 계산합니다 (서버 없이)',
      en: 'Play cases through the claim engine (no server)',
    },
    load: async () => (await import('./claims-run.ts')).claimsRunCommand,
  },
  'orders import': {
    usage: 'FILE [--mall M] [--state S] [--password-stdin] [--dry-run] [--json]',
    words: { ko: '몰의 주문 파일을 확인하고 등록합니다', en: "Check and import a mall's order file" },
    load: async () => (await import('./orders-import.ts')).ordersImportCommand,
  },
  call: {
    usage: "OPERATION ['{...}' | --field value ...] [--key IDEMPOTENCY-KEY] [--json]",
    words: { ko: '기능 하나를 실행합니다', en: 'Run one operation' },
    load: async () => (await import('./call.ts')).callCommand,
  },
  operations: {
    usage: '[--json]',
    words: { ko: '모든 기능을 보여 줍니다', en: 'List all operations' },
    load: async () => (await import('./call.ts')).operationsCommand,
  },
};

function help(): string {
  const rows = Object.entries(COMMANDS).map(
    ([name, { usage, words }]) => `  haedap ${name} ${usage}\n      ${words.ko} · ${words.en}`,
  );
  return `Haedap (해답)\n\n${rows.join('\n')}\n`;
}

/** Runs the command that `argv` names; an unknown one is told with the list of those that exist. Answers the exit code. */
export async function cli(argv: string[]): Promise<number> {
  const name = [argv.slice(0, 2).join(' '), argv[0] ?? ''].find((known) => known in COMMANDS);
  const entry = name === undefined ? undefined : COMMANDS[name];
  if (!entry || name === undefined) {
    const asked = argv.length === 0 || argv[0] === 'help' || argv[0] === '--help';
    const out = asked ? process.stdout : process.stderr;
    if (!asked) out.write(`'${argv.join(' ')}' 명령이 없습니다. · There is no such command.\n\n`);
    out.write(help());
    return asked ? 0 : 2;
  }
  try {
    return await (await entry.load())(argv.slice(name.split(' ').length));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    process.stderr.write(`${describeFault(error)}\n`);
    return error.exitCode;
  }
}

if (import.meta.main) process.exitCode = await cli(process.argv.slice(2));
