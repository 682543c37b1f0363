import { type CommandContext, handle, type QueryContext } from '#platform/context.ts';
import { notFound, type Output, refuse } from '#platform/operation.ts';
import { tickets } from '../contract.ts';
import { merged } from '../rules/merge.ts';
import { takeBack } from './take-back.ts';
import { tellTicket } from './tell-ticket.ts';
import { changeOf, workedOf } from './ticket-state.ts';
import { findAgain, type LockedTicket, lockAlone, lockTicket, readAlone, saveTicket, scopeOf } from './ticket-store.ts';
import { familyOf, talkOn } from './ticket-talk.ts';

type Preview = Output<typeof tickets.operations.mergePreview>;
type Asked = { id: string; into?: string | undefined; number?: number | undefined };

async function idOf(ctx: QueryContext, { into, number }: Asked): Promise<string | undefined> {
  if (into) return into;
  if (!number) return undefined;
  const row = await ctx.scoped
    .selectFrom('ticket')
    .select('ticket.id')
    .where('ticket.number', '=', number)
    .executeTakeFirst();
  return row?.id;
}

/** Why these two cannot become one. */
function hindrance(from: LockedTicket, into: LockedTicket | undefined) {
  if (!into) return refuse('no_other', {});
  if (from.id === into.id || from.merged_into !== null) return refuse('same_ticket', {});
  return from.customer_id === into.customer_id ? null : refuse('other_customer', {});
}

async function both(ctx: QueryContext, from: LockedTicket, into: LockedTicket) {
  const families = [await familyOf(ctx, into.id), await familyOf(ctx, from.id)] as const;
  const talk = await talkOn(ctx, families.flat());
  return { ...merged(workedOf(into), workedOf(from), ctx.now.getTime(), talk), families };
}

export const previewMerge = handle(tickets.operations.mergePreview, async (ctx, asked) => {
  const from = await readAlone(ctx, asked.id);
  if (!from) return notFound();
  const other = await idOf(ctx, asked);
  let into = other ? await readAlone(ctx, other) : undefined;
  while (into?.merged_into) into = await readAlone(ctx, into.merged_into);
  const no = hindrance(from, into);
  if (no || !into) return no ?? notFound();
  const made = await both(ctx, from, into);
  const messages = async (family: readonly string[]) => (await talkOn(ctx, family)).length;
  const { status, priority, tags, waitingSince } = made.into;
  return {
    into: { id: into.id, number: into.number, subject: into.subject },
    moves: await messages(made.families[1]),
    total: await messages(made.families.flat()),
    status,
    priority: priority as Preview['priority'],
    tags: [...tags],
    waitingSince: waitingSince === null ? null : new Date(waitingSince),
  };
});

/** One matter goes on on one ticket; nothing is moved, so that it can be taken back exactly. */
export const mergeTickets = handle(tickets.operations.merge, async (ctx, asked) => {
  const from = await lockAlone(ctx, asked.id);
  if (!from) return notFound();
  const other = await idOf(ctx, asked);
  const into = other ? await lockTicket(ctx, other) : undefined;
  const no = hindrance(from, into);
  if (no || !into) return no ?? notFound();
  const made = await both(ctx, from, into);
  await saveTicket(ctx, from, { ...changeOf(made.from), merged_into: into.id }, 'merged', into.id);
  // Kept also where nothing differs: what takes the merge back finds it here.
  const version = await saveTicket(ctx, into, changeOf(made.into), 'merged_in', from.id);
  await findAgain(ctx, into);
  await tellTicket(ctx, into, 'tickets.merged_in', { after: { from: from.number }, data: { version, from: from.id } });
  ctx.record('tickets.merged', from.id, {
    after: { into: into.number },
    scope: scopeOf(from),
    data: { into: into.id },
  });
  return { version };
});

/** The ticket is what it was before the merge; what was done with the other one since then stays there. */
export const unmergeTicket = handle(tickets.operations.unmerge, async (ctx, { id }) => {
  const from = await lockAlone(ctx, id);
  if (!from) return notFound();
  if (!from.merged_into) return refuse('not_merged', {});
  const into = await lockAlone(ctx, from.merged_into);
  if (!into) return notFound();
  await ctx.scoped.updateTable('ticket').set({ merged_into: null }).where('ticket.id', '=', id).execute();
  const version = await undo(ctx, { ...from, merged_into: null }, 'merged', into.id);
  await undo(ctx, into, 'merged_in', from.id);
  await findAgain(ctx, into);
  ctx.record('tickets.unmerged', from.id, { after: { from: into.number }, scope: scopeOf(from) });
  return { version };
});

/** Takes back what the newest merge of the two made of one of them. */
async function undo(ctx: CommandContext, ticket: LockedTicket, event: string, other: string): Promise<number> {
  const change = await ctx.scoped
    .selectFrom('ticket_change')
    .select(['ticket_change.version', 'before', 'after'])
    .where('ticket_change.ticket_id', '=', ticket.id)
    .where('event', '=', event)
    .where('other_id', '=', other)
    .where('undone_by', 'is', null)
    .orderBy('ticket_change.version', 'desc')
    .executeTakeFirst();
  return (change && (await takeBack(ctx, ticket, change, true))) ?? ticket.version;
}
