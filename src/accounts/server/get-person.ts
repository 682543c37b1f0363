import { handle } from '#platform/context.ts';
import { notFound } from '#platform/operation.ts';
import { accounts } from '../contract.ts';
import { personOf, selectPeople, visibleTo } from './person-store.ts';

export const getPerson = handle(accounts.operations.getPerson, async (ctx, { id }) => {
  const person = selectPeople(ctx.db).where('person.id', '=', id);
  const visible = visibleTo(ctx.actor);
  const row = await (visible ? person.where(visible) : person).executeTakeFirst();
  return row ? personOf(row, ctx.now) : notFound();
});
