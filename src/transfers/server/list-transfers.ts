import { type Expression, type SqlBool, sql } from 'kysely';
import { handle, type QueryContext } from '#platform/context.ts';
import { cursorValues, pageOf } from '#platform/keyset.ts';
import { after, before } from '#platform/keyset-sql.ts';
import { type Actor, type Input, notFound, type Output } from '#platform/operation.ts';
import { ticketsShown } from '#tickets/server/read.ts';
import { transfers } from '../contract.ts';
import { ALARMING, DEPARTMENT_ROLES, TEAM_ROLES } from '../rules/transfer.ts';
import { type LockedTransfer, receivesIt, threadOf } from './transfer-store.ts';

type Asked = Input<typeof transfers.operations.list>;
type Row = Output<typeof transfers.operations.list>['items'][number];
type Entry = Output<typeof transfers.operations.get>['thread'][number];

const LIVE = ['todo', 'live', 'overdue'];
const isLive = ({ view }: Asked) => view !== undefined && LIVE.includes(view);

export const listTransfers = handle(transfers.operations.list, async (ctx, input) => {
  const rows = await transfersThat(ctx, input)
    .limit(input.limit + 1)
    .execute();
  const seen = await seenTickets(ctx, rows);
  return pageOf(
    rows,
    input.limit,
    (row) => transferRow(row, ctx, seen),
    (row) => [isLive(input) ? row.due_at : row.updated_at, row.id],
  );
});

export const getTransfer = handle(transfers.operations.get, async (ctx, { id }) => {
  const row = await ctx.scoped
    .selectFrom('transfer')
    .selectAll('transfer')
    .where('transfer.id', '=', id)
    .executeTakeFirst();
  if (!row) return notFound();
  const thread = (await threadOf(ctx, id)).map((entry) => ({
    id: entry.id,
    kind: entry.kind as Entry['kind'],
    side: entry.side as Entry['side'],
    author: entry.author_name,
    text: entry.body,
    at: entry.created_at,
  }));
  return { ...transferRow(row, ctx, await seenTickets(ctx, [row])), thread };
});

export const countTransfers = handle(transfers.operations.count, async (ctx) => {
  const many = (condition: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${condition}))::int`;
  const todo = toReceive(ctx.actor);
  const late = sql`transfer.due_at <= ${ctx.now}`;
  const live = await ctx.scoped
    .selectFrom('transfer')
    .select([
      many(sql`${todo}`).as('todo'),
      many(sql`${todo} and ${late}`).as('todoOverdue'),
      many(sql`transfer.sent_by = ${ctx.actor.id}`).as('sent'),
      many(late).as('overdue'),
    ])
    .where('transfer.ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  const { third } = await ctx.scoped
    .selectFrom('transfer')
    .select(sql<number>`count(*)::int`.as('third'))
    .where('transfer.nth', '>=', ALARMING)
    .where('transfer.acknowledged_by', 'is', null)
    .executeTakeFirstOrThrow();
  return { ...live, third };
});

function transfersThat(ctx: QueryContext, input: Asked) {
  const { view } = input;
  const seen = cursorValues(input.cursor, 2);
  let rows = ctx.scoped.selectFrom('transfer').selectAll('transfer');
  if (isLive(input)) rows = rows.where('transfer.ended_at', 'is', null);
  if (view === 'todo') rows = rows.where(toReceive(ctx.actor));
  if (view === 'overdue') rows = rows.where('transfer.due_at', '<=', ctx.now);
  if (view === 'sent') rows = rows.where('transfer.sent_by', '=', ctx.actor.id);
  if (view === 'third') rows = rows.where('transfer.nth', '>=', ALARMING).where('transfer.acknowledged_by', 'is', null);
  if (input.kind) rows = rows.where('transfer.kind', '=', input.kind);
  if (input.mall) rows = rows.where('transfer.mall', '=', input.mall);
  if (input.ticket) rows = rows.where('transfer.ticket_id', '=', input.ticket);
  if (isLive(input)) {
    if (seen) rows = rows.where(after(['transfer.due_at', 'transfer.id'], seen));
    return rows.orderBy('transfer.due_at').orderBy('transfer.id');
  }
  if (seen) rows = rows.where(before(['transfer.updated_at', 'transfer.id'], seen));
  return rows.orderBy('transfer.updated_at', 'desc').orderBy('transfer.id', 'desc');
}

/** Live transfers that the caller's side has to deal with: the rule `isReceiver` as a condition. */
function toReceive(actor: Actor): Expression<SqlBool> {
  const parts = actor.grants.flatMap(({ role, malls, centres, partners }) => {
    if (role === 'partner') return [sql`transfer.partner_id = any(${sql.val([...(partners ?? [])])}::uuid[])`];
    const mall = malls === null ? sql`true` : sql`transfer.mall = any(${sql.val([...malls])})`;
    const centre = centres === null ? sql`true` : sql`transfer.to_centre = any(${sql.val([...centres])})`;
    const team = (TEAM_ROLES as readonly string[]).includes(role)
      ? [sql`transfer.receiver = 'team' and transfer.to_role = ${role} and ${mall} and ${centre}`]
      : [];
    const department = (DEPARTMENT_ROLES as readonly string[]).includes(role)
      ? [sql`transfer.receiver = 'department' and transfer.to_role = ${role} and ${mall}`]
      : [];
    return [...team, ...department];
  });
  const named = sql`transfer.to_person = ${actor.id}`;
  const unnamed = parts.map((part) => sql`(transfer.to_person is null and ${part})`);
  return sql<SqlBool>`(${sql.join([named, ...unnamed], sql` or `)})`;
}

/** Which of the cases the caller sees: of others, number and subject only. A partner sees of a case what it was asked. */
async function seenTickets(ctx: QueryContext, rows: readonly LockedTransfer[]): Promise<Set<string>> {
  const found = await ticketsShown(ctx, [...new Set(rows.map(({ ticket_id: id }) => id))]);
  return new Set(found.keys());
}

function transferRow(row: LockedTransfer, { actor, now }: QueryContext, seen: ReadonlySet<string>): Row {
  return {
    id: row.id,
    number: row.number,
    ticket: {
      id: seen.has(row.ticket_id) ? row.ticket_id : null,
      number: row.ticket_number,
      subject: row.ticket_subject,
    },
    nth: row.nth,
    mall: row.mall,
    kind: row.kind as Row['kind'],
    state: row.state as Row['state'],
    to: { receiver: row.receiver as Row['to']['receiver'], name: row.to_name },
    question: row.question,
    sentBy: { id: row.sent_by, name: row.sent_by_name },
    sentAt: row.sent_at,
    dueAt: row.due_at,
    overdue: row.ended_at === null && row.due_at <= now,
    acceptedBy: row.accepted_by_name,
    acceptedAt: row.accepted_at,
    endedAt: row.ended_at,
    mine: row.ended_at === null && receivesIt(actor, row),
    acknowledgedBy: row.acknowledged_by,
    updatedAt: row.updated_at,
    version: row.version,
  };
}
