import { handle } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { before } from '#platform/keyset-sql.ts';
import { notFound, type Output, refuse } from '#platform/operation.ts';
import { newId } from '#platform/values.ts';
import { ticketPlace, ticketsShown } from '#tickets/server/read.ts';
import { templates } from '../contract.ts';
import { createTemplate, folderKnown } from './template-store.ts';
import { wrongIn } from './write-template.ts';

type Proposal = Output<typeof templates.operations.listProposals>['items'][number];

/** What was said on a case that was handled well, for others to use. */
export const proposeTemplate = handle(templates.operations.propose, async (ctx, input) => {
  const ticket = await ticketPlace(ctx, input.ticket);
  if (!ticket) return notFound();
  const wrong = wrongIn(input.body);
  if (wrong) return wrong;
  const id = newId();
  await ctx.scoped
    .insertInto('template_proposal')
    .values({
      ...{ id, ticket_id: ticket.id, mall: ticket.mall, centre: ticket.centre, state: 'open' },
      ...{ title: input.title, body: input.body, reason: input.reason ?? null },
      ...{ proposed_by: ctx.actor.id, proposed_by_name: ctx.actor.name, created_at: ctx.now },
    })
    .execute();
  ctx.record('templates.proposed', id, {
    after: { title: input.title, ticket: ticket.id },
    scope: { mall: ticket.mall, centre: ticket.centre },
  });
  return { id };
});

export const listProposals = handle(templates.operations.listProposals, async (ctx, { state, cursor, limit }) => {
  const seen = cursorValues(cursor, 2);
  const rows = await ctx.scoped
    .selectFrom('template_proposal')
    .selectAll('template_proposal')
    .$if(state !== undefined, (q) => q.where('template_proposal.state', state === 'open' ? '=' : '<>', 'open'))
    .$if(seen !== null, (q) => q.where(before(['template_proposal.created_at', 'template_proposal.id'], seen ?? [])))
    .orderBy('template_proposal.created_at', 'desc')
    .orderBy('template_proposal.id', 'desc')
    .limit(limit + 1)
    .execute();
  const known = await ticketsShown(ctx, [...new Set(rows.map(({ ticket_id: id }) => id))]);
  return pageOf(
    rows,
    limit,
    (row) => ({
      ...{ id: row.id, title: row.title, body: row.body, reason: row.reason, state: row.state as Proposal['state'] },
      ticket: { id: row.ticket_id, number: known.get(row.ticket_id)?.number ?? null },
      ...{ proposedBy: row.proposed_by_name, proposedAt: row.created_at },
      ...{ decidedBy: row.decided_by_name, decision: row.decision, template: row.template_id },
    }),
    (row) => [row.created_at, row.id],
  );
});

/** It becomes a template of its mall, as it was proposed or as the manager words it. */
export const acceptProposal = handle(templates.operations.accept, async (ctx, { id, folder, ...words }) => {
  const row = await lockProposal(ctx, id);
  if (!row) return notFound();
  if (row.state !== 'open') return refuse('decided', {});
  const title = words.title ?? row.title;
  const body = words.body ?? row.body;
  const wrong = wrongIn(body);
  if (wrong) return wrong;
  if (!(await folderKnown(ctx, folder))) return refuse('folder_unknown', {});
  const template = await createTemplate(ctx, {
    ...{ folder, title, body, channels: null, malls: [row.mall], codes: [] },
    ...{ note: row.reason ?? undefined, fromTicket: row.ticket_id },
  });
  await decide(ctx, id, { state: 'accepted', template_id: template });
  ctx.record('templates.written', template, { after: { title, version: 1, proposal: id } });
  ctx.record('templates.accepted', id, { after: { template }, scope: { mall: row.mall, centre: row.centre } });
  return { template };
});

export const declineProposal = handle(templates.operations.decline, async (ctx, { id, reason }) => {
  const row = await lockProposal(ctx, id);
  if (!row) return notFound();
  if (row.state !== 'open') return refuse('decided', {});
  await decide(ctx, id, { state: 'declined', decision: reason });
  ctx.record('templates.declined', id, { after: { reason }, scope: { mall: row.mall, centre: row.centre } });
  return { state: 'declined' as const };
});

type Ctx = Parameters<typeof acceptProposal.run>[0];

const lockProposal = (ctx: Ctx, id: string) =>
  ctx.scoped
    .selectFrom('template_proposal')
    .selectAll('template_proposal')
    .where('template_proposal.id', '=', id)
    .forUpdate()
    .executeTakeFirst();

const decide = (ctx: Ctx, id: string, change: { state: string; template_id?: string; decision?: string }) =>
  ctx.scoped
    .updateTable('template_proposal')
    .set({ ...change, decided_at: ctx.now, decided_by_name: ctx.actor.name })
    .where('template_proposal.id', '=', id)
    .execute();
