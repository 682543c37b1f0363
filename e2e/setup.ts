import type { TestProject } from 'vitest/node';
import { startHaedap } from './haedap.ts';

declare module 'vitest' {
  interface ProvidedContext {
    haedap: { base: string; password: string; data: string };
  }
}

/** One Haedap for all screen tests of a run; or one that runs already, as `HAEDAP_SCREENS=http://…#password#data-folder` says. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const [at, known, folder = ''] = (process.env.HAEDAP_SCREENS ?? '').split('#');
  if (at && known) {
    provide('haedap', { base: at, password: known, data: folder });
    return async () => undefined;
  }
  const { base, password, data, stop } = await startHaedap();
  provide('haedap', { base, password, data });
  return stop;
}
