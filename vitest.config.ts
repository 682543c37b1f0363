import { defineConfig } from 'vitest/config';

/** Start, stop and kill the embedded cluster themselves, whatever database the others use: once is enough. */
const EMBEDDED_ONLY = ['src/app/kill.test.ts', 'src/app/start.test.ts', 'src/platform/postgres.test.ts'];

/**
 * Four suites. `units` needs nothing but Node: rules, values, pure platform parts.
 * `rooms` runs modules against a real PostgreSQL that `src/platform/testing-setup.ts` starts.
 * A test that needs the database is named `*.room.test.ts`, or is a room's `<room>.test.ts`.
 * `mail` needs dovecot and postfix as well.
 * `screens` drives the built web in Chromium.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'units',
          include: ['src/**/rules/**/*.test.ts', 'src/**/*.unit.test.ts', 'sample/**/*.unit.test.ts'],
          testTimeout: 30_000,
          // Pure rules share nothing that a test could leave behind; a process for each file would cost four times as much.
          isolate: false,
        },
      },
      {
        test: {
          name: 'rooms',
          include: ['src/**/*.test.ts', 'sample/**/*.test.ts'],
          exclude: [
            ...['src/**/rules/**', '**/*.unit.test.ts', '**/*.mail.test.ts', '**/node_modules/**'],
            ...(process.env.DATABASE_URL ? EMBEDDED_ONLY : []),
          ],
          globalSetup: ['src/platform/testing-setup.ts'],
          // A file has its own database; two files at once keep both cores busy. The default would be one.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'mail',
          include: ['src/**/*.mail.test.ts'],
          globalSetup: ['src/platform/testing-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'screens',
          include: ['e2e/**/*.spec.ts'],
          globalSetup: ['e2e/setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          // Two files at once, each with a Haedap of its own: while one waits for its page the other goes on.
          maxWorkers: 2,
        },
      },
    ],
  },
});
