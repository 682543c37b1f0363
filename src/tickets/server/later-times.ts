import { handle } from '#platform/context.ts';
import { tickets } from '../contract.ts';
import { laterTimes } from '../rules/later.ts';

export const listLaterTimes = handle(tickets.operations.laterTimes, async ({ now }) => ({
  items: laterTimes(now.getTime()).map(([name, at]) => ({ name, at: new Date(at) })),
}));
