import { handle } from '#platform/context.ts';
import type { Contract } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { readCompany } from './company.ts';
import { permittedOperations } from './permitted.ts';
import { preferencesOf } from './preference-store.ts';

/** Who asks, what they may do, and how they like their screen: all that the frame needs at once. */
export const me = (contracts: () => readonly Contract[]) =>
  handle(accounts.operations.me, async (ctx) => {
    const { actor } = ctx;
    const row = await ctx.db
      .selectFrom('person')
      .select(['theme', 'hotkeys', 'two_factor_enabled', 'must_change_password'])
      .where('id', '=', actor.id)
      .executeTakeFirst();
    const kept = await preferencesOf(ctx.db, actor.id);
    return {
      id: actor.id,
      name: actor.name,
      email: actor.email,
      kind: actor.kind,
      language: actor.language,
      theme: (row?.theme ?? 'system') as 'light' | 'dark' | 'system',
      hotkeys: (row?.hotkeys ?? []) as { layer: 'frame' | 'page' | 'panel'; keys: string; to: string }[],
      ...kept,
      twoFactor: row?.two_factor_enabled ?? false,
      mustChangePassword: row?.must_change_password ?? false,
      grants: actor.grants.map(({ role, malls, centres, partners }) => ({
        role,
        malls: malls && [...malls],
        centres: centres && [...centres],
        partners: partners && [...partners],
      })),
      permitted: permittedOperations(actor, contracts()),
      company: await readCompany(ctx.db),
    };
  });
