import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { whose } from './own-or-managed.ts';

export const listSessions = handle(accounts.operations.listSessions, async (ctx, { person }) => {
  const owner = await whose(ctx, person);
  if (!owner) return notFound();
  const rows = await ctx.db
    .selectFrom('session')
    .select(['id', 'ip_address', 'user_agent', 'created_at', 'expires_at'])
    .where('person_id', '=', owner)
    .where('expires_at', '>', ctx.now)
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
  const items = rows.map((row) => ({
    id: row.id,
    current: row.id === ctx.actor.sessionId,
    ip: row.ip_address || null,
    userAgent: row.user_agent || null,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }));
  return { items, next: null };
});
