import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { whose } from './own-or-managed.ts';

/** Keys of the caller or of somebody whom they manage, the newest first; never the key itself. */
export const listKeys = handle(accounts.operations.listKeys, async (ctx, { person }) => {
  const owner = await whose(ctx, person);
  if (!owner) return notFound();
  const rows = await ctx.db
    .selectFrom('api_key')
    .select(['id', 'name', 'start', 'permissions', 'enabled', 'last_request_at', 'expires_at', 'created_at'])
    .where('person_id', '=', owner)
    .orderBy('created_at', 'desc')
    .limit(200)
    .execute();
  const items = rows.map((row) => ({
    id: row.id,
    name: row.name,
    start: row.start,
    permissions: row.permissions ? Object.values(JSON.parse(row.permissions) as Record<string, string[]>).flat() : null,
    enabled: row.enabled ?? true,
    lastUsedAt: row.last_request_at,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
  }));
  return { items, next: null };
});
