import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { launches } from '../contract.ts';
import { addMark, readinessOf } from './readiness-store.ts';

/** Ticks what only people can say, or takes it back with a reason; what is so already is not recorded twice. */
export const markItem = handle(launches.operations.mark, async (ctx, { mall, item, done, note }) => {
  const before = await readinessOf(ctx, mall);
  if (!before) return notFound();
  if (!done && note === null) return refuse('reason_missing', {});
  const was = before.items.find((one) => one.item === item)?.ok ?? false;
  if (was === done) return { done };
  await addMark(ctx, { mall, item, done, note });
  ctx.record('launches.marked', mall, {
    ...{ before: { item, done: was }, after: { item, done, note } },
    ...{ scope: { mall }, data: { item, done } },
  });
  return { done };
});

/** Opens a mall when its list says so, confirms that it is open, or takes it back with a reason. */
export const setOpening = handle(launches.operations.setOpening, async (ctx, { mall, open, note }) => {
  const before = await readinessOf(ctx, mall);
  if (!before) return notFound();
  const lacking = before.of - before.done;
  if (open && lacking > 0) return refuse('not_ready', { lacking });
  if (!open && note === null) return refuse('reason_missing', {});
  if (!open && !before.opening) return { open };
  await addMark(ctx, { mall, item: 'opening', done: open, note });
  ctx.record(open ? 'launches.opened' : 'launches.closed', mall, {
    ...{ before: { state: before.state }, after: { open, note } },
    ...{ scope: { mall }, data: { open } },
  });
  return { open };
});
