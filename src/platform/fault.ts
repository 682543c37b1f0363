import type { Words } from './operation.ts';

/**
 * Something outside the program that stops it: a port, a folder, a database. It carries one message in plain words
 * with what to do. Whoever starts a command prints `describeFault` and ends with `exitCode`.
 */
export class Fault extends Error {
  readonly code: string;
  readonly words: Words;
  readonly exitCode: number;

  constructor(code: string, words: Words, options: { cause?: unknown; exitCode?: number } = {}) {
    super(words.en, { cause: options.cause });
    this.name = 'Fault';
    this.code = code;
    this.words = words;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Progress for the person at the terminal: what is being done, or what was repaired. */
export type Tell = (line: Words) => void;

/** The fault as people read it: Korean, then English, then its code. */
export const describeFault = (fault: Fault): string => `${fault.words.ko}\n${fault.words.en}\n(${fault.code})`;

/** The `code` of a system or database error (`ENOSPC`, `53100`), or an empty text. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** No room left on the disk: nothing was changed. */
export const diskFull = (path: string, cause?: unknown): Fault =>
  new Fault(
    'disk_full',
    {
      ko: `디스크에 남은 공간이 없습니다: ${path}. 공간을 비우거나 HAEDAP_DATA로 다른 디스크의 폴더를 지정한 뒤 다시 시작하세요. 바뀐 것은 없습니다.`,
      en: `No space is left on the disk of ${path}. Free some, or name a folder on another disk with HAEDAP_DATA, and start again. Nothing was changed.`,
    },
    { cause },
  );
