import { orders } from '#orders/contract.ts';
import { type CommandContext, handle } from '#platform/context.ts';
import { notFound, Refusal, refuse } from '#platform/operation.ts';
import { requests } from '../contract.ts';
import { type Answer, type Kind, whyNoAnswer } from '../rules/kinds.ts';
import { addToThread, type LockedRequest, lockRequest, saveRequest, scopeOf, sideOf } from './request-store.ts';

/**
 * Keeps an answer; the asker's screen hears of it at once. From the desk it is what the contact said on the phone.
 * About a change of an order it is the change's answer too, in the same transaction. Refuses `not_open`,
 * `choice_unknown`, `field_missing`, `field_unknown`, and what `orders.answerChange` refuses.
 */
export const answerRequest = handle(requests.operations.answer, async (ctx, { id, version, answer }) => {
  const row = await lockRequest(ctx, id);
  if (!row) return notFound();
  if (version !== undefined && version !== row.version) return refuse('stale_version', { version: row.version });
  if (row.state !== 'open') return refuse('not_open', {});
  const wrong = whyNoAnswer(row.kind as Kind, answer);
  if (wrong?.code === 'choice_unknown') return refuse('choice_unknown', {});
  if (wrong) return refuse(wrong.code, { field: wrong.field });
  const change = await answerOfChange(ctx, row, answer);
  if (change instanceof Refusal) return change;
  const saved = await saveRequest(ctx, row, {
    state: 'answered',
    answer,
    answered_by: ctx.actor.name,
    by_phone: sideOf(ctx.actor) === 'agent',
    answered_at: ctx.now,
    seen_at: ctx.actor.id === row.asked_by ? ctx.now : null,
  });
  await addToThread(ctx, id, { kind: 'answered', text: answer.note, answer });
  ctx.record('requests.answered', id, {
    before: { state: row.state },
    after: { state: 'answered', choice: answer.choice },
    scope: scopeOf(row),
    data: { kind: row.kind, choice: answer.choice, askedBy: row.asked_by },
  });
  return saved;
});

async function answerOfChange(ctx: CommandContext, row: LockedRequest, { choice, note }: Answer) {
  if (!row.change_id || !row.change_who) return null;
  const more = typeof note === 'string' ? { note } : {};
  const input = { change: row.change_id, who: row.change_who, yes: choice === 'confirmed', ...more };
  return ctx.call(orders.operations.answerChange, input);
}
