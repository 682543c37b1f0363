import type { CommandContext } from '#platform/context.ts';
import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { transfers } from '../contract.ts';
import { type Move, move, STATES, type State } from '../rules/transfer.ts';
import { addEntry, lockTransfer, receivesIt, recordTo, saveTransfer, sentIt } from './transfer-store.ts';

type On = { id: string; version?: number | undefined };

/** Makes one move of a transfer, with its entry in the thread and its event. */
async function make(ctx: CommandContext, { id, version }: On, step: Move, text?: string) {
  const row = await lockTransfer(ctx, id);
  if (!row) return notFound();
  if (version !== undefined && version !== row.version) return refuse('stale_version', { version: row.version });
  const who = { isReceiver: receivesIt(ctx.actor, row), isSender: sentIt(ctx.actor, row) };
  const next = move({ state: row.state as State, ...who }, step);
  if (!isState(next)) return refuse(next, {});
  const over = next !== 'accepted';
  const saved = await saveTransfer(ctx, row, {
    state: next,
    ended_at: over ? ctx.now : null,
    ...(next === 'accepted'
      ? { accepted_by: ctx.actor.id, accepted_by_name: ctx.actor.name, accepted_at: ctx.now }
      : {}),
  });
  await addEntry(ctx, id, { kind: next, side: step === 'withdraw' ? 'sender' : 'receiver', text });
  recordTo(ctx, `transfers.${next}`, id, row, { before: { state: row.state }, after: { state: next } });
  return saved;
}

const isState = (next: string): next is State => (STATES as readonly string[]).includes(next);

/** A team that accepts has the case from now on. */
export const acceptTransfer = handle(transfers.operations.accept, (ctx, input) => make(ctx, input, 'accept'));
export const answerTransfer = handle(transfers.operations.answer, (ctx, { text, ...on }) =>
  make(ctx, on, 'answer', text),
);
/** With a reason; a case that was accepted goes back to whoever had it. */
export const sendBack = handle(transfers.operations.sendBack, (ctx, { reason, ...on }) =>
  make(ctx, on, 'sendBack', reason),
);
export const withdrawTransfer = handle(transfers.operations.withdraw, (ctx, { text, ...on }) =>
  make(ctx, on, 'withdraw', text),
);

/** A word in between, of either side. */
export const sayOnTransfer = handle(transfers.operations.say, async (ctx, { id, text }) => {
  const row = await lockTransfer(ctx, id);
  if (!row) return notFound();
  const messageId = await addEntry(ctx, id, {
    kind: 'said',
    side: receivesIt(ctx.actor, row) ? 'receiver' : 'sender',
    text,
  });
  await saveTransfer(ctx, row, {});
  recordTo(ctx, 'transfers.said', id, row, { after: { message: messageId } });
  return { messageId };
});

/** A manager has looked at a case that was transferred for the third time. */
export const acknowledge = handle(transfers.operations.acknowledge, async (ctx, { id }) => {
  const row = await lockTransfer(ctx, id);
  if (!row) return notFound();
  if (row.acknowledged_by !== null) return { acknowledged: false };
  await saveTransfer(ctx, row, { acknowledged_by: ctx.actor.name });
  recordTo(ctx, 'transfers.acknowledged', id, row, { after: { by: ctx.actor.id, nth: row.nth } });
  return { acknowledged: true };
});
