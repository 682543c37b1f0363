import type { CliCommand } from './cli.ts';

/** `haedap claims run`: the pure engine, without server or database. */
export const claimsRunCommand: CliCommand = async (argv) => {
  const { claimsRun } = await import('#claims/run.ts');
  return claimsRun(argv, { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr });
};
