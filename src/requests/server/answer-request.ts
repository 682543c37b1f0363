import { handle } from '#platform/context.ts';
import { notFound, refuse } from '#platform/operation.ts';
import { requests } from '../contract.ts';
import { type Kind, whyNoAnswer } from '../rules/kinds.ts';
import { addToThread, lockRequest, saveRequest, scopeOf, sideOf } from './request-store.ts';

/**
 * Keeps an answer; the asker's screen hears of it at once. From the desk it is what the contact said on the phone.
 * Refuses `not_open`, `choice_unknown`, `field_missing`, `field_unknown`.
 */
export const answerRequest = handle(requests.operations.answer, async (ctx, { id, version, answer }) => {
  const row = await lockRequest(ctx, id);
  if (!row) return notFound();
  if (version !== undefined && version !== row.version) return refuse('stale_version', { version: row.version });
  if (row.state !== 'open') return refuse('not_open', {});
  const wrong = whyNoAnswer(row.kind as Kind, answer);
  if (wrong?.code === 'choice_unknown') return refuse('choice_unknown', {});
  if (wrong) return refuse(wrong.code, { field: wrong.field });
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
