import type { Kysely } from 'kysely';
import { handle } from '#platform/context.ts';
import { type Contract, notFound, refuse } from '#platform/operation.ts';
import type { Open } from '#platform/scope.ts';
import { accounts } from '../contract.ts';
import { authWithin } from './auth.ts';
import { isLimitedKey, whose } from './own-or-managed.ts';
import { permissionsOf } from './permitted.ts';

const DAY_S = 86_400;

export type NewKey = { name: string; permissions?: readonly string[] | undefined; expiresInDays?: number | undefined };

/** Makes a key of a person in this transaction; the key itself is in the answer and nowhere else. */
export async function makeKey(db: Kysely<Open>, personId: string, key: NewKey): Promise<{ id: string; key: string }> {
  const made = await authWithin(db).api.createApiKey({
    body: {
      userId: personId,
      name: key.name,
      ...(key.permissions ? { permissions: byRoom(key.permissions) } : {}),
      ...(key.expiresInDays ? { expiresIn: key.expiresInDays * DAY_S } : {}),
    },
  });
  return { id: made.id, key: made.key };
}

/** `['tickets.read']` → `{tickets: ['tickets.read']}`, as better-auth keeps scopes: by resource. */
function byRoom(permissions: readonly string[]): Record<string, string[]> {
  const rooms: Record<string, string[]> = {};
  for (const permission of new Set(permissions)) {
    const room = permission.split('.')[0] ?? '';
    rooms[room] = [...(rooms[room] ?? []), permission];
  }
  return rooms;
}

/** A key for another program, shown once: the rights of its owner, or the part of them that it names. */
export const createKey = (contracts: () => readonly Contract[]) =>
  handle(accounts.operations.createKey, async (ctx, { name, permissions, expiresInDays, person }) => {
    if (isLimitedKey(ctx.actor)) return refuse('key_is_limited', {});
    const owner = await whose(ctx, person);
    const found = owner && (await ctx.db.selectFrom('person').select('id').where('id', '=', owner).executeTakeFirst());
    if (!owner || !found) return notFound();
    const known = new Set(permissionsOf(contracts()));
    const unknown = permissions?.find((permission) => !known.has(permission));
    if (unknown) return refuse('permission_unknown', { permission: unknown });
    const key = await makeKey(ctx.db, owner, { name, permissions, expiresInDays });
    ctx.record('accounts.key_created', key.id, {
      after: { person: owner, key: name, permissions: permissions ?? null, expiresInDays: expiresInDays ?? null },
      scope: { person: owner },
    });
    return key;
  });
