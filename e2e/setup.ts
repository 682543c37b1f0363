import type { TestProject } from 'vitest/node';
import { startHaedap } from './haedap.ts';

declare module 'vitest' {
  interface ProvidedContext {
    haedap: { base: string; password: string };
  }
}

/** One Haedap for all screen tests of a run; or one that runs already, as `HAEDAP_SCREENS=http://…#password` says. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const [at, known] = (process.env.HAEDAP_SCREENS ?? '').split('#');
  if (at && known) {
    provide('haedap', { base: at, password: known });
    return async () => undefined;
  }
  const { base, password, stop } = await startHaedap();
  provide('haedap', { base, password });
  return stop;
}
