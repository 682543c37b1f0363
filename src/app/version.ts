import { readFileSync } from 'node:fs';

const { version: written } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Haedap's version, as `package.json` has it. */
export const version: string = written;
