import type { TestProject } from 'vitest/node';
import { startHaedap } from './haedap.ts';

declare module 'vitest' {
  interface ProvidedContext {
    haedap: { base: string; password: string };
  }
}

/** One Haedap for all screen tests of a run. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { base, password, stop } = await startHaedap();
  provide('haedap', { base, password });
  return stop;
}
