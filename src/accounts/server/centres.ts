import { handle } from '#platform/context.ts';
import { refuse } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { isAdmin } from './person-store.ts';
import { addCentres } from './set-up.ts';

export const listCentres = handle(accounts.operations.listCentres, async (ctx) => {
  const rows = await ctx.db
    .selectFrom('centre')
    .select(['id', 'name_ko', 'name_en', 'kind'])
    .orderBy('kind', 'desc')
    .orderBy('id')
    .execute();
  const items = rows.map(({ id, name_ko, name_en, kind }) => ({
    id,
    name: { ko: name_ko, en: name_en },
    kind: kind as 'own' | 'outsourced',
  }));
  return { items, next: null };
});

export const addCentre = handle(accounts.operations.addCentre, async (ctx, centre) => {
  const { id, name, kind } = centre;
  if (!isAdmin(ctx.actor.grants) && ctx.actor.kind !== 'system') return refuse('beyond_your_scope', {});
  const added = await addCentres(ctx.db, [{ id, nameKo: name.ko, nameEn: name.en, kind }]);
  if (added === 0) return refuse('centre_exists', {});
  ctx.record('accounts.centre_added', id, { after: { centre: name.ko, kind } });
  return centre;
});
