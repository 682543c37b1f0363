import { handle } from '#platform/context.ts';
import { notFound, Refusal } from '#platform/operation.ts';
import { tickets } from '#tickets/contract.ts';
import { requests } from '../contract.ts';
import { caseWords } from '../rules/case-words.ts';
import type { Answer, Kind, Question } from '../rules/kinds.ts';

/** Puts what was asked, said and answered on the case that the request hangs on; told twice, it stands there once. */
export const tellCase = handle(requests.operations.tellCase, async (ctx, { id }) => {
  const row = await ctx.scoped
    .selectFrom('partner_request')
    .select(['kind', 'question', 'ticket_id', 'partner_id'])
    .where('partner_request.id', '=', id)
    .executeTakeFirst();
  if (!row) return notFound();
  if (!row.ticket_id) return { told: 0 };
  const thread = await ctx.scoped
    .selectFrom('partner_request_message')
    .selectAll()
    .where('request_id', '=', id)
    .orderBy('created_at', 'desc')
    .limit(MOST)
    .execute();
  const said = thread.reverse().flatMap((entry) => {
    const { answer, to } = entry.facts as { answer?: Answer; to?: string };
    const words = caseWords(row.kind as Kind, row.question as Question, { ...entry, text: entry.body, answer, to });
    if (words === null) return [];
    return [{ id: entry.id, author: entry.author_name, text: words, at: entry.created_at.toISOString() }];
  });
  const told = await ctx.call(tickets.operations.tellThread, { id: row.ticket_id, partner: row.partner_id, said });
  return told instanceof Refusal ? told : { told: told.added };
});

const MOST = 200;
