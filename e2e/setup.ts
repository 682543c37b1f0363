import type { TestProject } from 'vitest/node';
import { ensureWeb } from '../src/app/web-build.ts';
import { ROOT, type Running, startHaedap } from './haedap.ts';

type Company = Pick<Running, 'base' | 'password' | 'data'>;

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker: files that run at once never see each other's people, tickets and settings. */
    haedaps: Company[];
  }
}

/** A Haedap for each worker of a run; or one that runs already, as `HAEDAP_SCREENS=http://…#password#data-folder` says. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [base, password, data = ''] = (process.env.HAEDAP_SCREENS ?? '').split('#');
  if (base && password) {
    project.provide('haedaps', [{ base, password, data }]);
    return async () => undefined;
  }
  await ensureWeb(ROOT);
  const running = await Promise.all(Array.from({ length: project.config.maxWorkers }, startHaedap));
  project.provide(
    'haedaps',
    running.map(({ base, password, data }) => ({ base, password, data })),
  );
  return async () => {
    await Promise.all(running.map(({ stop }) => stop()));
  };
}
