import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { errorCode, Fault } from '#platform/fault.ts';

/** Reads a command's options; `--no-x` turns a boolean off. Fault: `unknown_option`, exit code 2. */
export function readOptions<T extends ParseArgsOptionsConfig>(argv: string[], options: T, positionals = false) {
  try {
    return parseArgs({ args: argv, options, strict: true, allowNegative: true, allowPositionals: positionals });
  } catch (error) {
    if (!errorCode(error).startsWith('ERR_PARSE_ARGS')) throw error;
    const known = Object.keys(options).map((name) => `--${name}`);
    throw badOption(error instanceof Error ? error.message.split('. To specify')[0]! : '', known.join(' '));
  }
}

function badOption(why: string, known: string): Fault {
  return new Fault(
    'unknown_option',
    {
      ko: `옵션이 잘못되었습니다: ${why}\n쓸 수 있는 옵션: ${known}. 바뀐 것은 없습니다.`,
      en: `That option is wrong: ${why}\nOptions of this command: ${known}. Nothing was changed.`,
    },
    { exitCode: 2 },
  );
}

/** A port, 0–65535 (0: any free one). Fault: `unknown_option`. */
export function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw badOption(`--port ${text}`, '--port 0 … 65535');
}
